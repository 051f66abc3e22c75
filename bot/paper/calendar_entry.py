"""The entry of a meeting for a calendar: RFC 5545, so that any telephone takes it.

A meeting that was moved has the same `uid` and a higher sequence: the entry moves with it.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from icalendar import Calendar, Event

from bot.paper.minutes import local, named
from bot.texts import plain

Facts = Mapping[str, Any]


def write(facts: Facts, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it."""
    event = Event()
    event.add("uid", f"{facts['uid']}@linli")
    event.add("sequence", facts["version"])
    event.add("dtstamp", datetime.fromisoformat(facts["now"]).astimezone(UTC))
    event.add("dtstart", _utc(facts["starts"]))
    event.add("dtend", _utc(facts["ends"]))
    event.add("summary", f"{named(facts, language)} · {facts['community']}")
    if facts["place"]:
        event.add("location", facts["place"])
    if facts["items"]:
        event.add("description", "\n".join(_item(one, language) for one in facts["items"]))
    calendar = Calendar()
    calendar.add("prodid", "-//Linli//meetings//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return f"meeting_{local(facts):%Y-%m-%d}.ics", calendar.to_ical()


def _utc(instant: str) -> datetime:
    return datetime.fromisoformat(instant).astimezone(UTC)


def _item(one: Facts, language: str) -> str:
    kind = one["kind"][language] if one["kind"] else ""
    words = " ".join(part for part in (kind, one["title"]) if part)
    return plain("item.entry", language, n=one["at"], words=words or "🎤")
