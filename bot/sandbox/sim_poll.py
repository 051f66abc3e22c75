"""Polls on the person side: composing one, voting, what a phone shows of it."""

from collections.abc import Sequence

from telegram.constants import PollLimit

from bot.sandbox.errors import SimError, Wire
from bot.sandbox.fields import Fields, ListOf, Number, Text, optional
from bot.sandbox.people import Person
from bot.sandbox.polls import QUIZ, REGULAR, begin, poll_of, vote
from bot.sandbox.world import Chat, Kept, World

POLL: Fields = {
    "question": Text(PollLimit.MAX_QUESTION_LENGTH),
    "options": ListOf(str),
    "anonymous": optional(bool),
    "multiple": optional(bool),
    "correct": optional(int),  # which option is right: makes it a quiz
    "explanation": optional(Text(PollLimit.MAX_EXPLANATION_LENGTH)),
    "open_period": optional(Number(PollLimit.MIN_OPEN_PERIOD, PollLimit.MAX_OPEN_PERIOD)),
    "forwarded": optional(bool),  # from another chat
}
_FEWEST = 2


def poll_content(world: World, person: Person, wish: Wire) -> Wire:
    """Return the content of a message with a new poll; raises SimError 400."""
    texts = [one.strip() for one in wish["options"]]
    fits = all(0 < len(one) <= PollLimit.MAX_OPTION_LENGTH for one in texts)
    if not fits or not _FEWEST <= len(texts) <= PollLimit.MAX_OPTION_NUMBER:
        raise SimError(
            400, f"A poll has {_FEWEST} to {PollLimit.MAX_OPTION_NUMBER} options of 1 to "
            f"{PollLimit.MAX_OPTION_LENGTH} letters."
        )  # fmt: skip
    wire: Wire = {
        "question": wish["question"],
        "options": [{"persistent_id": str(at), "text": one} for at, one in enumerate(texts)],
        "type": QUIZ if "correct" in wish else REGULAR,
        "is_anonymous": wish.get("anonymous", True),
        "allows_multiple_answers": wish.get("multiple", False),
        "allows_revoting": "correct" not in wish,
        "members_only": False,
        **_quiz(wish, len(texts)),
    }
    if "open_period" in wish:
        span = int(wish["open_period"])
        wire |= {"open_period": span, "close_date": world.timestamp() + span}
    forwarded = wish.get("forwarded", False)
    content: Wire = {"poll": begin(world, wire, own=False).seen(forwarded=forwarded)}
    if forwarded:
        origin = {"type": "hidden_user", "sender_user_name": person.name}
        content["forward_origin"] = origin | {"date": world.timestamp()}
    return content


def _quiz(wish: Wire, options: int) -> Wire:
    if "correct" not in wish:
        if "explanation" in wish:
            raise SimError(400, "Only a quiz has an explanation.")
        return {}
    if not 0 <= wish["correct"] < options:
        raise SimError(400, "There is no such option.")
    told = {"explanation": wish["explanation"]} if "explanation" in wish else {}
    return {"correct_option_ids": [wish["correct"]], **told}


def choose(
    world: World, person: Person, chat: Chat, message_id: int, options: Sequence[int]
) -> None:
    """Let somebody vote in a poll that they see; raises SimError."""
    kept = chat.messages.get(message_id)
    if kept is None or kept.deleted:
        raise SimError(404, f"There is no message {message_id} in this chat.")
    vote(world, person, kept, tuple(options))


def show_poll(world: World, kept: Kept) -> Wire:
    """Return a poll as a phone shows it; `chosen` is what the owner of a private chat chose."""
    poll = poll_of(world, kept)
    wire = poll.seen(forwarded=False)
    mine = poll.votes.get(kept.wire["chat"]["id"], ())
    knows = bool(mine) or poll.closed
    return {
        "question": wire["question"],
        "description": wire.get("description", ""),
        "options": [{"text": one["text"], "votes": one["voter_count"]} for one in wire["options"]],
        "total": wire["total_voter_count"],
        "closed": poll.closed,
        "anonymous": wire["is_anonymous"],
        "multiple": wire["allows_multiple_answers"],
        "quiz": wire["type"] == QUIZ,
        "correct": wire.get("correct_option_ids") if knows else None,
        "explanation": wire.get("explanation") if knows else None,
        "chosen": list(mine),
        "forwarded": "forward_origin" in kept.wire,
    }
