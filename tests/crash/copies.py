"""How often each letter came to stand in each chat, counted from what Telegram carried out.

The bot's own tables are not asked. Letters are told apart by what they are about (the number of a
case, or the mark of a report that has none yet) and by their headline, which stays as it is when a
card is drawn anew with other words below. Knows nothing of how the bot sends.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

MOST = 2  # copies of one letter that a kill may cause
# Numbers of cases begin at 1023 and only grow; telephones are longer, or written in groups.
_NUMBER = re.compile(r"(?<![\d:])(?<!\d[ -])[1-9]\d{3,5}(?!\d)(?![ -]\d)")
_MARK = re.compile(r"#[a-z]\d+-\d+")
_DIGITS = re.compile(r"\d+")
_TAG = re.compile(r"<[^>]+>")

Letter = tuple[int, str, str, str]  # chat, what it is about, method, headline


class Copies:
    """A running count: the sandbox keeps only so many calls."""

    def __init__(self) -> None:
        self._counted: Counter[Letter] = Counter()
        self.seen = 0  # the number of the last call that was counted

    def count(self, calls: Iterable[dict[str, Any]]) -> None:
        """Count the calls that came after those that were counted before."""
        for call in calls:
            if call["seq"] <= self.seen:
                continue
            self.seen = call["seq"]
            letter = letter_of(call)
            if letter is not None:
                self._counted[letter] += 1

    def most(self) -> int:
        """Return the most copies of any letter; name those with too many."""
        for letter, count in self._counted.items():
            if count > MOST:
                print(f"  {count} copies of {letter}")
        return max(self._counted.values(), default=0)


def letter_of(call: dict[str, Any]) -> Letter | None:
    """Return which letter a call of the Bot API put into a chat; None when it put none there."""
    method, given = call["method"], call["parameters"]
    if call["status"] != 200 or not method.startswith("send") or method == "sendChatAction":
        return None
    text = _TAG.sub("", _text(given))
    about = _NUMBER.search(text) or _MARK.search(text)
    if about is None:
        return None
    headline = next((line for line in text.splitlines() if line.strip()), "")
    return int(given["chat_id"]), about[0], method, _DIGITS.sub("0", headline)


def _text(given: dict[str, Any]) -> str:
    """Return the words of a message, of an album the first ones."""
    albums = [one.get("caption") for one in given.get("media") or [] if isinstance(one, dict)]
    words = [given.get("text"), given.get("caption"), *albums]
    return next((str(one) for one in words if one), "")
