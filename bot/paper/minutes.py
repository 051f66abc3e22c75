"""The minutes as a document: for Word by python-docx, as a page by typst, else in plain words.

Both libraries belong to the extra `print`. Knows no table and no chat.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.paper.poster import FONTS, can_print
from bot.texts import has, plain

FONT = "Microsoft YaHei"  # what a computer with Chinese Word has; named for eastern signs as well
_TEMPLATE = Path(__file__).with_name("minutes.typ")
_HEAD = ("minutes_paper.at", "minutes_paper.item", "minutes_paper.concluded",
         "minutes_paper.owner", "minutes_paper.until")  # fmt: skip
_WIDTHS = (1.0, 5.5, 5.5, 2.5, 2.5)  # centimetres
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in the minutes."""

    name: str  # of the file, without its ending
    title: str
    lines: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]  # of those who could not come
    note: str


def can_write_word() -> bool:
    """Say whether python-docx is installed (the extra `print`)."""
    return find_spec("docx") is not None


def named(facts: Facts, language: str) -> str:
    """Return what the meeting is called."""
    key = f"series.{facts['series']}"
    return facts["name"] or (plain(key, language) if has(key, language) else facts["series"])


def local(facts: Facts) -> datetime:
    """Return when the meeting begins, as the clocks of the neighbourhood show it."""
    return datetime.fromisoformat(facts["starts"]).astimezone(ZoneInfo(facts["zone"]))


def page(facts: Facts, language: str) -> Page:
    """Return the minutes in words."""
    at = local(facts)
    and_ = plain("minutes_paper.and", language)
    came, keeps = and_.join(facts["came"]), and_.join(facts["keeps"])
    lines = (
        plain("minutes_paper.when", language, when=f"{at:%Y-%m-%d %H:%M}"),
        plain("minutes_paper.where", language, place=facts["place"] or "—"),
        plain("minutes_paper.came", language, n=len(facts["came"])) + (came or "—"),
        plain("minutes_paper.keeps", language) + (keeps or "—"),
    )
    called = {"community": facts["community"], "name": named(facts, language)}
    return Page(
        name=f"minutes_{at:%Y-%m-%d}",
        title=plain("minutes_paper.title", language, **called),
        lines=lines,
        head=tuple(plain(key, language) for key in _HEAD),
        rows=tuple(_row(one, language) for one in facts["items"]),
        words=tuple(_word(one, language) for one in facts["words"]),
        note="" if facts["public"] else plain("minutes_paper.draft", language),
    )


def _word(one: Facts, language: str) -> str:
    """Return what somebody has said who could not come."""
    words: str = one["words"]
    return plain("minutes_paper.word", language, name=one["name"]) + words


def _row(one: Facts, language: str) -> tuple[str, ...]:
    kind = one["kind"][language] if one["kind"] else ""
    title = " ".join(part for part in (kind, one["title"] or "🎤") if part)
    number = f" ({one['case']})" if one["case"] else ""
    concluded = plain(f"conclusion.{one['conclusion']}", language) if one["conclusion"] else "—"
    words = " ".join(part for part in (_bare(concluded), one["said"]) if part)
    until = date.fromisoformat(one["until"]).isoformat() if one["until"] else ""
    return str(one["at"]), f"{title}{number}", words, one["owner"], until


def _bare(words: str) -> str:
    """Return the words without the icon in front: fonts of offices have none."""
    return words.partition(" ")[2] or words


def write_word(facts: Facts, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it: for Word, else as a page."""
    if not can_write_word():
        return write_page(facts, language)
    held = page(facts, language)
    return f"{held.name}.docx", _docx(held)


def _docx(held: Page) -> bytes:
    from docx import Document  # noqa: PLC0415 - it is an extra
    from docx.shared import Pt  # noqa: PLC0415

    document = Document()
    for style in ("Normal", "Title", "Heading 1"):
        _set_font(document.styles[style])
    document.styles["Normal"].font.size = Pt(11)
    document.add_paragraph(held.title, style="Title")
    for line in held.lines:
        document.add_paragraph(line)
    _fill(document.add_table(rows=1, cols=len(held.head), style="Table Grid"), held)
    for line in filter(None, ("", *held.words, held.note)):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _fill(table: Any, held: Page) -> None:
    from docx.shared import Cm  # noqa: PLC0415

    table.autofit = False
    for cell, words in zip(table.rows[0].cells, held.head, strict=True):
        cell.paragraphs[0].add_run(words).bold = True
    for row in held.rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Cm(width)


def _set_font(style: Any) -> None:
    """Name the font for western and for eastern signs: Word takes its own for any left out."""
    from docx.oxml.ns import qn  # noqa: PLC0415

    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), FONT)


def write_page(facts: Facts, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it: a PDF, else plain words."""
    held = page(facts, language)
    if can_print():
        return f"{held.name}.pdf", _pdf(held, language)
    rows = ["\t".join(row) for row in (held.head, *held.rows)]
    text = "\n".join((held.title, "", *held.lines, "", *rows, "", *held.words, held.note))
    return f"{held.name}.txt", text.encode("utf-8-sig")  # the mark says that it is UTF-8


def _pdf(held: Page, language: str) -> bytes:
    import typst  # noqa: PLC0415 - it is an extra

    data = {
        "fonts": FONTS,
        "lang": language.partition("_")[0],
        "title": held.title,
        "lines": held.lines,
        "head": held.head,
        "rows": held.rows,
        "words": held.words,
        "note": held.note,
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made: bytes = typst.compile(str(_TEMPLATE), format="pdf", sys_inputs=inputs)
    return made
