"""A page in one file: its styles are in it, and it has no scripts and loads nothing."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from careergraph.model.kind_styles import KIND_STYLES, OTHER
from careergraph.render.assets import load_templates, read_static
from careergraph.render.html.route_view import make_route_views
from careergraph.render.text.verdict import tell_outlook
from careergraph.transitions.route_steps import Routes

#: The style sheets of a page, in the order in which they have to stand.
STYLES = ("base.css", "pages.css", "pay.css", "map.css", "cards.css")


def fill_page(template: str, **values: object) -> bytes:
    """Fill a template of `render/assets/templates/pages/`; the browser refuses all but the styles that stand in it.

    Args:
        template: the name of a template that extends `pages/page.html`.
        values: what it shows.
    """
    styles = "\n".join((*map(read_static, STYLES), list_kind_colours()))
    digest = b64encode(sha256(styles.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    filled = load_templates().get_template(f"pages/{template}").render(values, styles=Markup(styles), policy=policy)
    return f"{filled}\n".encode("utf-8", "backslashreplace")


def list_kind_colours() -> str:
    """Styles that give each kind of node its colour, on light ground and on dark.

    >>> list_kind_colours().splitlines()[1]
    '.kind-role { --kind: light-dark(#0b62a4, #6db3f2); }'
    """
    looks = {".mark": OTHER, **{f".kind-{kind}": look for kind, look in KIND_STYLES.items()}}
    return "".join(f"{name} {{ --kind: light-dark({look.colour}, {look.dark}); }}\n" for name, look in looks.items())


def make_routes_page(found: Routes, *, explain: bool = False) -> bytes:
    """The routes of a `path` answer as one HTML file, the best first; the same answer gives the same bytes.

    Args:
        found: the answer.
        explain: whether to break each feasibility into its factors.
    """
    return fill_page(
        "route.html",
        found=found,
        outlook=tell_outlook(found, figures=False),
        routes=make_route_views(found, explain=explain),
    )
