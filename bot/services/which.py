"""Words about another thing while a report is being written: kept until the person has said.

What was just sent is kept aside in the draft (`aside`) while it is asked; what is another thing
waits behind it (`behind`, a list of reports to come) and begins when the draft has ended.
"""

from dataclasses import astuple, replace
from datetime import datetime
from typing import Any

from bot.domain.draft import OPEN, Draft
from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.refusal import Refusal
from bot.domain.which import MOST_BEHIND, Meant, Spot, is_another
from bot.services import draft as drafts
from bot.services.community import OTHER, WHOLE_BUILDING, Community, community_of
from bot.services.letter import show_card
from bot.services.sent import Sent, counted
from bot.services.unit_of_work import UnitOfWork
from storage import draft as stored

ASIDE, BEHIND = "aside", "behind"
Kept = list[Any]  # the fields of a Sent
Waiting = list[Kept] | int  # what was sent for a report to come, or the id of one that was kept


async def has_to_ask(uow: UnitOfWork, who: Person, draft: Draft, words: str) -> bool:
    """Say whether it has to be asked what the words belong to; while it is asked, always."""
    if draft.facts.get(ASIDE):
        return True
    full = len(draft.facts.get(BEHIND) or ()) >= MOST_BEHIND
    if not words or full:
        return False
    if not draft.facts["words"]:  # the first words say what the pictures show
        return False
    community = await community_of(uow, who.community_id)
    return is_another(_held(community, draft), _said(community, words))


def _held(community: Community, draft: Draft) -> Meant:
    facts = draft.facts
    kinds = {facts.get("kind"), community.guess_category(facts["words"])}
    if facts.get("kind") in (None, OTHER):  # nothing that words could contradict
        kinds = set()
    place = Place(facts.get("place"), facts.get("building"), facts.get("unit"))
    if place.text is None:  # it is being asked: whatever place is said answers that
        return Meant(frozenset(one for one in kinds if one))
    if place.building is None:  # a shared spot, or words that nobody can compare
        found = community.find_place(place.text)
        place = found or Place(None)
    return Meant(frozenset(one for one in kinds if one), _spot(place))


def _said(community: Community, words: str) -> Meant:
    kind = None if community.is_where(words) else community.clear_category(words)
    place = community.find_place(words)
    return Meant(frozenset({kind} if kind else ()), _spot(place) if place else None)


def _spot(place: Place) -> Spot | None:
    if place.building is not None:
        unit = None if place.unit == WHOLE_BUILDING else place.unit
        return Spot(place.building, unit)
    return Spot(shared=place.text) if place.text else None


async def ask(
    uow: UnitOfWork, who: Person, draft: Draft, sent: Sent, *, wait: datetime | None = None
) -> None:
    """Keep what was just sent aside, and ask whether it is the same thing.

    `wait` (UTC) is when to draw the question, for pictures that come one by one. Raises Refusal
    when more was sent than one report may hold.
    """
    community = await community_of(uow, who.community_id)
    if _is_third(community, draft, sent.words):
        draft = put_behind(uow, draft)
    held: list[Kept] = draft.facts.get(ASIDE) or []
    aside = [*held, list(astuple(sent))]
    drafts.check_fits(*_gathered(aside))
    draft = drafts.note(uow, draft, **{ASIDE: aside})
    facts = {**drafts.card_facts(community, who, draft), "aside": _shown(aside)}
    anew = wait is None or not held
    await show_card(uow, who, ("draft", draft.id), "case.which", anew=anew, due_at=wait, **facts)


def _is_third(community: Community, draft: Draft, words: str) -> bool:
    """Say whether the words are clearly about something else than the draft and what is aside."""
    aside: list[Kept] = draft.facts.get(ASIDE) or []
    if not aside or not words or len(reports_behind(draft)) >= MOST_BEHIND:
        return False
    said = _said(community, words)
    before = _said(community, _gathered(aside)[0])
    return is_another(_held(community, draft), said) and is_another(before, said)


def _gathered(kept: list[Kept]) -> tuple[str, list[str]]:
    """Return all words, and the kinds of all that was sent with them."""
    sent = [Sent(*one) for one in kept]
    words = "\n".join(one.words for one in sent if one.words)
    return words, [one.file_kind for one in sent if one.file_id]


def _shown(kept: list[Kept]) -> dict[str, Any]:
    words, kinds = _gathered(kept)
    return {"words": words, **counted(kinds, (Sent(*one).seconds for one in kept))}


async def join(uow: UnitOfWork, who: Person, draft: Draft) -> Draft:
    """Let what was kept aside join the draft: it is the same thing.

    A place named by it counts when the usual one stood in. Raises Refusal when it is too much.
    """
    aside: list[Kept] = draft.facts.get(ASIDE) or []
    words, kinds = _gathered(aside)
    held = draft.facts
    drafts.check_fits(
        "\n".join((held["words"], words)), [*(one["kind"] for one in held["photos"]), *kinds]
    )
    draft = drafts.forget(uow, draft, ASIDE)
    community = await community_of(uow, who.community_id)
    as_usual = held.get("usual") and held.get("usual") == held.get("place")
    if as_usual and community.find_place(words):
        draft = drafts.forget(uow, draft, "place", "building", "unit", "door")
    for one in aside:
        draft = await drafts.add(uow, who, Sent(*one))
    return draft


def put_behind(uow: UnitOfWork, draft: Draft) -> Draft:
    """Let what was kept aside wait behind the draft: it is another thing."""
    return drafts.note(uow, draft, **{ASIDE: None, BEHIND: reports_behind(draft)})


def reports_behind(draft: Draft) -> list[Waiting]:
    """Return what comes after the draft; what is asked about included."""
    aside = draft.facts.get(ASIDE)
    return [*(draft.facts.get(BEHIND) or []), *([aside] if aside else [])]


async def begin_next(uow: UnitOfWork, who: Person, draft_id: int) -> str | None:
    """Begin the report that waited behind the draft; None unless it is over and one waited.

    Return the step of the new one. When another report is open by now they wait behind that.
    """
    ended = await stored.find(uow, who.community_id, draft_id)
    if ended is None or ended.status == OPEN or not reports_behind(ended):
        return None
    first, *rest = reports_behind(ended)
    ended = drafts.forget(uow, ended, ASIDE, BEHIND)
    is_open = await drafts.open_draft(uow, who)
    if is_open is not None:
        drafts.note(uow, is_open, **{BEHIND: [*reports_behind(is_open), first, *rest], ASIDE: None})
        return None
    draft = await _begun(uow, who, first)
    if rest:
        draft = drafts.note(uow, draft, **{BEHIND: rest})
    return await drafts.show(uow, who, draft, anew=isinstance(first, int))


async def _begun(uow: UnitOfWork, who: Person, waited: Waiting) -> Draft:
    """Begin the report whose messages waited, or open the one that was kept."""
    if isinstance(waited, int):
        kept = await stored.find(uow, who.community_id, waited)
        if kept is None:
            raise LookupError(f"draft {waited} is gone")
        return drafts.note(uow, replace(kept, status=OPEN))
    draft = await drafts.begin(uow, who, {"words": "", "photos": []})
    for one in waited:
        draft = await drafts.add(uow, who, Sent(*one))
    return draft


def may_file(community: Community, draft: Draft) -> bool:
    """Say whether the draft is filed as soon as another thing is begun: complete, no complaint."""
    kind = community.category_or_other(draft.facts.get("kind") or OTHER).kind
    return drafts.step_of(draft) == "check" and kind != drafts.COMPLAINT


def raise_when_answered(draft: Draft) -> None:
    """Raise Refusal when nothing is asked any more."""
    if not draft.facts.get(ASIDE):
        raise Refusal("common.stale_draft")
