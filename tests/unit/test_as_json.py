"""JSON in and out: as the standard library has it, also where the quick one gives up."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import as_json

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(PLAIN)
def test_what_is_written_reads_as_it_was(value: Any) -> None:
    assert json.loads(as_json.written(value)) == value
    assert as_json.read(json.dumps(value)) == value
    assert as_json.read(as_json.written(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"words": "灯坏了 😀", "n": [1, None]}, '{"words":"灯坏了 😀","n":[1,null]}'),
        ({7: "a number as a key"}, '{"7":"a number as a key"}'),
        ("half \ud83d", r'"half \ud83d"'),
        (2**70, str(2**70)),
    ],
)
def test_what_it_looks_like(value: Any, text: str) -> None:
    assert as_json.written(value) == text


def test_half_a_surrogate_pair_is_read_all_the_same() -> None:
    assert as_json.read(r'{"text": "half \ud83d"}') == {"text": "half \ud83d"}


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(TypeError):
        as_json.written({"at": datetime(2026, 1, 5, tzinfo=UTC)})
    for text in ("", "{", b"\xff", "{'a': 1}"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever kind of it
            as_json.read(text)
