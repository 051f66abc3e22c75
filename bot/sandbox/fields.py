"""Reading JSON as strictly as it has to be: a sentence instead of what harms everybody later.

Of the person side each field must be known and of its sort. It knows no endpoint.
"""

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any

from bot.sandbox.errors import SimError, Wire

Kind = type | UnionType
_WHOLE = re.compile(r"-?[0-9]{1,19}")
_KINDS: dict[Kind, str] = {
    str: "a text",
    int: "a whole number",
    int | str: "a whole number or a text",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}
_MANY = {str: "texts", int: "whole numbers"}


@dataclass(frozen=True, slots=True)
class Text:
    """A text of 1 to `most` letters; blanks around it do not count and are taken off."""

    most: int


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `low` to `high`."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of texts or of whole numbers."""

    kind: type


Sort = Kind | Text | Number | ListOf | Mapping[str, Any]
"""What a field may hold; a mapping stands for an object with these fields only."""


@dataclass(frozen=True, slots=True)
class Optional:
    """A field that may be missing."""

    sort: Sort


Fields = Mapping[str, Sort | Optional]
"""Name -> sort of each field that an object may have."""


def optional(sort: Sort) -> Optional:
    """Mark a field as one that may be missing."""
    return Optional(sort)


def parse_json(source: bytes | str) -> Any:
    """Return what JSON says; raises UnicodeError for text that is no UTF-8, else ValueError.

    Python reads more than others can: half a surrogate pair and numbers that are none would go
    out again in every answer, and nesting without end overflows.
    """
    text = source.decode() if isinstance(source, bytes) else source
    try:
        value = json.loads(text, parse_float=finite, parse_constant=finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def finite(text: str | float) -> float:
    """Return a number; raises ValueError for one that is infinite, too large or none at all."""
    try:
        number = float(text)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number


def parse_object(body: bytes) -> Wire:
    """Return the JSON object of a request; raises SimError 400."""
    try:
        value = parse_json(body or b"{}")
    except UnicodeError:
        raise SimError(400, "The body is not JSON in UTF-8.") from None
    except ValueError:
        raise SimError(400, "The body is not JSON.") from None
    if not isinstance(value, dict):
        raise SimError(400, "The body must be a JSON object.")
    return value


def read(body: Wire, fields: Fields, *, inside: str = "") -> Wire:
    """Return `body` when it has these fields only, null counting as missing; else SimError 400.

    `inside` is what the names of the fields begin with in the sentence.
    """
    for name in body:
        if name not in fields:
            raise unknown(inside + name, fields)
    given = {name: value for name, value in body.items() if value is not None}
    for name, wanted in fields.items():
        if name in given:
            sort = wanted.sort if isinstance(wanted, Optional) else wanted
            given[name] = _fit(inside + name, given[name], sort)
        elif not isinstance(wanted, Optional):
            raise SimError(400, f"The field {inside + name!r} is missing.")
    return given


def unknown(name: str, known: Collection[str]) -> SimError:
    """Return the refusal of a field that is not one of the `known`."""
    fields = f"; fields: {', '.join(known)}" if known else ""
    return SimError(400, f"There is no field {name!r} here{fields}.")


def whole(name: str, text: str) -> int:
    """Return the whole number that a text says; raises SimError 400."""
    if not _WHOLE.fullmatch(text):
        raise SimError(400, f"The field {name!r} must be a whole number.")
    return int(text)


def _fit(name: str, value: Any, sort: Sort) -> Any:
    if isinstance(sort, Text):
        return _text(name, value, sort.most)
    if isinstance(sort, Number):
        return _number(name, value, sort)
    if isinstance(sort, ListOf):
        if not isinstance(value, list) or not all(_is(one, sort.kind) for one in value):
            raise SimError(400, f"The field {name!r} must be a list of {_MANY[sort.kind]}.")
        return value
    if isinstance(sort, (type, UnionType)):
        _must_be(name, value, sort)
        return value
    _must_be(name, value, dict)
    return read(value, sort, inside=f"{name}.")


def _is(value: Any, kind: Kind) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _must_be(name: str, value: Any, kind: Kind) -> None:
    if not _is(value, kind):
        raise SimError(400, f"The field {name!r} must be {_KINDS[kind]}.")


def _text(name: str, value: Any, most: int) -> str:
    _must_be(name, value, str)
    text = str(value).strip()
    if not text:
        raise SimError(400, f"The field {name!r} is empty.")
    if len(text) > most:
        raise SimError(400, f"The field {name!r} has at most {most} letters.")
    return text


def _number(name: str, value: Any, sort: Number) -> float:
    _must_be(name, value, float)
    if not sort.low <= value <= sort.high:
        raise SimError(400, f"The field {name!r} is a number from {sort.low:g} to {sort.high:g}.")
    return float(value)
