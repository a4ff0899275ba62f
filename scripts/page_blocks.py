"""The fenced blocks of the pages: where they stand, what they are, and how the output that they show is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).resolve().parents[1]
#: Every page that a reader may follow.
PAGES = tuple(
    path
    for pattern in ("*.md", "docs/**/*.md", "ontology/*.md", "graph/*.md", "exports/*.md", "benchmarks/*.md")
    for path in sorted(ROOT.glob(pattern))
)
#: A paragraph that ends like this names the file that the block after it is the content of.
_NAMES_A_FILE = re.compile(r"`([\w.-]+\.\w+)`:$")


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    #: The number of the line after its fence, counted from 1, and of the closing fence.
    begin: int
    end: int
    #: What stands behind the fence; empty if nothing does.
    language: str
    text: str
    #: The file that it is the content of, if the paragraph before it names one.
    file: str | None

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.begin}"


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page, in order.

    Raises:
        ValueError: a block is indented without a fence, so that nobody can tell what it is.
    """
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    return list(_find(page, tokens))


def _find(page: Path, tokens: list[Token]) -> Iterator[Block]:
    for number, token in enumerate(tokens):
        if token.type == "code_block" and token.content.startswith(("careergraph ", "python ", "pip ", "$ ")):
            raise ValueError(f"{page.name}: give this a fence, so that it can be run:\n{token.content}")
        if token.type == "fence" and token.map:
            named = number > 1 and _NAMES_A_FILE.search(tokens[number - 2].content)
            file = named[1] if named and tokens[number - 1].type == "paragraph_close" else None
            begin, end = token.map
            yield Block(page, begin + 1, end, token.info.strip(), token.content, file)


def with_texts(page: Path, texts: dict[Block, str]) -> str:
    """The page's text with the given texts in place of those of its blocks."""
    lines = page.read_text(encoding="utf-8").splitlines(keepends=True)
    for block, text in sorted(texts.items(), key=lambda pair: pair[0].begin, reverse=True):
        fence = lines[block.begin - 1]
        indent = fence[: len(fence) - len(fence.lstrip())]
        inside = (indent + line if line.strip() else line for line in text.splitlines(keepends=True))
        lines[block.begin : block.end - 1] = inside
    return "".join(lines)
