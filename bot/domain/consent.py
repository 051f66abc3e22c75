"""What is kept of somebody and where messages travel: said at the first contact, then known.

It stands in the way of nothing: whatever somebody sends is heard before they have pressed.
"""

from collections.abc import Iterable, Mapping
from typing import Any

VERSION = 1  # of the text `consent.text`: raise it when what that says has changed
FACT = "consent"  # of a letter that carries the text
NOTE = "consent.note"  # the text alone, where no answer can carry it
# Answers that stay as they were sent; a live card would lose the text when it is drawn again.
CARRIERS = frozenset(
    {"menu.start", "newcomer.joined", "case.from_qr", "qr.known", "qr.patrol", "qr.room"}
)
_PRESSING = "case.urgent"  # in an emergency nothing is said beside what helps


def is_due(settings: Mapping[str, Any]) -> bool:
    """Say whether somebody with these settings has yet to be shown the text as it is now."""
    return int(settings.get("told") or 0) < VERSION


def may_come(kinds: Iterable[str]) -> bool:
    """Say whether the text may stand beside these answers; beside nothing it does not come."""
    said = list(kinds)
    return bool(said) and not any(one.startswith(_PRESSING) for one in said)
