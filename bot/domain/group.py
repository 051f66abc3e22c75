"""Whether a group may work for the bot: who says so has to run it, and the bot has to be heard.

Telegram's own statuses come in as words; who holds which role of ours is asked elsewhere.
"""

from collections.abc import Mapping
from typing import Any

_RUNS_IT = frozenset({"creator", "administrator"})

NOT_ADMIN, MUTE, UNKNOWN = "not_admin", "mute", "unclear"
HINDRANCES = (NOT_ADMIN, MUTE, UNKNOWN)


def hindrance(places: Mapping[str, Any]) -> str | None:
    """Return why the group may not be bound, None when it may.

    `places` is what Telegram says of the `person` and of whether the bot `may_write`; empty when
    it could not be asked.
    """
    if not places:
        return UNKNOWN
    if places["person"] not in _RUNS_IT:
        return NOT_ADMIN
    return None if places["may_write"] else MUTE
