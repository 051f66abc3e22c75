"""All that is known about a case, for staff alone: who did what and when, and what was said."""

from typing import Any

from bot.domain.case_record import Case
from bot.domain.onbehalf import has_no_chat
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.remark import Remark, RemarkKind
from bot.domain.retention import hides_name
from bot.domain.role import STAFF, Role
from bot.services.case_facts import case_facts
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage import remark as remarks
from storage.case import Entry

PAGE = 4  # lines
# The words that came with a move; the history itself holds only a reason.
_SAID = {
    "note": RemarkKind.NOTE,
    "ask_resident": RemarkKind.QUESTION,
    "answer": RemarkKind.ANSWER,
    "correct": RemarkKind.CORRECTION,
    "supplement": RemarkKind.SUPPLEMENT,
    "join": RemarkKind.SUPPLEMENT,
}


async def page(uow: UnitOfWork, who: Person, case: Case, at: int | None) -> dict[str, Any]:
    """Return page `at` of the history (None: the last one); raises Refusal for who is no staff."""
    _check_is_staff(who, case)
    history = await cases.history(uow, case.community_id, case.number)
    said = await remarks.of(uow, case.community_id, case.number)
    pages = max(1, -(-len(history) // PAGE))
    at = pages - 1 if at is None else min(at, pages - 1)
    shown = history[at * PAGE : (at + 1) * PAGE]
    wanted = {entry.person_id for entry in shown if entry.person_id is not None}
    names = await people.find(uow, case.community_id, list(wanted))
    community = await community_of(uow, case.community_id)
    hides = hides_name(case.closed_at, uow.now)  # of its residents
    return {
        "case": await case_facts(uow, community, case, who),
        "level": case.level,
        "lines": [
            _line(entry, {} if hides and entry.role == Role.RESIDENT else names, said)
            for entry in shown
        ],
        "page": at,
        "pages": pages,
    }


def _check_is_staff(who: Person, case: Case) -> None:
    """Raise Refusal unless the person is staff there: a note is never read by residents."""
    if not who.holds_in(case.area, *STAFF):
        raise Refusal("refusal.not_yours", who=["dispatcher", "supervisor"])


def _line(entry: Entry, names: dict[int, Person], said: tuple[Remark, ...]) -> dict[str, Any]:
    kind = _SAID.get(entry.move)
    then = [one for one in said if one.kind is kind and one.at == entry.at]
    words = [one.words for one in then if one.person_id == entry.person_id]
    someone = names.get(entry.person_id) if entry.person_id is not None else None
    return {
        "at": entry.at.isoformat(),
        "move": entry.move,
        "person": (someone.name or None) if someone else None,
        "resident": someone is not None and has_no_chat(someone.telegram_id),
        "words": words[0] if words else entry.reason or "",
    }
