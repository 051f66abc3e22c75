"""The words of a notice in the making: which message said what, so that it can be edited."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.domain.refusal import Refusal

NOTHING: Mapping[str, Any] = {"html": "", "length": 0, "said": []}
_UNKNOWN = 0  # the message of words that were kept before messages were
Part = Sequence[Any]  # the message, its words (HTML), how many characters a person sees


def add(
    held: Mapping[str, Any], message_id: int, html: str, length: int, most: int
) -> dict[str, Any]:
    """Return the facts with the words of one more message; raises Refusal for too many."""
    return _facts([*_said(held), [message_id, html, length]], most)


def edit(
    held: Mapping[str, Any], message_id: int, html: str, length: int, most: int
) -> dict[str, Any] | None:
    """Return the facts with other words of a message; None when it is not among them.

    Raises Refusal for too many words.
    """
    said = _said(held)
    if message_id not in {one[0] for one in said}:
        return None
    now = [message_id, html, length]
    return _facts([now if one[0] == message_id else one for one in said], most)


def _said(held: Mapping[str, Any]) -> list[Part]:
    known: list[Part] | None = held.get("said")
    if known is not None:
        return known
    return [[_UNKNOWN, held["html"], held["length"]]] if held["html"] else []


def _facts(said: list[Part], most: int) -> dict[str, Any]:
    length = sum(one[2] + 1 for one in said)
    if length > most:
        raise Refusal("common.too_long", limit=most)
    html = "\n".join(one[1] for one in said if one[1])
    return {"html": html, "length": length, "said": said}
