"""What a notebook can display."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar


class Displayable:
    """Base of what a notebook can display, by the function that `careergraph.load` registers."""

    #: Renders a result by media type. Renderers are a higher layer than this module, so the function is handed down to
    #: it.
    draw: ClassVar[Callable[[object], dict[str, str]]] = staticmethod(lambda result: {})

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        return type(self).draw(self)

    def _repr_html_(self) -> str | None:
        return self._repr_mimebundle_().get("text/html")
