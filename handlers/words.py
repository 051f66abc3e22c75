"""What counts as words, a picture, or a wish to stop, in a private chat."""

import re

from telegram.ext import filters

from bot.texts import words

IN_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
SAID = IN_PRIVATE & ~filters.StatusUpdate.ALL  # by the person, not by the messenger
WORDS = IN_PRIVATE & filters.TEXT & ~filters.COMMAND
_CARRIED = filters.PHOTO | filters.VOICE | filters.VIDEO | filters.Document.ALL | filters.LOCATION
WORK = IN_PRIVATE & (filters.PHOTO | filters.VOICE | filters.VIDEO | filters.Document.ALL)
POLL = IN_PRIVATE & filters.POLL
MEDIA = IN_PRIVATE & _CARRIED
ODD = SAID & ~filters.COMMAND & ~filters.TEXT & ~_CARRIED  # a sticker, a poll, a song
EDITED = filters.ChatType.PRIVATE & filters.UpdateType.EDITED_MESSAGE & (filters.TEXT | _CARRIED)


def said(*phrases: str) -> filters.BaseFilter:
    """Return the filter for a message that is one of `phrases` and nothing else.

    What people put behind it counts for nothing: a mark, an emoji of thanks.
    """
    return WORDS & filters.Regex(re.compile(pattern(*phrases), re.IGNORECASE))


def pattern(*phrases: str) -> str:
    """Return the regular expression for that, to be read without regard to capitals."""
    any_, tail = "|".join(map(re.escape, phrases)), re.escape(words()["tail"])
    return rf"^\s*(?:{any_})[\s{tail}]*$"


STOP = said(*words()["cancel"]) | (IN_PRIVATE & filters.Regex(r"^/cancel\b"))
HELLO, THANKS = said(*words()["hello"]), said(*words()["thanks"])
_POLITE = pattern(*words()["assent"], *words()["thanks"])[1:-1]
# Several in a row too: "all right, thank you". Only in short ones: it is tried in many ways.
ASSENT = WORDS & filters.Regex(
    re.compile(rf"\A(?=[\s\S]{{1,16}}\Z)(?:{_POLITE})+\Z", re.IGNORECASE)
)
_KIND = f"[{re.escape(words()['kind_signs'])}]"
SIGNS = WORDS & filters.Regex(r"^[\W_]+$")  # no letter and no figure: nothing to report
KIND_SIGNS = SIGNS & filters.Regex(_KIND)
HELP = said(*words()["help"])
