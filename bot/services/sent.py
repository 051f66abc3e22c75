"""What people send along: pictures, voice, films and papers, counted for a card."""

from collections.abc import Iterable

PHOTO, VOICE = "photo", "voice"


def counted(kinds: Iterable[str]) -> dict[str, int]:
    """Return how many pictures, voice messages and other files there are."""
    given = list(kinds)
    photos, voices = given.count(PHOTO), given.count(VOICE)
    return {"photos": photos, "voices": voices, "files": len(given) - photos - voices}
