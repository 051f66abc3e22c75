"""Posters and labels with the code of a place, for printing.

With the extra `print` a PDF for each community by typst; without it a picture of each code by
segno, which any program can put on a sheet. Knows no table and no chat.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfile
from typing import Any

import segno

from bot.domain.code import SPOT_KINDS
from bot.texts import plain

FONTS = ("WenQuanYi Micro Hei", "Noto Sans CJK SC", "Noto Color Emoji")
_TEMPLATE = Path(__file__).with_name("poster.typ")
_SCALE, _BORDER = 12, 4  # dots a module; four modules of white belong to a code


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on one poster."""

    bot: str  # its user name
    place: str
    code: str
    payload: str  # behind /start
    phone: str
    hours: str
    community: str
    kind: str = SPOT_KINDS[0]  # what the place is for

    @property
    def link(self) -> str:
        """Return what the code says to a telephone."""
        return f"https://t.me/{self.bot}?start={self.payload}"


def can_print() -> bool:
    """Say whether typst is installed (the extra `print`)."""
    return find_spec("typst") is not None


def write(sheets: Sequence[Sheet], folder: Path, name: str, language: str) -> Path:
    """Write them as well as it can be done here; return where they are."""
    folder.mkdir(parents=True, exist_ok=True)
    if can_print():
        write_pdf(sheets, folder / f"{name}.pdf", language)
        return folder / f"{name}.pdf"
    write_pngs(sheets, folder / name)
    return folder / name


def write_pdf(sheets: Sequence[Sheet], file: Path, language: str) -> None:
    """Write an A4 sheet for each place, and behind them all of them as labels."""
    file.write_bytes(_compile(sheets, language, "pdf"))


def render(sheets: Sequence[Sheet], language: str, *, labels: bool = False) -> list[bytes]:
    """Return a picture of each page, as it will look."""
    drawn = _compile(sheets, language, "png", labels=labels)
    return drawn if isinstance(drawn, list) else [drawn]


def write_pngs(sheets: Sequence[Sheet], folder: Path) -> None:
    """Write a picture of each code, named by its place."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in sheets:
        name = "".join(letter if letter.isalnum() else "_" for letter in one.place)
        _code(one).save(str(folder / f"{name}.png"), scale=_SCALE, border=_BORDER)


def _code(sheet: Sheet) -> Any:
    return segno.make(sheet.link, error="q", micro=False)  # a quarter of it may be scratched


def _compile(sheets: Sequence[Sheet], language: str, kind: Any, *, labels: bool = True) -> Any:
    import typst  # noqa: PLC0415 - it is an extra

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copyfile(_TEMPLATE, folder / _TEMPLATE.name)
        for number, one in enumerate(sheets):
            _code(one).save(str(folder / f"{number}.svg"), border=_BORDER, xmldecl=False)
        data = {
            "fonts": FONTS,
            "lang": language.partition("_")[0],
            "labels": labels,
            "posters": [_words(one, number, language) for number, one in enumerate(sheets)],
        }
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        return typst.compile(
            str(folder / _TEMPLATE.name), root=name, format=kind, sys_inputs=inputs
        )


def _of_kind(key: str, kind: str) -> str:
    """Return the text for a kind of place; the first kind has the usual one."""
    return f"{key}_{kind}" if kind in SPOT_KINDS[1:] else key


def _words(sheet: Sheet, number: int, language: str) -> dict[str, str]:
    said = {name: plain(f"poster.{name}", language) for name in ("call", "steps", "emergency")}
    return {
        **said,
        "title": plain(_of_kind("poster.title", sheet.kind), language),
        "label": plain(_of_kind("poster.label", sheet.kind), language),
        "place": plain("poster.place", language, place=sheet.place),
        "code": sheet.code,
        "phone": sheet.phone,
        "hours": sheet.hours,
        "community": sheet.community,
        "picture": f"{number}.svg",
    }
