"""The sheets of the workbook, their columns, and how what people type in a cell is understood.

What the sheets and columns are called is handed in, so that no language stands here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands in the workbook: titles of sheets and columns, words for code words, notes."""

    sheets: Mapping[str, str]
    columns: Mapping[str, str]
    words: Mapping[str, str]
    separators: str  # between several things in one cell; the first is the usual one
    notes: Sequence[str]

    def column(self, table: str, field: str) -> str:
        """Return what a column is called: in its own sheet, where it has a name of its own."""
        return self.columns.get(f"{table}, {field}") or self.columns[field]


Parse = Callable[[Any, Titles], Any]


def _text(value: Any, _titles: Titles) -> Any:
    """Return what people mean: 3 for the 3.0 that a workbook makes of it."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() if isinstance(value, int | float | str) else value


def _number(value: Any, _titles: Titles) -> Any:
    """Return a number also where it was typed as text."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    try:
        return int(value) if isinstance(value, str) else value
    except ValueError:
        try:
            return float(value)
        except ValueError:
            return value


def _word(value: Any, titles: Titles) -> Any:
    said = _text(value, titles)
    return titles.words.get(said, said) if isinstance(said, str) else said


def _flag(value: Any, titles: Titles) -> Any:
    said = _word(value, titles)
    return {"yes": True, "no": False}.get(said, said) if isinstance(said, str) else said


def _list(value: Any, titles: Titles) -> Any:
    return [titles.words.get(one, one) for one in _parts(value, titles)]


def _parts(value: Any, titles: Titles) -> list[str]:
    said = str(_text(value, titles))
    for separator in titles.separators[1:]:
        said = said.replace(separator, titles.separators[0])
    return [one.strip() for one in said.split(titles.separators[0]) if one.strip()]


def _numbers(value: Any, titles: Titles) -> Any:
    return [_number(one, titles) for one in _parts(value, titles)]


def _weights(value: Any, titles: Titles) -> Any:
    pairs = (one.partition("=") for one in _parts(value, titles))
    return {word.strip(): _number(weight.strip() or "1", titles) for word, _, weight in pairs}


def _said(value: Any, titles: Titles) -> Any:
    """Return what people say, each as it is written: only the usual separator parts it."""
    given = str(_text(value, titles)).split(titles.separators[0])
    return [one.strip() for one in given if one.strip()]


def _between(value: Any, titles: Titles) -> Any:
    """Return when something begins and ends, from 21:30-08:00."""
    said = _text(value, titles)
    return [one.strip() for one in said.split("-")] if isinstance(said, str) else said


def _day(value: Any, titles: Titles) -> Any:
    """Return a day as it is written, 2026-12-31, also where the cell holds a date."""
    return value.date().isoformat() if isinstance(value, datetime) else _text(value, titles)


def _as_is(value: Any, _titles: Titles) -> Any:
    return value


_PLACE = {"community": _text, "code": _text, "name": _text}
# The columns of each sheet in their order; "name, en" is a field within a field.
SHEETS: Mapping[str, Mapping[str, Parse]] = {
    "communities": {
        "code": _text,
        "name": _text,
        "street": _text,
        "street_contact": _text,
        "street_phone": _text,
        "phone": _text,
        "time_zone": _text,
        "country": _text,
        "opens": _as_is,
        "closes": _as_is,
        "on_duty": _numbers,
    },
    "estates": {**_PLACE, "closed": _flag},
    "grids": {**_PLACE, "estates": _list, "buildings": _list, "phone": _text, "closed": _flag},
    "buildings": {
        **_PLACE,
        "estate": _text,
        "units": _number,
        "floors": _number,
        "closed": _flag,
    },
    "homes": {
        "community": _text,
        "building": _text,
        "unit": _number,
        "number": _text,
        "area": _number,
        "closed": _flag,
    },
    "spots": {**_PLACE, "estate": _text, "kind": _word, "closed": _flag},
    "companies": {
        **_PLACE,
        "branch": _text,
        "secretary": _number,
        "estates": _list,
        "closed": _flag,
    },
    "committees": {**_PLACE, "estate": _text, "closed": _flag},
    "groups": {**_PLACE, "kind": _word, "estate": _text, "closed": _flag},
    "teams": {**_PLACE, "skills": _list, "buildings": _list, "closed": _flag},
    "people": {
        "community": _text,
        "telegram_id": _number,
        "name": _text,
        "roles": _list,
        "estates": _list,
        "grids": _list,
        "since": _day,
        "until": _day,
        "teams": _list,
        "home": _text,
        "skills": _list,
        "buildings": _list,
        "linked": _list,
        "lead": _flag,
        "phone": _text,
        "language": _word,
    },
    "seats": {
        "community": _text,
        "telegram_id": _number,
        "body": _word,
        "code": _text,
        "title": _text,
        "lead": _flag,
        "since": _day,
        "until": _day,
    },
    "categories": {
        "community": _text,
        "code": _text,
        "icon": _text,
        "name, zh_CN": _text,
        "name, en": _text,
        "kind": _word,
        "keywords": _weights,
        "skills": _list,
        "later": _flag,
        "closed": _flag,
    },
    "clocks": {
        "community": _text,
        "kind": _word,
        "dispatch": _text,
        "claim": _text,
        "contact": _text,
        "solution": _text,
        "update": _number,
    },
    "days": {"community": _text, "date": _day, "working": _flag, "name": _text},
    "routes": {
        "community": _text,
        "to": _word,
        "categories": _list,
        "estates": _list,
        "grids": _list,
        "buildings": _list,
        "spots": _list,
        "hours": _word,
        "urgent": _flag,
    },
    "emergencies": {
        "community": _text,
        "phone": _text,
        "name, zh_CN": _text,
        "name, en": _text,
        "words": _list,
        "advice, zh_CN": _text,
        "advice, en": _text,
    },
    "urgent": {"word": _text, "calm": _flag},
    "templates": {
        "community": _text,
        "code": _text,
        "use": _word,
        "name, zh_CN": _text,
        "name, en": _text,
        "text, zh_CN": _text,
        "text, en": _text,
        "answers, zh_CN": _said,
        "answers, en": _said,
        "categories": _list,
        "reason": _text,
    },
    "series": {
        "community": _text,
        "code": _text,
        "name": _text,
        "rule": _text,
        "begins": _as_is,
        "minutes": _number,
        "place": _text,
        "holidays": _word,
        "secretary": _number,
        "invites": _list,
        "paused": _flag,
    },
    "quiet": {"night": _between, "noon": _between},
    "flood": {"updates": _number, "reports_hour": _number, "reports_day": _number},
    "terms": {
        "contest": _text,
        "restore": _text,
        "answer": _text,
        "returns": _number,
        "appeals": _number,
    },
    "callback": {"check_rate": _number},
    "privacy": {"minimal": _flag},
}
SINGLE = (
    "quiet",
    "flood",
    "terms",
    "callback",
    "privacy",
)  # one row each: it counts for the whole file
