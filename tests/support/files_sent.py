"""The documents that the bot has sent to somebody, as the telephone downloads them."""

from urllib.request import urlopen

from tests.support.calendar_reader import event_in
from tests.support.town import Neighbour, Town


def documents(town: Town, who: Neighbour) -> list[tuple[str, bytes]]:
    """Return the name and content of every document that somebody was sent."""
    files = [file for one in who.shown() for file in one["media"] if "file_name" in file]
    found = []
    for one in files:
        with urlopen(town.sandbox.address.rstrip("/") + one["url"]) as answer:
            found.append((one["file_name"], answer.read()))
    return found


def entry_of(town: Town, who: Neighbour) -> dict[str, str]:
    """Return what is said of the event in the newest calendar file of somebody."""
    name, held = documents(town, who)[-1]
    assert name.endswith(".ics"), name
    return event_in(held)
