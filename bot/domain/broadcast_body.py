"""What a notice says: its words (HTML), pictures, file or poll."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape, unescape
from typing import Any

from bot.domain.outage_said import Announced
from bot.domain.poll import Poll
from bot.domain.refusal import Refusal

MOST_WORDS = 3500  # characters; the name of the community and the correction go below them
MOST_BELOW = 850  # characters that fit below a picture; of what is new the marks count, too
MOST_PHOTOS = 10
_TITLE = 24
_MARK = re.compile("<[^>]*>")  # every other "<" is escaped


@dataclass(frozen=True, slots=True)
class Body:
    """What is said, as it was sent: text (HTML), pictures, one file (kind and id).

    `together`: one picture or file and few words, which are one message.
    """

    text: str = ""
    photos: tuple[str, ...] = ()
    file: tuple[str, str] | None = None
    together: bool = False
    poll: Poll | None = None  # with the text below its question
    outage: Announced | None = None  # that it announces

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to be sent yet."""
        return not (self.text.strip() or self.photos or self.file or self.poll)

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        file = list(self.file) if self.file else None
        held = {"html": self.text, "photos": list(self.photos), "file": file}
        poll = self.poll.stored() if self.poll else None
        outage = self.outage.stored() if self.outage else None
        return {**held, "together": self.together, "poll": poll, "outage": outage}

    @classmethod
    def read(cls, held: Mapping[str, Any]) -> "Body":
        """Return what was stored."""
        kind = held["file"]
        file = (kind[0], kind[1]) if kind else None
        poll = (
            Poll.read(held["poll"]) if held.get("poll") else None
        )  # older ones have no word of it
        outage = Announced.read(held["outage"]) if held.get("outage") else None
        return cls(held["html"], tuple(held["photos"]), file, held["together"], poll, outage)

    def joined(self) -> "Body":
        """Return it as it is sent: as one message, where that is possible."""
        single = len(self.photos) + bool(self.file) == 1
        return replace(self, together=single and len(self.text) <= MOST_BELOW)

    @property
    def most_words(self) -> int:
        """Return how many characters its words can have when they are put right."""
        return MOST_BELOW if self.together else MOST_WORDS

    def put_right(self, text: str, outage: Announced | None = None) -> "Body":
        """Return it with other words; its pictures stay. Raises Refusal for too many words.

        `outage` is what the other words announce.
        """
        if len(bare(text)) > self.most_words:
            raise Refusal("common.too_long", limit=self.most_words)
        return replace(self, text=text, outage=outage)

    @property
    def title(self) -> str:
        """Return what its poll asks, or else its first words."""
        return title_of(escape(self.poll.question) if self.poll else self.text)

    def ends_before(self, at: datetime) -> bool:
        """Say whether it has a poll that would be over when it goes at `at` (UTC)."""
        return self.poll is not None and self.poll.ends_before(at)

    @property
    def messages(self) -> int:
        """Return of how many messages one letter consists: an album counts each picture."""
        media = len(self.photos) + bool(self.file)
        return 1 if self.together or not media else media + 1


def bare(text: str) -> str:
    """Return an HTML text without its marks."""
    return unescape(_MARK.sub("", text))


def title_of(text: str) -> str:
    """Return the first words of an HTML text, for a list."""
    words = bare(text.strip().split("\n", 1)[0]).strip()
    return words if len(words) <= _TITLE else words[: _TITLE - 1] + "…"
