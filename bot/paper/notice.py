"""A page to put on file or to hang up, made when it is sent: a PDF by typst, else plain text.

Knows no table and no chat; what stands on the page is handed in.
"""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from bot.domain.letter import Paper
from bot.paper.poster import FONTS, can_print

_FILED, _HUNG = (Path(__file__).with_name(f"{one}.typ") for one in ("notice", "hang"))
# From how many characters on a page to be hung up is set how large, in points.
_SIZES = ((40, 40), (120, 30), (300, 24), (700, 17))
_SMALLEST = 12


def write(paper: Paper, language: str, photos: Sequence[bytes] = ()) -> tuple[str, bytes]:
    """Return the name of the file and what is in it; `photos` are those of the paper."""
    if can_print():
        return f"{paper.name}.pdf", _pdf(paper, language, photos)
    foot = (paper.foot,) if paper.foot else ()
    text = "\n\n".join((paper.title, *paper.lines, *foot)) + "\n"
    return f"{paper.name}.txt", text.encode(
        "utf-8-sig"
    )  # the mark tells an editor that it is UTF-8


def size_of(lines: Sequence[str]) -> int:
    """Return how large (points) the words of a page to be hung up can be, so that one will do."""
    length = sum(map(len, lines))
    return next((size for most, size in _SIZES if length <= most), _SMALLEST)


def _pdf(paper: Paper, language: str, photos: Sequence[bytes]) -> bytes:
    import typst  # noqa: PLC0415 - it is an extra

    template = _HUNG if paper.hangs else _FILED
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copyfile(template, folder / template.name)
        for number, one in enumerate(photos):
            (folder / f"{number}.jpg").write_bytes(one)
        data = {
            "fonts": FONTS,
            "lang": language.partition("_")[0],
            "title": paper.title,
            "lines": paper.lines,
            "foot": paper.foot,
            "size": size_of(paper.lines),
            "pictures": [f"{number}.jpg" for number in range(len(photos))],
        }
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        made: bytes = typst.compile(
            str(folder / template.name), root=name, format="pdf", sys_inputs=inputs
        )
    return made
