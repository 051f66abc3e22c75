"""Native polls: what a vote changes, and when it ends.

A poll that is forwarded stays the same poll: it is shown in several messages, and its votes are
counted together. A bot is told of the polls that it has sent itself.
"""

from dataclasses import dataclass, field

from bot.sandbox.errors import SimError, Wire
from bot.sandbox.people import Person
from bot.sandbox.world import Chat, Kept, World

QUIZ, REGULAR = "quiz", "regular"
_HIDDEN = ("correct_option_ids", "explanation", "explanation_entities")  # of a quiz that goes on
_IN_MESSAGES = ("description", "description_entities")


@dataclass(frozen=True, slots=True)
class Shown:
    """One message that shows a poll; `forwarded`: it was not sent here first."""

    chat: Chat
    kept: Kept
    forwarded: bool


@dataclass(slots=True)
class KeptPoll:
    """One poll: `wire` is what it says, with no votes; `own`: the bot has sent it."""

    wire: Wire
    own: bool
    closed: bool = False
    votes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)

    def seen(self, *, forwarded: bool, in_message: bool = True) -> Wire:
        """Return it as Telegram's `Poll`, as a bot sees it in one of its places."""
        hidden: tuple[str, ...] = () if in_message else _IN_MESSAGES
        if forwarded and not self.closed:
            hidden += _HIDDEN
        wire = {key: value for key, value in self.wire.items() if key not in hidden}
        counts = [0] * len(wire["options"])
        for chosen in self.votes.values():
            for one in chosen:
                counts[one] += 1
        options = zip(wire["options"], counts, strict=True)
        return wire | {
            "options": [option | {"voter_count": count} for option, count in options],
            "total_voter_count": len(self.votes),
            "is_closed": self.closed,
        }


def begin(world: World, wire: Wire, *, own: bool, closed: bool = False) -> KeptPoll:
    """Keep a new poll; `wire` is what it says, the id aside."""
    id_ = str(5_400_000_000_000_000_000 + world.next_poll())
    made = KeptPoll({"id": id_, **wire}, own, closed)
    world.polls[id_] = made
    return made


def show_in(poll: KeptPoll, chat: Chat, kept: Kept, *, forwarded: bool) -> None:
    """Note that a message shows the poll, so that it follows the votes."""
    poll.shown.append(Shown(chat, kept, forwarded))


def poll_of(world: World, kept: Kept) -> KeptPoll:
    """Return the poll of a message that shows one."""
    found: KeptPoll = world.polls[kept.wire["poll"]["id"]]
    return found


def vote(world: World, person: Person, kept: Kept, chosen: tuple[int, ...]) -> None:
    """Count what somebody has chosen, nothing to take it back; raises SimError."""
    if "poll" not in kept.wire:
        raise SimError(400, f"Message {kept.id} is no poll.")
    end_due(world)
    poll = poll_of(world, kept)
    if poll.closed:
        raise SimError(409, "The poll is closed.")
    _check_vote(poll, person, chosen)
    if chosen:
        poll.votes[person.id] = tuple(sorted(set(chosen)))
    else:
        poll.votes.pop(person.id, None)
    changed(world, poll)
    if poll.own and not poll.wire["is_anonymous"]:
        options = [poll.wire["options"][one]["persistent_id"] for one in chosen]
        world.updates.put(
            "poll_answer",
            {
                "poll_id": poll.wire["id"],
                "user": person.user(),
                "option_ids": list(chosen),
                "option_persistent_ids": options,
            },
        )


def _check_vote(poll: KeptPoll, person: Person, chosen: tuple[int, ...]) -> None:
    if any(not 0 <= one < len(poll.wire["options"]) for one in chosen):
        raise SimError(400, "There is no such option.")
    if len(chosen) > 1 and not poll.wire["allows_multiple_answers"]:
        raise SimError(409, "Only one option can be chosen.")
    if person.id in poll.votes and not poll.wire["allows_revoting"]:
        raise SimError(409, f"{person.name} has voted, and this poll lets nobody vote again.")


def end(world: World, poll: KeptPoll) -> None:
    """Close a poll for good."""
    poll.closed = True
    changed(world, poll)


def end_due(world: World) -> None:
    """Close the polls whose time is over."""
    for poll in world.polls.values():
        if not poll.closed and poll.wire.get("close_date", world.timestamp() + 1) <= (
            world.timestamp()
        ):
            end(world, poll)


def changed(world: World, poll: KeptPoll) -> None:
    """Let every message show how it stands, and tell the bot of a poll of its own."""
    for one in poll.shown:
        one.kept.wire = one.kept.wire | {"poll": poll.seen(forwarded=one.forwarded)}
        world.touch(one.chat, one.kept)
    if poll.own:
        world.updates.put("poll", poll.seen(forwarded=False, in_message=False))
