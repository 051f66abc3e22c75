"""JSON in and out: quick where the quick library can, else the standard one.

Under a backlog a tenth of the time went into reading and writing JSON. orjson refuses what the
standard library takes (half of a surrogate pair, numbers beyond 64 bits, keys that are no text);
none of that may stop an update from being kept.
"""

import json
from typing import Any

import orjson


def written(value: Any) -> str:
    """Return `value` as compact JSON; raises TypeError for what is no JSON.

    All ASCII where the words hold half of a surrogate pair, which no database could keep.
    """
    try:
        return orjson.dumps(value, option=_STRICT).decode()
    except TypeError:
        return json.dumps(value, separators=(",", ":"))


def read(text: str | bytes) -> Any:
    """Return what stands in the JSON; raises ValueError when it is none.

    A whole number beyond 64 bits, which Telegram never sends, is read as a float.
    """
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)


# Nothing is written that the standard library would not write.
_STRICT = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
