"""What is kept of somebody, shown to them, and handed to them as files."""

from datetime import datetime
from typing import Any

from bot.domain import privacy as rules
from bot.domain.person import Person
from bot.domain.picture import CLEAN, PAPER, Key
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import consent, erase, guarded
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.picture import PAPER_FILE, PICTURE_FILE
from bot.services.sent import PHOTO
from bot.services.unit_of_work import UnitOfWork
from storage import audit, export, privacy
from storage import person as people

ALBUM = 10  # pictures in one message
MOST_FILES = 50  # voices and papers
_CASE = "case:"
_FIRST = (  # by which role somebody is called who holds several
    *(Role.GRID_WORKER, Role.DISPATCHER, Role.SUPERVISOR, Role.PROPERTY_STAFF),
    *(Role.ORGANIZER, Role.ADMIN, Role.VOLUNTEER),
)


async def facts(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the card shows: how much there is, who has looked, what is planned."""
    community = await community_of(uow, who.community_id)
    home = community.place_of_home(who.home)
    planned = await erase.planned(uow, who)
    return {
        "id": who.id,
        "zone": community.zone,
        "home": home.text if home else None,
        "counts": await privacy.counts(uow, who),
        "looks": await _looks(uow, who),
        "planned": planned.due_at.isoformat() if planned else None,
        "knows": await consent.known(uow, who),
        "minimal": community.minimal,
    }


async def _looks(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    found = await privacy.looks(uow, who, rules.LOOKS, rules.MOST_LOOKS)
    known = await people.find(uow, who.community_id, [one for one, *_ in found if one])
    return [
        {
            "role": _role(known.get(by or 0)),
            "what": what,
            "number": subject.removeprefix(_CASE) if subject.startswith(_CASE) else "",
            "at": at.isoformat(),
        }
        for by, what, subject, at in found
    ]


def _role(who: Person | None) -> str:
    held = who.all_roles if who else frozenset()
    return next((one.value for one in _FIRST if one in held), Role.RESIDENT.value)


async def hand_out(uow: UnitOfWork, who: Person) -> None:
    """Send everything that is kept as a file, and what the person has sent; raises Refusal.

    At most once an hour, over all communities in which they are and were.
    """
    all_ = await erase.everywhere(uow, who.telegram_id)
    since = uow.now - rules.EXPORT_EVERY
    lasts = [await privacy.last(uow, one, rules.EXPORTED, since) for one in all_]
    if not all(rules.may_export(last, uow.now) for last in lasts):
        raise Refusal("refusal.export_wait")
    await audit.add(uow, who.community_id, who.id, rules.EXPORTED, f"person:{who.id}")
    tell(uow, who, "privacy.export")
    for one in all_:
        _send_files(uow, who, await export.files(uow, one))


def _send_files(uow: UnitOfWork, who: Person, files: list[dict[str, Any]]) -> None:
    photos = [one["file_id"] for one in files if one["kind"] == PHOTO]
    for at in range(0, len(photos), ALBUM):
        tell(uow, who, "privacy.photos", silent=True, photos=photos[at : at + ALBUM])
    shown: dict[str | None, str] = {CLEAN: PICTURE_FILE, PAPER: PAPER_FILE}
    others = [one for one in files if one["kind"] != PHOTO and one["state"] in {CLEAN, PAPER, None}]
    for one in others[:MOST_FILES]:
        kind = shown.get(one["state"], one["kind"])
        key = Key(one["community_id"], one["case_number"], one["stage"], one["file_unique_id"])
        file = str(key) if one["state"] == CLEAN else one["file_id"]
        tell(uow, who, "privacy.file", silent=True, file=file, file_kind=kind)


async def document(uow: UnitOfWork, telegram_id: int, at: datetime) -> dict[str, Any]:
    """Return everything that is kept of the account, as JSON; `at` (UTC) is when it was asked."""
    held: dict[str, Any] = {"made_at": at.isoformat(), "telegram_id": telegram_id}
    for one in await erase.everywhere(uow, telegram_id):
        name = (await community_of(uow, one.community_id)).name
        tables = await guarded.tables(uow, one.community_id, await export.of_person(uow, one))
        held.setdefault("communities", []).append({"community": name, **tables})
    account = await export.of_account(uow, telegram_id)
    for one in await erase.everywhere(uow, telegram_id):
        account = await guarded.tables(uow, one.community_id, account)
    return {**held, "account": account}
