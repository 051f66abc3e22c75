"""The written rules of a case's moves, copied by hand from the rules and not from the code.

`RULES`: move, statuses from which it leads, where to, who may, what has to be given.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.case import Relation, Status
from bot.domain.case_record import Case
from bot.domain.permission import Actor, apply, check
from bot.domain.role import Role

NOW = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)
REPORTER, HANDLER, SOMEBODY = 1, 2, 3
ANY = "submitted needs_info offered in_progress on_hold returned resolved reopen_requested"
ALL = f"{ANY} closed_solved closed_unsolved merged declined withdrawn"
OPEN = "submitted offered in_progress returned reopen_requested"
STAFF = "property_staff dispatcher grid_worker supervisor organizer"
RULES: dict[str, tuple[str, str, str, str]] = {
    "ask_resident": (
        "submitted offered in_progress",
        "needs_info",
        "dispatcher handler",
        "question",
    ),
    "answer": ("needs_info", "BACK", "reporter", ""),
    "lapse": ("needs_info", "BACK", "clock", ""),
    "offer": ("submitted returned", "offered", "dispatcher rule", "audience"),
    "assign": ("submitted offered returned", "in_progress", "dispatcher", "person"),
    "contact": ("in_progress", "SAME", "handler", ""),
    "arrive": ("in_progress", "SAME", "handler", ""),
    "correct": (
        "submitted offered in_progress",
        "SAME",
        "dispatcher reporter",
        "category_or_place",
    ),
    "raise_urgency": (OPEN, "SAME", "dispatcher", ""),
    "outage": (
        "submitted needs_info offered in_progress on_hold returned reopen_requested",
        "SAME",
        "dispatcher",
        "time",
    ),
    "note": (ALL, "SAME", STAFF, "words"),
    "claim": ("offered", "in_progress", "audience", ""),
    "next_tier": ("offered", "offered submitted", "clock", ""),
    "promise": ("in_progress", "in_progress", "handler", "time"),
    "ask_hold": ("in_progress", "SAME", "handler", "reason date"),
    "hold": ("in_progress", "on_hold", "handler dispatcher", "reason date"),
    "resume": ("on_hold", "BACK", "clock handler", ""),
    "ask_extension": ("in_progress", "SAME", "handler", "reason date"),
    "extend": ("in_progress", "SAME", "dispatcher", "reason date"),
    "return_": ("in_progress offered", "returned", "handler", "reason"),
    "overrule_return": ("returned", "in_progress", "dispatcher", "words"),
    "transfer": ("submitted in_progress returned", "submitted", "dispatcher", "level"),
    "resolve": ("in_progress", "resolved", "handler", "words photo_or_reason"),
    "answer_now": ("submitted", "resolved", "dispatcher", "words"),
    # The rule is that of two thirds, below the table.
    "confirm": ("resolved", "closed_solved", "reporter supervisor rule", ""),
    # "answer or words": making this move is the answer "no".
    "contest": (
        "resolved closed_solved closed_unsolved",
        "reopen_requested",
        "reporter co_signer",
        "",
    ),
    "reopen": ("reopen_requested", "offered in_progress", "supervisor", "audience"),
    "refuse_reopen": ("reopen_requested", "closed_unsolved", "supervisor", "reason"),
    "close_unsolved": (
        "resolved on_hold submitted",
        "closed_unsolved",
        "supervisor",
        "reason",
    ),
    "merge": ("submitted offered in_progress", "merged", "dispatcher", "master"),
    "unmerge": ("merged", "BACK", "dispatcher", ""),
    "decline": ("submitted needs_info", "declined", "dispatcher", "reason whom"),
    "appeal_decline": ("declined", "submitted", "reporter", ""),
    "withdraw": (
        "submitted needs_info offered in_progress",
        "withdrawn",
        "reporter",
        "",
    ),
    "restore": ("withdrawn", "BACK", "reporter", ""),
    "join": (ANY, "SAME", "resident", ""),
    "supplement": (ANY, "SAME", "reporter co_signer handler", "content"),
}
CLOSED = {"closed_solved", "closed_unsolved", "merged", "declined", "withdrawn"}
ROLES = (
    "",
    "resident",
    "volunteer",
    "property_staff",
    "dispatcher",
    "grid_worker",
    "supervisor",
    "organizer",
    "admin",
)
EVERYTHING = ROLES[1:]
RELATIONS = ("", "reporter", "handler", "co_signer", "audience", "clock", "rule")


def a_case(status: str, **changes: Any) -> Case:
    usual = Case(
        community_id=1,
        number=1001,
        status=Status(status),
        version=7,
        category="lighting",
        place="here",
        words="dark",
        channel="chat",
        urgent=False,
        reporter_id=REPORTER,
        reported_at=NOW - timedelta(days=3),
        handler_id=HANDLER,
        came_from=(Status.OFFERED,),
        closed_at=NOW - timedelta(hours=1) if status in CLOSED else None,
    )
    return replace(usual, **changes)


def an_actor(relations: str = "", roles: str = "") -> Actor:
    held = frozenset(Role(one) for one in roles.split())
    related = relations.split()
    if related and related[0] in {"clock", "rule"}:
        return Actor(None, relation=Relation(related[0]))
    person = SOMEBODY
    if "reporter" in related:
        person = REPORTER
    elif "handler" in related:
        person = HANDLER
    return Actor(person, held, co_signer="co_signer" in related, in_audience="audience" in related)


def allowed(move: str, status: str, relations: str, roles: str) -> bool:
    """Say what the written rules say, worked out from `RULES` alone."""
    origins, target, who, _ = RULES[move]
    if status not in origins.split():
        return False
    related, held = set(relations.split()), set(roles.split())
    if related & {"clock", "rule"}:
        return bool(related & set(who.split()))
    acts_as = related | held | {"resident"}  # everybody is one
    if not held & {"volunteer", *STAFF.split()}:
        acts_as -= {"audience"}  # "volunteer, staff in the audience"
    if "reporter" in related:  # nobody works on or supervises a case they reported
        acts_as &= {"reporter", "co_signer", "resident"}
    # Nor do they close what they have done, nor supervise it.
    if "handler" in related and (target in CLOSED or move == "reopen"):
        return False
    return bool(acts_as & set(who.split()))


def moved(case: Case, move: str, **changes: Any) -> Case:
    """Make a move, whoever may, with everything it needs."""
    origins, target, who, needs = RULES[move]
    assert case.status.value in origins.split()
    somebody = who.split()[0]
    actor = an_actor(somebody) if somebody in RELATIONS else an_actor("", somebody)
    to = Status(target.split()[0]) if " " in target else None
    given = [*needs.split(), "parts_or_access"]
    reached = check(case, move, actor, NOW, to=to, given=given)
    return apply(case, move, reached, NOW, **changes)
