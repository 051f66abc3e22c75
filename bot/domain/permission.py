"""Who may make which move of a case now, and what becomes of the case: pure rules.

The table itself stands in case.py; here are the rules under it (handler never closes, nobody
works on their own report, windows of time).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.case import (
    CLOCK_STANDS,
    DISPATCHED,
    DONE,
    LEFT_AGAIN,
    MAY_TAKE,
    MOVES,
    Move,
    Party,
    Phase,
    Relation,
    Special,
    Status,
    destinations,
)
from bot.domain.case_record import Case
from bot.domain.limits import TERMS, Terms
from bot.domain.refusal import Refusal
from bot.domain.role import Role

_OWN_ALLOWED = {Relation.REPORTER, Relation.CO_SIGNER, Relation.CLOCK, Relation.RULE, Role.RESIDENT}
_NEEDED = {"words": "refusal.needs_words", "whom": "refusal.needs_words"}
# Looked at first, since a card asks for all moves and nearly all of them are refused.
_FROM = {status: [move for move in MOVES.values() if status in move.from_] for status in Status}
_JUDGEMENTS = {"reopen"}  # of somebody's work, though it closes nothing
_CONTACTS = {"contact", "arrive", "promise", "answer_now"}


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody (or the clock) as the table sees them towards one case."""

    person_id: int | None
    roles: frozenset[Role] = frozenset()
    co_signer: bool = False
    in_audience: bool = False
    at_level: bool = False  # the case is in their hands by its level
    called: bool = False  # to an emergency, by name: whatever part they serve in
    relation: Relation | None = None  # CLOCK or RULE for what is no person


def parties(case: Case, actor: Actor) -> frozenset[Party]:
    """Return everything that the actor is towards the case; everybody is a resident."""
    if actor.relation is not None:
        return frozenset({actor.relation})
    found: set[Party] = {Role.RESIDENT, *actor.roles}
    for relation, holds in (
        (Relation.REPORTER, actor.person_id == case.reporter_id),
        (Relation.HANDLER, actor.person_id == case.handler_id),
        (Relation.CO_SIGNER, actor.co_signer),
        (Role.DISPATCHER, actor.at_level),
        (Relation.AUDIENCE, actor.in_audience and _may_take(actor)),
    ):
        if holds:
            found.add(relation)
    return frozenset(found)


def _may_take(actor: Actor) -> bool:
    return actor.called or not MAY_TAKE.isdisjoint(actor.roles)


def _entitled(case: Case, move: Move, actor: Actor) -> frozenset[Party]:
    """Return as what the actor may make the move; empty when not at all."""
    as_what = parties(case, actor) & move.needs
    if actor.person_id is not None and actor.person_id == case.reporter_id:
        as_what &= _OWN_ALLOWED  # nobody works on, or supervises, a case they reported
    judges = move.closes or move.name in _JUDGEMENTS
    if judges and actor.person_id is not None and actor.person_id == case.handler_id:
        as_what = frozenset()  # the handler never makes the closing move of their own case
    return as_what


def role_in(case: Case, name: str, actor: Actor) -> str:
    """Return as what the actor makes the move, for the history."""
    move = MOVES.get(name)
    as_what = _entitled(case, move, actor) if move else frozenset()
    return min((party.value for party in as_what), default=Role.RESIDENT.value)


def who_may(name: str) -> tuple[str, ...]:
    """Return the names of the people who may make the move, for the sentence that says so."""
    people = MOVES[name].needs - {Relation.CLOCK, Relation.RULE}
    return tuple(sorted(party.value for party in people or MOVES[name].needs))


def may(case: Case, name: str, actor: Actor, now: datetime, terms: Terms = TERMS) -> bool:
    """Say whether the actor may make the move now."""
    try:
        check_allowed(case, name, actor, now, terms)
    except Refusal:
        return False
    return True


def moves_for(case: Case, actor: Actor, now: datetime, terms: Terms = TERMS) -> tuple[str, ...]:
    """Return the moves that the actor may make now, in the order of the table."""
    as_what = parties(case, actor)
    return tuple(
        move.name
        for move in _FROM[case.status]
        if not as_what.isdisjoint(move.needs) and may(case, move.name, actor, now, terms)
    )


def check(
    case: Case,
    name: str,
    actor: Actor,
    now: datetime,
    *,
    to: Status | None = None,
    given: Collection[str] = (),
    terms: Terms = TERMS,
) -> Status:
    """Return the status that the move leads to.

    `given` names what the actor gives along (words, reason, ...). Raises Refusal when the move
    is not possible now, not theirs to make, or incomplete.
    """
    move = MOVES[name]
    check_allowed(case, name, actor, now, terms)
    for thing in _required(case, move, actor):
        if thing not in given:
            raise Refusal(_NEEDED.get(thing, "refusal.needs_reason"))
    return _target(case, move, to)


def _required(case: Case, move: Move, actor: Actor) -> tuple[str, ...]:
    """Return what has to be given along, the conditions that hang on the case included."""
    if move.name == "promise" and case.promise_at is not None:
        return (*move.requires, "reason")  # a promise is moved
    if move.name == "hold" and Role.DISPATCHER not in _entitled(case, move, actor):
        return (*move.requires, "parts_or_access")  # a short one, which needs no approval
    return move.requires


def check_allowed(case: Case, name: str, actor: Actor, now: datetime, terms: Terms = TERMS) -> None:
    """Raise Refusal unless the actor may make the move now, whatever it still requires."""
    move = MOVES[name]
    if not _entitled(case, move, actor):
        raise _not_entitled(case, move, actor)
    if case.status not in move.from_:
        raise Refusal("refusal.not_now")
    if move.name == "return_" and case.returns >= terms.returns:
        raise Refusal("refusal.returned_twice")
    if move.name == "appeal_decline" and case.appeals >= terms.appeals:
        raise Refusal("refusal.appealed_once")
    _check_window(case, move, now, terms)


def _not_entitled(case: Case, move: Move, actor: Actor) -> Refusal:
    wanted = parties(case, actor) & move.needs
    if wanted and actor.person_id == case.reporter_id:
        return Refusal("refusal.own_case")
    if wanted:
        return Refusal("refusal.own_work")
    return Refusal("refusal.not_yours", who=list(who_may(move.name)))


def _check_window(case: Case, move: Move, now: datetime, terms: Terms) -> None:
    if move.name == "ask_extension" and case.solution_due is not None and now > case.solution_due:
        raise Refusal("refusal.not_now")
    closed = case.closed_at
    if case.status.phase is not Phase.CLOSED or closed is None:
        return
    limit = {"contest": terms.contest, "restore": terms.restore}.get(move.name)
    if limit is not None and now - closed > limit:
        raise Refusal("refusal.window_over")


def _target(case: Case, move: Move, to: Status | None) -> Status:
    if move.to is Special.SAME:
        return case.status
    if move.to is Special.BACK:
        if not case.came_from:
            raise Refusal("refusal.not_now")
        return case.came_from[-1]
    choices = tuple(destinations(move))
    if len(choices) == 1:
        return choices[0]
    if to not in choices:
        raise Refusal("refusal.not_now")
    return to


def apply(case: Case, name: str, to: Status, now: datetime, **changes: Any) -> Case:
    """Return the case after the move to `to`, with `changes` to other fields."""
    moved: dict[str, Any] = {"status": to, "version": case.version + 1}
    if MOVES[name].to is not Special.SAME:
        moved["came_from"] = _way_back(case, name, to)
        moved["closed_at"] = now if to.phase is Phase.CLOSED else None
    if to in CLOCK_STANDS and case.status not in CLOCK_STANDS:
        moved["held_at"] = now
    moved |= _counted(case, name, now)
    moved |= _for_the_first_time(case, name, to, now)
    return replace(case, **{**moved, **changes})


def _for_the_first_time(case: Case, name: str, to: Status, now: datetime) -> dict[str, datetime]:
    """Return what happens now and has never happened before: no reopening takes it back."""
    happens = {
        "dispatched_at": to in DISPATCHED,
        "responded_at": name in _CONTACTS,
        "done_at": to in DONE,
    }
    return {one: now for one, is_so in happens.items() if is_so and getattr(case, one) is None}


def _way_back(case: Case, name: str, to: Status) -> tuple[Status, ...]:
    """Return the statuses to go back to, the nearest last: a question may be withdrawn."""
    if MOVES[name].to is Special.BACK:
        return case.came_from[:-1]
    return (*case.came_from, case.status) if to in LEFT_AGAIN else ()


def _counted(case: Case, name: str, now: datetime) -> dict[str, Any]:
    if name == "reopen":
        return {"round": case.round + 1, "first_contact_at": None, "resolved_at": None}
    if name == "return_":
        return {"returns": case.returns + 1}
    if name == "appeal_decline":
        return {"appeals": case.appeals + 1}
    counted = {"resolved_at": now} if name in {"resolve", "answer_now"} else {}
    if name == "arrive":
        counted["arrived_at"] = now
    if name in _CONTACTS and case.first_contact_at is None:
        counted["first_contact_at"] = now
    return counted
