"""The audit: what was denied is written down, those who give roles read it, and it is proved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.audit import AuditEntry, Broken, Head, reads_audit
from bot.domain.grant import GIVERS
from bot.domain.person import ERASED, Person
from bot.domain.press import Press
from bot.domain.refusal import Refusal
from bot.domain.residence import home_code
from bot.services.community import community_of
from bot.services.residence import SUBJECT
from bot.services.unit_of_work import UnitOfWork
from storage import audit
from storage import community as communities
from storage import person as people
from storage import residence as residences

DENIED = "denied"
PAGE = 3  # rows


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found of the chain of one community, by its code."""

    community: str
    head: Head
    broken: Broken | None


async def note_denial(uow: UnitOfWork, who: Person, press: Press | None, refusal: Refusal) -> None:
    """Note that the person tried what is not theirs to do; other refusals are no matter."""
    if not refusal.is_denial:
        return
    subject = f"{press.noun}:{press.id}" if press else "message"
    tried = f"{press.noun}:{press.verb}" if press else ""
    await audit.add(uow, who.community_id, who.id, DENIED, subject, tried=tried, why=refusal.key)


async def listing(uow: UnitOfWork, who: Person, page: int) -> dict[str, Any]:
    """Return a page of what was written down in the community, the newest first; raises Refusal."""
    if not reads_audit(who):
        raise Refusal("refusal.not_yours", who=sorted(role.value for role in GIVERS))
    total = await audit.count(uow, who.community_id)
    pages = max(1, -(-total // PAGE))
    page = min(page, pages - 1)
    rows = await audit.page(uow, who.community_id, PAGE, page * PAGE)
    names = await _names(uow, who.community_id, rows)
    homes = [await _home(uow, who.community_id, one) for one in rows]
    return {
        "rows": [_shown(one, names) | home for one, home in zip(rows, homes, strict=True)],
        "zone": (await community_of(uow, who.community_id)).zone,
        "total": total,
        "page": page,
        "pages": pages,
    }


async def _names(uow: UnitOfWork, community_id: int, rows: Iterable[AuditEntry]) -> dict[int, str]:
    wanted = {number for one in rows for number in (one.person_id, _person_in(one)) if number}
    found = await people.find(uow, community_id, wanted)
    return {number: one.name for number, one in found.items()}


async def _home(uow: UnitOfWork, community_id: int, one: AuditEntry) -> dict[str, str]:
    """Return about which home the row is, while it is known who lives there."""
    noun, _, number = one.subject.partition(":")
    if noun != SUBJECT or not number.isdecimal():
        return {}
    lives = await residences.find(uow, community_id, int(number))
    known = lives is not None and lives.number != ERASED
    return {"noun": "home", "about": home_code(lives.key) if lives and known else ""}


def _person_in(one: AuditEntry) -> int | None:
    noun, _, number = one.subject.partition(":")
    return int(number) if noun == "person" and number.isdecimal() else None


def _shown(one: AuditEntry, names: Mapping[int, str]) -> dict[str, Any]:
    noun, _, about = one.subject.partition(":")
    whom = _person_in(one)
    return {
        "at": one.at.isoformat(),
        "who": names.get(one.person_id or 0, ""),
        "what": one.what,
        "noun": noun,
        "about": names.get(whom, "") if whom else about,
    }


async def verdicts(uow: UnitOfWork, kept: Mapping[str, Iterable[Head]]) -> list[Verdict]:
    """Follow the chain of each community; it has to go through the heads that were `kept`."""
    codes = await communities.codes(uow)
    named = {code: number for number, code in codes.items()}
    wanted = {*await audit.communities(uow), *(named[code] for code in kept if code in named)}
    gone = [Verdict(code, Head(), Broken(1, "is missing")) for code in sorted({*kept} - {*named})]
    return gone + [
        Verdict(
            code := codes.get(number, str(number)),
            await audit.head(uow, number),
            await audit.first_broken(uow, number, [*kept.get(code, ())]),
        )
        for number in sorted(wanted)
    ]
