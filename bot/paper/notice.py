"""A page to put on file, made when it is sent: a PDF by typst, or plain text without it.

Knows no table and no chat; what stands on the page is handed in.
"""

import json
from pathlib import Path

from bot.domain.letter import Paper
from bot.paper.poster import FONTS, can_print

_TEMPLATE = Path(__file__).with_name("notice.typ")


def write(paper: Paper, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it."""
    if can_print():
        return f"{paper.name}.pdf", _pdf(paper, language)
    text = "\n\n".join((paper.title, *paper.lines)) + "\n"
    return f"{paper.name}.txt", text.encode(
        "utf-8-sig"
    )  # the mark tells an editor that it is UTF-8


def _pdf(paper: Paper, language: str) -> bytes:
    import typst  # noqa: PLC0415 - it is an extra

    data = {
        "fonts": FONTS,
        "lang": language.partition("_")[0],
        "title": paper.title,
        "lines": paper.lines,
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made: bytes = typst.compile(str(_TEMPLATE), format="pdf", sys_inputs=inputs)
    return made
