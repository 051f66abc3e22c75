"""A report in the making: what was sent joins the draft, and what is missing is asked.

One open draft a person. Every step is derived from what the draft holds, so that it goes on
at the right place after a restart. Knows no chat.
"""

from collections.abc import Mapping, Sized
from dataclasses import replace
from typing import Any

from bot.domain import draft as states
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import at_hand, draft_due, duplicate, finding, kin
from bot.services.community import Community, community_of
from bot.services.draft_tiles import kind_page, known_places, last_place, place_page, usual_place
from bot.services.letter import show_card
from bot.services.sent import Sent, counted
from bot.services.unit_of_work import UnitOfWork
from storage import card as cards
from storage import draft as drafts
from storage.counter import next_number

NOUN = "report"
COMPLAINT = "complaint"  # a category's kind: about somebody, never filed without a yes
STEPS = ("empty", "place", "unit", "kind", "check")  # all that `step_of` returns
ENOUGH = frozenset({"kind", "check"})  # steps at which nothing that has to be known is missing
WORDS_LIMIT = 8000  # characters that one report may gather
PHOTOS_LIMIT = 20
ENDED = frozenset({states.DROPPED, states.KEPT})  # whose card says so
LAST = "last"
_NOT_AS_USUAL = ("elsewhere", "building", "behalf")  # facts of a draft whose place has to be said
_OF_PLACE = ("place", "building", "unit", "door")


async def open_draft(uow: UnitOfWork, who: Person) -> Draft | None:
    """Return the report that the person is writing."""
    return await drafts.find_open(uow, who.community_id, who.id, NOUN)


async def add(uow: UnitOfWork, who: Person, sent: Sent) -> Draft:
    """Let what was sent join the person's draft, or begin one.

    Raises Refusal when the draft would hold more words or pictures than fit.
    """
    community = await community_of(uow, who.community_id)
    known = await open_draft(uow, who)
    held = known.facts if known else {"words": "", "photos": []}
    facts = {**held, **_joined(held, sent)}
    facts = {**facts, **understood(community, who, facts)}
    facts |= finding.facts_of(community, who, facts, uow.now) if known is None else {}
    if known is not None:
        return drafts.change(uow, replace(known, facts=facts))
    return await begin(uow, who, facts, plans=True)


async def begin(
    uow: UnitOfWork, who: Person, facts: dict[str, Any], *, plans: bool = False
) -> Draft:
    """Begin a report that already holds `facts`, whatever else the person is writing.

    With `plans` it knows at once when it is filed by itself, so that its row is written once.
    """
    begun = Draft(
        id=await next_number(uow, who.community_id, "draft"),
        community_id=who.community_id,
        person_id=who.id,
        noun=NOUN,
        facts=facts,
        status=states.OPEN,
        started_at=uow.now,
        changed_at=uow.now,
    )
    if plans and step_of(begun) in ENOUGH:
        begun = draft_due.plan(uow, begun)
    drafts.add(uow, begun)
    cards.begin(uow, begun.community_id, "draft", begun.id)
    return begun


def _joined(held: Any, sent: Sent) -> dict[str, Any]:
    said = [*held.get("said", []), *([[sent.message_id, sent.words]] if sent.words else [])]
    words = "\n".join(part for part in (held["words"], sent.words) if part)
    photos = list(held["photos"])
    if sent.file_id and sent.file_unique_id not in {one["unique"] for one in photos}:
        one = {"id": sent.file_id, "unique": sent.file_unique_id, "kind": sent.file_kind}
        photos.append({**one, "message": sent.message_id, "seconds": sent.seconds})
    check_fits(words, photos)
    return {"words": words, "photos": photos, "said": said}


def check_fits(words: str, files: Sized) -> None:
    """Raise Refusal when these are more words or pictures than one report may hold."""
    if len(words) > WORDS_LIMIT:
        raise Refusal("common.too_long", limit=WORDS_LIMIT)
    if len(files) > PHOTOS_LIMIT:
        raise Refusal("common.too_many", photos=PHOTOS_LIMIT)


def understood(community: Community, who: Person, facts: dict[str, Any]) -> dict[str, Any]:
    """Return what the words already say: a place, a category.

    The usual place stands in for one, unless the person has asked for another or named a building:
    it gives way to a place in words, and to the question when those are doubtful.
    """
    found = {} if facts.get("place") else _place_in(community, who, facts)
    if stands_in(facts) and community.says_where(facts["words"]):
        found = dict.fromkeys((*_OF_PLACE, "usual")) | _place_in(community, who, facts)
    if not facts.get("kind"):
        found["kind"] = community.guess_category(facts["words"])
    return found


def stands_in(facts: Mapping[str, Any]) -> bool:
    """Say whether the place of the draft is the usual one, and nobody has chosen it."""
    usual = facts.get("usual")
    return bool(usual) and usual == facts.get("place") and not facts.get("elsewhere")


def _place_in(community: Community, who: Person, facts: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    place = community.find_place(facts["words"])
    doubtful = place is None and community.says_where(facts["words"])
    if place is None and not doubtful and not any(facts.get(one) for one in _NOT_AS_USUAL):
        place = usual_place(community, who)
        found["usual"] = place.text if place else None
    return found | (place.facts() if place else {})


def step_of(draft: Draft) -> str:
    """Return what comes next, one of `STEPS`: empty when nothing was said yet."""
    facts = draft.facts
    if not facts["words"] and not facts["photos"]:
        return "empty"
    if not facts.get("place"):
        return "unit" if facts.get("building") else "place"
    return "check" if facts.get("kind") else "kind"


async def current(uow: UnitOfWork, who: Person, draft_id: int) -> Draft:
    """Return the person's open draft with this id; raises Refusal when it is another's or over."""
    found = await open_draft(uow, who)
    if found is None or found.id != draft_id:
        raise _ended(who, await drafts.find(uow, who.community_id, draft_id))
    return found


def _ended(who: Person, past: Draft | None) -> Refusal:
    """Return the Refusal that fits a press on a draft which is not open."""
    if past is not None and past.person_id != who.id:
        return Refusal("refusal.not_your_draft")
    if past is not None and past.status == states.FILED:
        return Refusal("toast.already_filed", number=past.facts["number"])
    return Refusal("common.stale_draft")


async def choose_building(uow: UnitOfWork, who: Person, draft: Draft, code: str) -> Draft:
    """Choose a building, or a shared spot, by its code; raises Refusal for an unknown one."""
    community = await community_of(uow, who.community_id)
    place = community.place_of_building(code)
    if place is None:
        raise Refusal("toast.stale")
    return drafts.change(uow, draft.with_facts(**place.facts()))


async def choose_known(uow: UnitOfWork, who: Person, draft: Draft, which: str) -> Draft:
    """Choose the place of the last report (`LAST`), or home; raises Refusal when not known."""
    community = await community_of(uow, who.community_id)
    place = last_place(community, who) if which == LAST else community.place_of_home(who.home)
    if place is None:
        raise Refusal("toast.stale")
    return drafts.change(uow, draft.with_facts(**place.facts()))


async def choose_unit(uow: UnitOfWork, who: Person, draft: Draft, code: str) -> Draft:
    """Choose the unit of the building chosen before; `WHOLE_BUILDING` means none of them."""
    community = await community_of(uow, who.community_id)
    building = draft.facts.get("building")
    place = community.place_of_unit(building, code) if building else None
    if place is None:
        raise Refusal("toast.stale")
    return drafts.change(uow, draft.with_facts(**place.facts()))


async def choose_kind(uow: UnitOfWork, who: Person, draft: Draft, code: str) -> Draft:
    """Choose the category; raises Refusal for an unknown one."""
    community = await community_of(uow, who.community_id)
    if community.category(code) is None:
        raise Refusal("toast.stale")
    return drafts.change(uow, draft.with_facts(kind=code))


def forget(uow: UnitOfWork, draft: Draft, *names: str) -> Draft:
    """Ask again for the facts called `names`."""
    return drafts.change(uow, draft.with_facts(**dict.fromkeys(names)))


def note(uow: UnitOfWork, draft: Draft, **facts: Any) -> Draft:
    """Keep facts about the dialogue itself, such as which page is shown."""
    return drafts.change(uow, draft.with_facts(**facts))


def drop(uow: UnitOfWork, draft: Draft) -> Draft:
    """End the draft without filing it."""
    return drafts.change(uow, draft_due.cancel(uow, draft).ended(states.DROPPED))


def mark_filed(uow: UnitOfWork, draft: Draft, number: int) -> Draft:
    """End the draft as filed under `number`."""
    ended = draft_due.cancel(uow, draft).with_facts(number=number).ended(states.FILED)
    return drafts.change(uow, ended)


async def take_back(uow: UnitOfWork, who: Person, draft_id: int) -> Draft:
    """Open a dropped draft again; raises Refusal later on, or when another one is open.

    The window is that of a withdrawal: 24 hours, unless the organisation file says otherwise
    (dialogues, 6.5).
    """
    past = await drafts.find(uow, who.community_id, draft_id)
    if past is None or past.person_id != who.id or past.status != states.DROPPED:
        raise _ended(who, past)
    terms = (await community_of(uow, who.community_id)).terms
    if uow.now - past.changed_at > terms.restore:
        raise Refusal("refusal.window_over")
    if await open_draft(uow, who) is not None:
        raise Refusal("refusal.draft_open")
    return drafts.change(uow, replace(past, status=states.OPEN))


async def show(
    uow: UnitOfWork, who: Person, draft: Draft, *, wait: Any = None, anew: bool = False
) -> str:
    """Draw the draft's card at its step and return the step; `wait` is when to draw it (UTC).

    `anew` draws it at the end of the chat.
    """
    community = await community_of(uow, who.community_id)
    step, is_open = step_of(draft), draft.status == states.OPEN
    tasks = await at_hand.candidates(uow, community, who, draft) if is_open else []
    if is_open and (tasks or step in ENOUGH):  # while that is asked nothing is filed by itself
        planned = draft_due.cancel(uow, draft) if tasks else draft_due.plan(uow, draft)
        draft = draft if planned is draft else drafts.change(uow, planned)
    kind = f"draft.{draft.status if draft.status in ENDED else step}"
    facts = card_facts(community, who, draft)
    if tasks:
        kind, facts["tasks"] = "draft.task", at_hand.shown(community, tasks)
    elif step == "check" and is_open:
        facts["elders"] = await kin.elders(uow, who)
        known = await similar(uow, who, draft)
        kind = "case.similar" if known else kind
        facts["similar"] = await duplicate.similar_facts(uow, who, known)
    await show_card(uow, who, ("draft", draft.id), kind, anew=anew, due_at=wait, **facts)
    return step


async def similar(uow: UnitOfWork, who: Person, draft: Draft) -> list[int]:
    """Return the numbers of cases that it may be, unless the person said that it is another."""
    return [] if draft.facts.get("another") else await duplicate.candidates(uow, who, draft)


def card_facts(community: Community, who: Person, draft: Draft) -> dict[str, Any]:
    """Return what the draft's card shows."""
    held = draft.facts
    category = community.category(held.get("kind") or "")
    facts: dict[str, Any] = {
        "draft_id": draft.id,
        "version": 0,
        "words": held["words"],
        **counted(
            (one["kind"] for one in held["photos"]), (one.get("seconds") for one in held["photos"])
        ),
        "place": held.get("place"),
        "door": held.get("door"),
        "for_name": held.get("for_name"),
        "icon": category.icon if category else "",
        "name": category.name.model_dump() if category else None,
    }
    step = step_of(draft)
    if step == "check" and held.get("usual") == held["place"]:
        known = known_places(community, who)
        facts |= known if known["last"] == held["place"] else {}
    elif step == "place":
        facts |= place_page(community, who, int(held.get("page") or 0))
    elif step == "unit":
        facts |= community.unit_tiles(held["building"])
    elif step == "kind":
        facts |= kind_page(community, int(held.get("kinds_page") or 0))
    return facts
