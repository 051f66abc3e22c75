"""What people send along: pictures, voice, films and papers, counted for a card."""

from collections.abc import Iterable
from dataclasses import dataclass

PHOTO, VOICE, VIDEO, LOCATION = "photo", "voice", "video", "location"
SHOWS = frozenset({PHOTO, VIDEO})  # what lets others see how it looks


@dataclass(frozen=True, slots=True)
class Sent:
    """What a person sent: words, something else, or both.

    Of a location both ids are its latitude and longitude in degrees, such as "31.23040,121.47370".
    """

    words: str = ""
    file_id: str = ""
    file_unique_id: str = ""
    file_kind: str = PHOTO  # photo, voice, video, document, location
    message_id: int = 0  # the message that brought it, so that it can be edited
    seconds: int = 0  # how long a voice message is


_CALLED = {PHOTO: "photos", VOICE: "voices", VIDEO: "videos", LOCATION: "positions"}


def counted(kinds: Iterable[str], seconds: Iterable[int | None] = ()) -> dict[str, int]:
    """Return how many pictures, voice messages, films, positions and other files there are.

    `seconds` is how long each of them is; what is not known counts nothing.
    """
    found = dict.fromkeys((*_CALLED.values(), "files"), 0)
    for one in kinds:
        found[_CALLED.get(one, "files")] += 1
    return {**found, "seconds": sum(one or 0 for one in seconds)}
