"""When two reports may mean the same thing: what they must share, and how old they may be.

Source: the rules of the neighbourhood, "Same problem, several neighbours". How alike the words
are is not looked at: on short Chinese phrases that says nothing (measured).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

AGE = timedelta(days=14)
MOST = 3  # candidates that are shown, the newest first


def place_key(held: Mapping[str, Any]) -> str | None:
    """Return what all share who mean this place: the unit or the shared spot; None when unknown.

    `held` are the facts of a draft: codes of building and unit where they are known, and the
    text. Floor and door do not count.
    """
    if held.get("building"):
        return f"{held['building']}/{held.get('unit') or ''}"
    return held.get("place") or None
