"""A notice in the making: what is to be said, to whom, and how; kept step by step.

One open draft a person. What is sent joins it at any step, so nothing is swallowed.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.domain import draft as states
from bot.domain.addressees import Addressees
from bot.domain.area import EVERYWHERE
from bot.domain.broadcast import SENDERS, Broadcast
from bot.domain.broadcast_body import MOST_BELOW, MOST_PHOTOS, MOST_WORDS, Body
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.poll import Poll
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import addressees
from bot.services import broadcast_written as written
from bot.services.community import Community, community_of
from bot.services.letter import show_card
from bot.services.sent import PHOTO, Sent
from bot.services.unit_of_work import UnitOfWork
from storage import draft as drafts
from storage.counter import next_number

NOUN, NOUN_OF_CARD = "broadcast", "broadcast_draft"
FILES = {"document": "paper", "video": "video", "voice": "voice"}
ROLES = (
    *(Role.VOLUNTEER, Role.PROPERTY_STAFF, Role.GRID_WORKER),
    *(Role.DISPATCHER, Role.SUPERVISOR, Role.ORGANIZER),
)
UNFINISHED = timedelta(days=1)  # for which what was begun waits for its writer
# Grows whenever the draft says something else, or to others: a button drawn before is an old one.
_EDITION = "edition"
_EMPTY = {**written.NOTHING, "photos": [], "uniques": [], "file": None, "poll": None}


async def begin(uow: UnitOfWork, who: Person, corrects: Broadcast | None = None) -> Draft:
    """Begin a notice, or the correction of one; raises Refusal for who may say nothing to many."""
    if not who.holds_somewhere(*SENDERS):
        raise Refusal("refusal.not_a_sender")
    former = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if former is not None:
        drafts.change(uow, former.ended(states.DROPPED))
    facts = {**_EMPTY, "whom": None, "ticked": [], "page": 0, "corrects": None}
    if corrects is not None:
        facts |= {"corrects": corrects.id, "most": corrects.body.most_words}
    begun = Draft(
        id=await next_number(uow, who.community_id, "draft"),
        community_id=who.community_id,
        person_id=who.id,
        noun=NOUN,
        facts={**facts, "silent": False, "receipts": False},
        status=states.OPEN,
        started_at=uow.now,
        changed_at=uow.now,
    )
    drafts.add(uow, begun)
    return begun


async def unfinished(uow: UnitOfWork, who: Person) -> Draft | None:
    """Return what the person began to write lately and has neither sent nor left off."""
    found = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if found is None or found.facts["corrects"] or _body(found).is_empty:
        return None
    return found if uow.now - found.changed_at < UNFINISHED else None


async def current(uow: UnitOfWork, who: Person, pressed: int | None = None) -> Draft:
    """Return what the person is writing; raises Refusal when it is over, or not that `pressed`."""
    found = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if found is None or (pressed is not None and found.id != pressed):
        raise Refusal("common.stale_draft")
    return found


def add(uow: UnitOfWork, draft: Draft, sent: Sent, html: str) -> Draft:
    """Let what was sent join the draft; raises Refusal when it would not fit, or cannot be sent."""
    held = draft.facts
    if held["corrects"] and sent.file_id:
        raise Refusal("refusal.fix_is_words")
    changes: dict[str, Any] = {}
    if sent.words:
        changes |= written.add(held, sent.message_id, html, len(sent.words), _most_words(held))
    if sent.file_id and sent.file_unique_id not in held["uniques"]:
        changes |= _with_file(held, sent)
        changes["uniques"] = [*held["uniques"], sent.file_unique_id]
    if not changes and sent.file_id:
        return draft  # the same picture once more
    if not changes:
        raise Refusal("refusal.nothing_to_say")
    return drafts.change(uow, _other(draft, **changes))


def edit(uow: UnitOfWork, draft: Draft, sent: Sent, html: str) -> Draft | None:
    """Let a message say what it says now; None for one that is not in the draft.

    Raises Refusal for too many words.
    """
    held = draft.facts
    said = (sent.message_id, html, len(sent.words), _most_words(held))
    changes = written.edit(held, *said)
    return None if changes is None else drafts.change(uow, _other(draft, **changes))


def _most_words(held: Any) -> int:
    most: int = held.get("most", MOST_WORDS)
    return MOST_BELOW if held.get("poll") else most


def _other(draft: Draft, **facts: Any) -> Draft:
    """Return the draft as it says something else, or to others."""
    return draft.with_facts(**facts, **{_EDITION: edition(draft) + 1})


def edition(draft: Draft) -> int:
    """Return how often the draft has come to say something else, or to others."""
    return int(draft.facts.get(_EDITION, 0))  # older ones have no word of it


def add_poll(uow: UnitOfWork, draft: Draft, poll: Poll) -> Draft:
    """Let a poll be what the draft says, words below it; raises Refusal when it would not fit."""
    held = draft.facts
    if held["corrects"]:
        raise Refusal("refusal.poll_is_fixed")
    if held["photos"] or held["file"]:
        raise Refusal("refusal.poll_alone")
    if held["length"] > MOST_BELOW:
        raise Refusal("common.too_long", limit=MOST_BELOW)
    return drafts.change(uow, _other(draft, poll=poll.stored()))


def _with_file(held: Any, sent: Sent) -> dict[str, Any]:
    if held.get("poll"):
        raise Refusal("refusal.poll_alone")
    if sent.file_kind == PHOTO:
        if len(held["photos"]) == MOST_PHOTOS or held["file"]:
            raise Refusal("refusal.one_file", photos=MOST_PHOTOS)
        return {"photos": [*held["photos"], sent.file_id]}
    if sent.file_kind not in FILES:
        raise Refusal("refusal.nothing_to_say")
    if held["file"] or held["photos"]:
        raise Refusal("refusal.one_file", photos=MOST_PHOTOS)
    return {"file": [FILES[sent.file_kind], sent.file_id]}


def note(uow: UnitOfWork, draft: Draft, **facts: Any) -> Draft:
    """Keep what was chosen."""
    return drafts.change(uow, draft.with_facts(**facts))


def empty(uow: UnitOfWork, draft: Draft) -> Draft:
    """Let the person write it anew; to whom and how stays."""
    return drafts.change(uow, _other(draft, **_EMPTY))


def done(uow: UnitOfWork, draft: Draft) -> None:
    """End the draft: it was handed on."""
    drafts.change(uow, draft.ended(states.FILED))


def drop(uow: UnitOfWork, draft: Draft) -> None:
    """End the draft: nothing was sent."""
    drafts.change(uow, draft.ended(states.DROPPED))


def body_of(draft: Draft) -> Body:
    """Return what is to be said; raises Refusal while that is nothing."""
    found = _body(draft)
    if found.is_empty:
        raise Refusal("refusal.nothing_to_say")
    return found


def _body(draft: Draft) -> Body:
    return Body.read({**draft.facts, "together": False}).joined()


def whom_of(draft: Draft) -> Addressees:
    """Return to whom; raises Refusal while that is not said."""
    held = draft.facts["whom"]
    if held is None:
        raise Refusal("common.stale_draft")
    return Addressees.read(held)


async def ask(
    uow: UnitOfWork,
    who: Person,
    draft: Draft,
    facts_: dict[str, Any],
    wait: datetime | None,
) -> None:
    """Ask to whom it goes, at the end of the chat, once; `wait` is when (UTC) to ask."""
    thing = (NOUN_OF_CARD, draft.id)
    await show_card(uow, who, thing, "broadcast.whom", anew=True, due_at=wait, **facts_)


async def preview(
    uow: UnitOfWork, who: Person, draft: Draft, facts_: dict[str, Any], *, anew: bool
) -> None:
    """Show it to whoever writes it, `anew` at the end of the chat."""
    thing = (f"{NOUN}_preview", draft.id)
    await show_card(uow, who, thing, "broadcast.preview", anew=anew, **facts_)


# --- to whom -------------------------------------------------------------------------------


def widest(who: Person) -> tuple[str, ...]:
    """Return the parts of the community to which the person may say something."""
    return tuple(sorted(who.scopes_of(*SENDERS)))


def may_reach(community: Community, who: Person, whom: Addressees) -> bool:
    """Say whether the person may say something to these: in a part, only to who lives there."""
    own = set(widest(who))
    if EVERYWHERE in own:
        return True
    inside = own.union(*(community.within.get(one, frozenset()) for one in own))
    by_place = whom.is_of_places or (bool(whom.roles) and not whom.team)
    return by_place and bool(own) and inside.issuperset(whom.scopes)


async def choose(uow: UnitOfWork, who: Person, draft: Draft, whom: Addressees) -> Draft:
    """Keep to whom it goes; raises Refusal when that is not theirs to say."""
    community = await community_of(uow, who.community_id)
    if not may_reach(community, who, whom):
        raise Refusal("refusal.not_a_sender")
    return drafts.change(uow, _other(draft, whom=whom.stored()))


def everybody_of(who: Person) -> Addressees:
    """Return everybody to whom the person may say something."""
    return Addressees(scopes=widest(who))


def facts(draft: Draft) -> dict[str, Any]:
    """Return what every card of the draft shows."""
    held = draft.facts
    return {
        "draft": draft.id,
        _EDITION: edition(draft),
        "title": _body(draft).title,
        "photos": len(held["photos"]),
        "files": int(held["file"] is not None),
        "poll": held.get("poll"),
        "switched": {name: held[name] for name in ("silent", "receipts")},
        "corrects": held["corrects"],
    }


async def audience_facts(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return whom the first question offers: everybody, with how many that is."""
    count = await addressees.count(uow, who.community_id, everybody_of(who))
    return {"n": count.reached, "roles": EVERYWHERE in widest(who)}
