"""A survey in the making: one draft a person, changed in any order until it is sent."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain import draft as states
from bot.domain import survey as rules
from bot.domain.addressees import Addressees
from bot.domain.area import BUILDING, EVERYWHERE, scope
from bot.domain.callback import may_ask_from, next_morning
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.survey import Survey, Whom
from bot.domain.survey_question import END, LEADING, Kind, Question, without
from bot.services import addressees, survey_whom
from bot.services import survey as surveys
from bot.services import survey_due as dues
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import draft as drafts
from storage import due
from storage import survey as kept
from storage.counter import next_number

NOUN = "survey"
NOW, MORNING = "now", "morning"
STARTS = (NOW, MORNING)
ROLES = (Role.VOLUNTEER, Role.PROPERTY_STAFF, Role.GRID_WORKER, Role.ORGANIZER)
PAGE = 4  # buildings on a page of tiles
_DAYS = rules.RUNS[1]
_SOON = timedelta(hours=1)


async def begin(
    uow: UnitOfWork,
    who: Person,
    title: str = "",
    questions: Sequence[Question] = (),
    *,
    anonymous: bool = True,
    closed_cases: bool = False,
) -> Draft:
    """Begin one, empty or from a template; the former one is dropped."""
    surveys.check_may_ask(who)
    former = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if former is not None:
        drafts.change(uow, former.ended(states.DROPPED))
    community = await community_of(uow, who.community_id)
    begun = Draft(
        id=await next_number(uow, who.community_id, "draft"),
        community_id=who.community_id,
        person_id=who.id,
        noun=NOUN,
        facts={
            "title": title,
            "questions": [one.stored() for one in questions],
            "anonymous": anonymous,
            "whom": Whom(Addressees(_widest(community, who)), closed_cases).stored(),
            "start": NOW,
            "days": _DAYS,
            "until": None,
        },
        status=states.OPEN,
        started_at=uow.now,
        changed_at=uow.now,
    )
    drafts.add(uow, begun)
    return begun


def _widest(community: Community, who: Person) -> tuple[str, ...]:
    """Return all of the community, or else the parts in which the person may ask."""
    if rules.may_ask_in(who, EVERYWHERE):
        return (EVERYWHERE,)
    return tuple(one for one in community.scopes if one and rules.may_ask_in(who, one))


async def current(uow: UnitOfWork, who: Person, id_: int | None = None) -> Draft:
    """Return what the person is composing; raises Refusal when it is over, or another one."""
    surveys.check_may_ask(who)
    found = await drafts.find_open(uow, who.community_id, who.id, NOUN)
    if found is None or id_ not in {None, found.id}:
        raise Refusal("common.stale_draft")
    return found


def note(uow: UnitOfWork, draft: Draft, **facts: Any) -> Draft:
    """Keep what was said so far."""
    return drafts.change(uow, draft.with_facts(**facts))


def drop(uow: UnitOfWork, draft: Draft) -> None:
    """End it: nothing was sent."""
    drafts.change(uow, draft.ended(states.DROPPED))


def questions_of(draft: Draft) -> tuple[Question, ...]:
    """Return the questions so far."""
    return tuple(Question.read(one) for one in draft.facts["questions"])


def set_questions(uow: UnitOfWork, draft: Draft, questions: Sequence[Question]) -> Draft:
    """Keep these questions."""
    return note(uow, draft, questions=[one.stored() for one in questions])


def at_of(draft: Draft, at: int) -> Question:
    """Return question number `at`; raises Refusal when it is no longer there."""
    held = questions_of(draft)
    if at >= len(held):
        raise Refusal("toast.stale")
    return held[at]


def put(uow: UnitOfWork, draft: Draft, at: int | None, question: Question) -> Draft:
    """Put a question in the place of number `at`, or behind the last; raises Refusal when full."""
    held = questions_of(draft)
    if at is None:
        if len(held) >= rules.MOST_QUESTIONS:
            raise Refusal("refusal.survey_full", most=rules.MOST_QUESTIONS)
        return set_questions(uow, draft, [*held, question])
    return set_questions(uow, draft, [*held[:at], question, *held[at + 1 :]])


def take_out(uow: UnitOfWork, draft: Draft, at: int) -> Draft:
    """Take out question number `at`."""
    at_of(draft, at)
    return set_questions(uow, draft, without(questions_of(draft), at))


def lead(uow: UnitOfWork, draft: Draft, at: int, option: int, to: int) -> Draft:
    """Let an option lead to question number `to`, forward only; END ends the survey."""
    asked, n = at_of(draft, at), len(questions_of(draft))
    forward = at < to < n or to == END
    if asked.kind not in LEADING or option >= asked.size or not forward:
        raise Refusal("toast.stale")
    leads = {key: held for key, held in asked.leads.items() if key != option}
    if to != at + 1:
        leads[option] = to
    return put(uow, draft, at, replace(asked, leads=leads))


def whom_of(draft: Draft) -> Whom:
    """Return whom it means so far."""
    return Whom.read(draft.facts["whom"])


async def tick(uow: UnitOfWork, who: Person, draft: Draft, code: str, *, on: bool) -> Draft:
    """Mean a building, or leave it out; raises Refusal where the person may not ask."""
    part = scope(BUILDING, code)
    community = await community_of(uow, who.community_id)
    known = {one["code"] for one in community.building_tiles()}
    within = community.area(code, "", None).scopes if code in known else ()
    if not any(rules.may_ask_in(who, one) for one in within):
        raise Refusal("refusal.not_yours", who=[one.value for one in rules.ASKERS])
    held, starting = whom_of(draft), scope(BUILDING, "")
    others = [one for one in held.addressees.scopes if one != part and one.startswith(starting)]
    scopes = tuple(sorted([*others, part])) if on else tuple(others)
    meant = Addressees(scopes or _widest(community, who))
    return note(uow, draft, whom=replace(held, addressees=meant).stored())


async def mean(
    uow: UnitOfWork, who: Person, draft: Draft, role: Role | None, *, closed: bool | None = None
) -> Draft:
    """Mean everybody, or those of a role, or (`closed`) who had a case closed last month."""
    community, held = await community_of(uow, who.community_id), whom_of(draft)
    if closed is not None:
        places = held.addressees.scopes if held.addressees.is_of_places else ()
        meant = Whom(Addressees(places or _widest(community, who)), closed)
    else:
        roles = () if role is None else (role,)
        meant = Whom(Addressees(_widest(community, who), roles))
    return note(uow, draft, whom=meant.stored())


def starts_at(uow: UnitOfWork, community: Community, draft: Draft) -> datetime:
    """Return when (UTC) it would begin."""
    said = draft.facts["start"]
    if said not in STARTS:
        return datetime.fromisoformat(said)
    if said == NOW:
        return uow.now
    return next_morning(community.calendar, uow.now + _SOON).astimezone(UTC)


def ends_at(draft: Draft, starts: datetime) -> datetime:
    """Return when (UTC) it would end."""
    said = draft.facts.get("until")
    return datetime.fromisoformat(said) if said else starts + timedelta(days=draft.facts["days"])


async def mean_those(uow: UnitOfWork, who: Person, draft: Draft, those: Addressees) -> Draft:
    """Mean a team, or the people of a case or a meeting; raises Refusal."""
    if not rules.may_ask_in(who, EVERYWHERE):
        raise Refusal("refusal.not_yours", who=[one.value for one in rules.ASKERS])
    return note(uow, draft, whom=Whom(those).stored())


async def card(uow: UnitOfWork, who: Person, draft: Draft) -> dict[str, Any]:
    """Return what the card of the draft says."""
    community, whom = await community_of(uow, who.community_id), whom_of(draft)
    at = starts_at(uow, community, draft)
    reached = await survey_whom.reached(uow, who.community_id, whom, at)
    return {
        "draft": draft.id,
        "title": draft.facts["title"],
        "questions": [shown(one) for one in questions_of(draft)],
        "anonymous": draft.facts["anonymous"],
        "whom": addressees.name_of(community, whom.addressees),
        "closed_cases": whom.closed_cases,
        "reached": reached,
        "term": draft.facts["start"],
        "days": draft.facts["days"],
        "starts": at.isoformat(),
        "until": bool(draft.facts.get("until")),
        "ends": ends_at(draft, at).isoformat(),
        "zone": community.zone,
    }


def shown(question: Question) -> dict[str, Any]:
    """Return what a card says of a question."""
    leads = [{"option": one, "to": to} for one, to in sorted(question.leads.items())]
    return {
        "what": question.kind.value,
        "words": question.words,
        "options": list(question.options),
        "size": question.size,
        "leads": leads,
        "may_lead": question.kind in LEADING,
    }


async def tiles(uow: UnitOfWork, who: Person, draft: Draft, page: int) -> dict[str, Any]:
    """Return a page of buildings to tick."""
    community = await community_of(uow, who.community_id)
    ticked = whom_of(draft).addressees.scopes
    every = [
        one
        for one in community.building_tiles()
        if any(rules.may_ask_in(who, part) for part in community.area(one["code"], "", None).scopes)
    ]
    pages = max(1, -(-len(every) // PAGE))
    page = min(page, pages - 1)
    return {
        "tiles": [
            {**one, "ticked": scope(BUILDING, one["code"]) in ticked}
            for one in every[page * PAGE : (page + 1) * PAGE]
        ],
        "page": page,
        "pages": pages,
    }


async def send(uow: UnitOfWork, who: Person, draft: Draft) -> Survey:
    """Make it a survey, which begins at its time; raises Refusal when something is missing."""
    held, questions = draft.facts, questions_of(draft)
    if not held["title"] or not questions:
        raise Refusal("refusal.survey_empty")
    if held["anonymous"] and any(one.kind is Kind.PHOTO for one in questions):
        raise Refusal("refusal.survey_secret_photo")
    community = await community_of(uow, who.community_id)
    at = max(starts_at(uow, community, draft), uow.now)
    ends = ends_at(draft, at)
    if ends < at + rules.SHORTEST:
        raise Refusal("refusal.survey_too_short")
    if ends < may_ask_from(community.calendar, at, None, community.quiet) + rules.SHORTEST:
        raise Refusal("refusal.survey_at_rest")
    if not await survey_whom.reached(uow, who.community_id, whom_of(draft), at):
        raise Refusal("refusal.nobody_there")
    made = Survey(
        community_id=who.community_id,
        id=await next_number(uow, who.community_id, "survey"),
        version=1,
        title=held["title"],
        questions=questions,
        whom=whom_of(draft),
        anonymous=held["anonymous"],
        status=rules.FIRST,
        asked_by=who.id,
        starts_at=at,
        ends_at=ends,
    )
    kept.add(uow, made)
    due.plan_new(uow, dues.row(made, dues.START, made.starts_at))
    due.plan_new(uow, dues.row(made, dues.ENDS, made.ends_at))
    drafts.change(uow, draft.ended(states.FILED))
    return made
