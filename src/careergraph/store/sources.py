"""To be described."""

from __future__ import annotations


def parse(path: str) -> Iterator[pyoxigraph.Quad]:
    """The statements of one file, in its order, or all those of an endpoint or of an imported data set, in any order.

    Each has its graph.

    Raises:
        EndpointFailed: the endpoint does not answer, or not as it should.
        UnreadableFile: the file is missing, cannot be opened, or breaks its format's syntax, with the place; or it
            grows or nests beyond measure.
        UnusableDataset: the endpoint has too many statements.
    """
    if is_endpoint(path):
        from careergraph.remote import Endpoint
        from careergraph.remote_statements import sourced_statements

        yield from sourced_statements(Endpoint(path))
        return
    if is_imported(path):
        yield from _imported(path)
        return
    format_ = rdf_format(path)
    try:
        with open(path, "rb") as file:
            yield from parse_bounded(file.read(), format_)
    except SyntaxError as error:
        raise UnreadableFile(path=path, reason=_reason(error.msg), line=error.lineno, column=error.offset) from error
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error
    except ValueError as error:
        raise UnreadableFile(path=path, reason=_first_line(str(error))) from error


def _imported(path: str) -> Iterator[pyoxigraph.Quad]:
    from careergraph.store import opened

    store, graphs = opened([path])
    for graph in graphs or ():
        yield from store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(graph))


def _statements_of(path: str) -> Iterable[pyoxigraph.Quad] | Iterable[pyoxigraph.Triple]:
    if not is_endpoint(path):
        return parse(path)
    from careergraph.remote import Endpoint
    from careergraph.remote_statements import career_statements

    return career_statements(Endpoint(path))
