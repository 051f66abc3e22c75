"""How long what is kept: deleted each night, in small batches, and reported once a month."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

YEAR = timedelta(days=365)
UPDATES_KEPT = timedelta(hours=72)  # raw, once they were handled
LETTERS_KEPT = timedelta(days=30)  # of a case: from its end
DRAFTS_KEPT = timedelta(days=30)  # and where somebody stood in a dialogue
NAMES_KEPT = YEAR  # from the end of a case: name and door of its reporter
PICTURES_KEPT = YEAR  # from the end of a case; longer than any contest or warranty of a repair
AUDIT_KEPT = 3 * YEAR

LETTERS, DRAFTS, DOORS, PICTURES, AUDIT, WORDS, ERASED = KINDS = (  # as they are reported
    *("letters", "drafts", "doors", "pictures", "audit", "words", "erased"),
)
AT_ONCE = 200  # rows in one transaction
REST = timedelta(seconds=1)  # between two
_AT = time(3, 30)  # local: nobody waits
_REPORTED_AT = time(9)


def night(zone: ZoneInfo, after: datetime) -> datetime:
    """Return when (UTC) the next night's work begins after an instant."""
    day = after.astimezone(zone).date()
    today = datetime.combine(day, _AT, zone)
    begins = today if today > after else datetime.combine(day + timedelta(days=1), _AT, zone)
    return begins.astimezone(UTC)


def reported_at(zone: ZoneInfo, day: date) -> tuple[str, datetime]:
    """Return the month of the day, such as 2026-11, and when (UTC) it is reported."""
    following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return f"{day:%Y-%m}", datetime.combine(following, _REPORTED_AT, zone).astimezone(UTC)


def hides_name(closed_at: datetime | None, now: datetime) -> bool:
    """Say whether a case ended so long ago that nobody is told any more who reported it."""
    return closed_at is not None and now - closed_at >= NAMES_KEPT
