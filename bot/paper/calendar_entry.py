"""The entry of a meeting for a calendar.

A meeting that was moved keeps its `uid`: the entry moves with it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.paper.calendar_file import Event
from bot.paper.calendar_file import write as write_file
from bot.paper.minutes import local, named

Facts = Mapping[str, Any]


def write(facts: Facts, language: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it."""
    event = Event(
        uid=f"{facts['uid']}@linli",
        starts=datetime.fromisoformat(facts["starts"]),
        ends=datetime.fromisoformat(facts["ends"]),
        title=f"{named(facts, language)} · {facts['community']}",
        place=facts["place"],
        sequence=facts["version"],
        off=facts["off"],
    )
    name = f"meeting_{local(facts):%Y-%m-%d}.ics"
    return name, write_file(event, datetime.fromisoformat(facts["now"]))
