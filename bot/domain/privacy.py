"""What a resident may do with what is kept of them: look at it, take it along, have it erased.

Source: dialogues, 6.20; reliability, "Security".
"""

from datetime import datetime, timedelta

from bot.domain.person import ERASED as ERASED_NAME

GRACE = timedelta(days=7)  # from the wish to the day; until then it can be taken back
REMINDED = timedelta(days=6)
EXPORT_EVERY = timedelta(hours=1)

EXPORTED, ASKED, TAKEN_BACK, ERASED = (  # in the audit
    "exported",
    "erase_asked",
    "erase_taken_back",
    "erased",
)
PHONE_SEEN, DOOR_SEEN = "phone_seen", "contact_seen"
LOOKS = (PHONE_SEEN, DOOR_SEEN)  # somebody has looked at what is guarded
MOST_LOOKS = 3  # that are shown


def may_export(last: datetime | None, now: datetime) -> bool:
    """Say whether somebody who was last handed everything then may ask for it again (UTC)."""
    return last is None or now - last >= EXPORT_EVERY


def alias(person_id: int) -> str:
    """Return what somebody is called who was erased: a word for everybody and a number."""
    return f"{ERASED_NAME} {person_id}"
