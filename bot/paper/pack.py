"""The pack of the quarter for the joint conference: figures, pictures, what was decided.

A PDF by typst (the extra `print`), with the pictures of the extra `reports` where it is
installed; without typst plain words. Knows no table and no chat.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from bot.paper import charts
from bot.paper.minutes import local, named
from bot.paper.poster import FONTS, can_print
from bot.texts import plain

_TEMPLATE = Path(__file__).with_name("pack.typ")
_RATES = {
    "response": "pack.response",
    "solution": "pack.solution",
    "satisfaction": "pack.satisfaction",
    "on_time": "pack.on_time",
}
_STATES = {
    "done": "pack.is_done",
    "done_late": "pack.is_done_late",
    "overdue": "pack.is_overdue",
    "half": "pack.is_half",
    "under_way": "pack.is_under_way",
}
Facts = Mapping[str, Any]


def write(facts: Facts, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it."""
    held = page(facts, language)
    name = f"conference_{local(facts):%Y-%m-%d}"
    if can_print():
        return f"{name}.pdf", _pdf(held, charts.draw(facts["picture"], language), language)
    return f"{name}.txt", _text(held).encode("utf-8-sig")  # the mark says that it is UTF-8


def page(facts: Facts, language: str) -> dict[str, Any]:
    """Return what stands in the pack, in words."""
    figures = facts["figures"]
    called = {"community": facts["community"], "name": named(facts, language)}
    span = plain("pack.span", language, first=figures["first"], last=figures["last"])
    nothing = [[plain("pack.none", language)]]
    parts = {
        "pack.figures": _figures(figures, language),
        "pack.actions": _actions(facts, language),
        "pack.meetings": _meetings(facts, language),
        "pack.proposals": [[one] for one in facts["proposals"]],
    }
    return {
        "title": plain("pack.title", language, **called),
        "lines": [f"{local(facts):%Y-%m-%d %H:%M}  {facts['place']}".strip(), span],
        "parts": [
            {"title": plain(key, language), "rows": rows or nothing} for key, rows in parts.items()
        ],
    }


def _figures(figures: Facts, language: str) -> list[list[str]]:
    rows = [[plain("pack.total", language), str(figures["total"])]]
    for name, key in _RATES.items():
        one = figures["rates"].get(name)
        if one is None:
            continue
        percent = "—" if one["percent"] is None else f"{one['percent']}%"
        rows.append([plain(key, language), f"{percent}  ({one['part']}/{one['n']})"])
    rows.append([plain("pack.open", language), str(figures["open"])])
    rows.append([plain("pack.late", language), str(figures["late"])])
    return rows


def _actions(facts: Facts, language: str) -> list[list[str]]:
    return [
        [one["what"], one["owner"], date.fromisoformat(one["until"]).isoformat(),
         plain(_STATES[_state(one)], language, n=one["late"])]
        for one in facts["actions"]
    ]  # fmt: skip


def _state(one: Facts) -> str:
    if one["done"]:
        return "done_late" if one["was_late"] else "done"
    if one["late"]:
        return "overdue"
    return "half" if one["half"] else "under_way"


def _meetings(facts: Facts, language: str) -> list[list[str]]:
    return [[f"{local(one):%Y-%m-%d}", named(one, language)] for one in facts["held"]]


def _text(held: Mapping[str, Any]) -> str:
    lines = [held["title"], *held["lines"]]
    for part in held["parts"]:
        lines += ["", part["title"], *("\t".join(row) for row in part["rows"])]
    return "\n".join(lines) + "\n"


def _pdf(held: dict[str, Any], pictures: list[bytes], language: str) -> bytes:
    import typst  # noqa: PLC0415 - it is an extra

    with TemporaryDirectory() as kept:
        folder = Path(kept)
        names = []
        for at, picture in enumerate(pictures):
            names.append(f"picture{at}.png")
            (folder / names[-1]).write_bytes(picture)
        template = folder / _TEMPLATE.name
        copyfile(_TEMPLATE, template)
        data = {**held, "fonts": FONTS, "lang": language.partition("_")[0], "pictures": names}
        inputs = {"data": json.dumps(data, ensure_ascii=False)}
        made: bytes = typst.compile(str(template), format="pdf", sys_inputs=inputs)
    return made
