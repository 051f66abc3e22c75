"""Reports that staff registers for a resident who telephones, or stands at the desk.

The resident is a person record without Telegram: nothing is ever sent to them, and what they are
asked afterwards is asked by telephone. Whoever registers has not reported the case themself.
Their number is kept apart from everything that is drawn; each look at it stands in the audit.
"""

from collections.abc import Mapping
from typing import Any

from bot.domain.draft import Draft
from bot.domain.onbehalf import CHANNELS, PHONE, account_of, phone_in, phone_of, without_phone
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import draft as drafts
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import draft as stored
from storage import person as people
from storage.counter import next_number

REGISTRARS = (Role.DISPATCHER, Role.GRID_WORKER, Role.PROPERTY_STAFF)
KEY = "behalf"  # in the facts of a draft: through which channel it came
SEEN = "phone_seen"  # in the audit
_LANGUAGE = "zh_CN"


def check_may_register(who: Person) -> None:
    """Raise Refusal unless the person may register for others."""
    if not who.holds_somewhere(*REGISTRARS):
        raise Refusal("refusal.not_yours", who=[role.value for role in REGISTRARS])


async def begin(uow: UnitOfWork, who: Person, channel: str) -> Draft:
    """Begin to register what somebody else reports; raises Refusal while a report is open."""
    check_may_register(who)
    if channel not in CHANNELS:
        raise Refusal("toast.stale")
    if await drafts.open_draft(uow, who) is not None:
        raise Refusal("refusal.draft_open")
    facts = {"words": "", "photos": [], KEY: channel}
    return await drafts.begin(uow, who, facts)


async def reporter_of(uow: UnitOfWork, draft: Draft) -> Person:
    """Return a new record for the resident; a telephone number among the words is theirs."""
    facts = draft.facts
    number = await next_number(uow, draft.community_id, "person")
    phone = phone_in(f"{facts['words']}\n{facts.get('place') or ''}")
    one = Person(
        id=number,
        community_id=draft.community_id,
        telegram_id=account_of(number),
        name="",
        language=_LANGUAGE,
        home=None,
        joined_at=uow.now,
        blocked_at=uow.now,
        roles=frozenset(),
        settings={PHONE: phone} if phone else {},
    )
    people.add(uow, one)
    stored.begin(uow, draft.community_id, number)
    return one


def told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a case keeps of a draft: without the number, which not everybody has to read."""
    place = facts.get("place")
    kept = without_phone(place) if place else place
    return {**facts, "words": without_phone(facts["words"]), "place": kept}


async def look_at_phone(uow: UnitOfWork, who: Person, resident: Person, case: int) -> str | None:
    """Return the number of somebody who was registered, for `who` has to call about `case`.

    That they looked is written down. None when no number was left.
    """
    phone = phone_of(resident)
    if phone is None:
        return None
    await audit.add(uow, who.community_id, who.id, SEEN, f"case:{case}", person=resident.id)
    return phone
