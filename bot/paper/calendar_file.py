"""A calendar file (iCalendar, RFC 5545) with one event, as every telephone can read it."""

from dataclasses import dataclass
from datetime import UTC, datetime

_FOLD = 75  # octets a line, after which it goes on behind a blank
_INSTANT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; instants are aware. The same `uid` again replaces it."""

    uid: str
    starts: datetime
    ends: datetime
    title: str
    place: str


def write(one: Event, written_at: datetime) -> bytes:
    """Return the file; it reminds two hours before."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Linli//Linli//EN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"DTSTAMP:{_instant(written_at)}",
        f"DTSTART:{_instant(one.starts)}",
        f"DTEND:{_instant(one.ends)}",
        f"SUMMARY:{_text(one.title)}",
        f"LOCATION:{_text(one.place)}",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_text(one.title)}",
        "TRIGGER:-PT2H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines).encode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime(_INSTANT)


def _text(words: str) -> str:
    for plain in ("\\", ";", ","):
        words = words.replace(plain, "\\" + plain)
    lines = words.splitlines() or [""]
    return "\\n".join("".join(one for one in line if one.isprintable()) for line in lines)


def _folded(line: str) -> str:
    """Return the line in pieces of at most 75 octets, no character torn apart."""
    pieces, held, room = [], "", _FOLD
    for one in line:
        size = len(one.encode())
        if size > room:
            pieces.append(held)
            held, room = "", _FOLD - 1  # a blank comes first
        held += one
        room -= size
    return "\r\n ".join([*pieces, held]) + "\r\n"
