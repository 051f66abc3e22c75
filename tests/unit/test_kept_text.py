"""What no database keeps is left out of an update before it is handled, and nothing else is."""

import json

import pytest

from bot.intake.handling import _read


@pytest.mark.parametrize(
    ("came", "kept"),
    [
        ("灯😀坏了 \u202e", "灯😀坏了 \u202e"),
        ("a\ud83db", "ab"),
        ("c\udc00d", "cd"),
        ("\ud83d😀", "😀"),
        ("😀\ude00", "😀"),
        ("a\x00b", "ab"),
        (r"\ud83d", r"\ud83d"),  # written out by hand
        (r"\u0000", r"\u0000"),
        ("😀\\ude00", "😀\\ude00"),
    ],
    ids=ascii,
)
def test_only_halves_and_zeros_are_left_out(came: str, kept: str) -> None:
    raw = {"update_id": 1, "message": {"text": came, "entities": [{"url": came}], "date": 5}}
    found = {"update_id": 1, "message": {"text": kept, "entities": [{"url": kept}], "date": 5}}
    assert _read(json.dumps(raw)) == found
