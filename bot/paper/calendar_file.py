"""A calendar file (iCalendar, RFC 5545) with one event, as every telephone can read it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_REMINDS = timedelta(hours=-2)  # from the beginning


@dataclass(frozen=True, slots=True)
class Event:
    """One event; instants are aware. The same `uid` with a higher `sequence` replaces it."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str
    sequence: int = 0
    off: bool = False  # it does not take place: a telephone strikes it out


def write(one: Event, written_at: datetime) -> bytes:
    """Return the file; it reminds two hours before, unless the event is off."""
    # Only a letter with such a file needs it: a start of the bot would wait a quarter of a second.
    from icalendar import Alarm, Calendar, vText  # noqa: PLC0415 - as said
    from icalendar import Event as Entry  # noqa: PLC0415 - as said

    calendar, entry = Calendar(), Entry()
    for name, value in (("version", "2.0"), ("prodid", "-//Linli//Linli//EN")):
        calendar.add(name, value)
    calendar.add("method", "CANCEL" if one.off else "PUBLISH")
    entry.add("uid", _plain(one.uid))
    entry.add("sequence", one.sequence)
    for name, at in (("dtstamp", written_at), ("dtstart", one.starts), ("dtend", one.ends)):
        entry.add(name, at.astimezone(UTC))
    entry.add("summary", vText(_plain(one.title)))
    entry.add("location", vText(_plain(one.place)))
    entry.add("status", "CANCELLED" if one.off else "CONFIRMED")
    if not one.off:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", vText(_plain(one.title)))
        alarm.add("trigger", _REMINDS)
        entry.add_component(alarm)
    calendar.add_component(entry)
    written: bytes = calendar.to_ical()
    return written


def _plain(words: str) -> str:
    """Return the words without what nobody sees; the ends of lines stay."""
    lines = words.splitlines() or [""]
    return "\n".join("".join(one for one in line if one.isprintable()) for line in lines)
