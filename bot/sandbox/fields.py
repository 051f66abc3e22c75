"""Reading JSON as strictly as it has to be: a sentence instead of what harms everybody later.

Of the person side each field must be known and of its sort. It knows no endpoint.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import SimError, Wire

_SORTS = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
    object: "a value",
}


Fields = Mapping[str, "type | Optional"]
"""Name -> sort of each field that an object may have."""


@dataclass(frozen=True, slots=True)
class Optional:
    """A field that may be missing."""

    sort: type


def optional(sort: type) -> Optional:
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


def read(body: Wire, fields: Fields) -> Wire:
    """Return `body` when it has these fields only, null counting as missing; else SimError 400."""
    for name in body:
        if name not in fields:
            raise SimError(400, f"There is no field {name!r} here; fields: {', '.join(fields)}.")
    given = {name: value for name, value in body.items() if value is not None}
    for name, wanted in fields.items():
        sort = wanted.sort if isinstance(wanted, Optional) else wanted
        if name in given:
            _check(name, given[name], sort)
        elif not isinstance(wanted, Optional):
            raise SimError(400, f"The field {name!r} is missing.")
    return given


def _check(name: str, value: Any, sort: type) -> None:
    fits = isinstance(value, (int, float)) if sort is float else isinstance(value, sort)
    if not fits or (isinstance(value, bool) and sort not in (bool, object)):
        raise SimError(400, f"The field {name!r} must be {_SORTS[sort]}.")
