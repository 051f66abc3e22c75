"""Everything that is kept of one person, table by table, for that person alone.

`OF` and `NOT` name every column that says who somebody is; a test holds that none is missing.
What others have said, and reports that somebody worked on in a role, are other people's.
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, or_, select

from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.domain.retention import LETTERS_KEPT
from storage import key
from storage import tables as all_of
from storage.tables import attachments, audit, case_history, cases, inbox, outbox, remarks
from storage.unit_of_work import UnitOfWork

OF: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "people": ("id",),
        "residences": ("person_id",),
        "roles": ("person_id",),
        "seats": ("person_id",),
        "grants": ("person_id",),
        "kin": ("helper_id", "elder_id"),
        "wishes": ("person_id",),
        "blocks": ("person_id",),
        "drafts": ("person_id",),
        "cases": ("reporter_id",),
        "case_history": ("person_id",),
        "remarks": ("person_id",),
        "attachments": ("person_id",),
        "co_signers": ("person_id",),
        "callbacks": ("person_id",),
        "survey_guests": ("person_id",),
        "survey_letters": ("person_id",),
        "survey_papers": ("person_id",),
        "invitations": ("person_id",),
        "agenda_items": ("person_id",),
        "followers": ("person_id",),
        "action_items": ("owner_id",),
        "rosters": ("leader_id",),
        "roster_members": ("person_id",),
        "absences": ("person_id",),
        "duties": ("person_id",),
        "swap_asks": ("person_id",),
        "outage_answers": ("person_id",),
        "broadcasts": ("author_id",),
        "broadcast_series": ("author_id",),
        "broadcast_people": ("person_id",),
        "broadcast_polls": ("author_id",),
        "surveys": ("asked_by",),
        "wrong_words": ("person_id",),
        "audit": ("person_id",),
    }
)
BY_ACCOUNT: Mapping[str, str] = MappingProxyType(
    {"outbox": "chat_id", "inbox": "lane", "conversations": "user_id", "cards": "chat_id"}
)
_IN_A_ROLE = "what somebody did in a role: the thing itself is about others; see the audit"
NOT: Mapping[str, str] = MappingProxyType(
    {
        "action_items.meeting_id": "no person",
        "blocks.asked_by": _IN_A_ROLE,
        "blocks.decided_by": _IN_A_ROLE,
        "blocks.judged_by": _IN_A_ROLE,
        "broadcasts.decided_by": _IN_A_ROLE,
        "callbacks.answered_by": _IN_A_ROLE,
        "callbacks.checked_by": _IN_A_ROLE,
        "cases.former_handler_id": "another resident's report",
        "cases.handler_id": "another resident's report",
        "cases.lead_id": "another resident's report",
        "duties.stands_in_for": "another one's duty",
        "grants.asked_by": _IN_A_ROLE,
        "grants.decided_by": _IN_A_ROLE,
        "groups.chat_id": "a group",
        "groups.bound_by": _IN_A_ROLE,
        "home_words.made_by": "the word of another one's home",
        "keys.person_id": "the key with which the person's fields are sealed: it says nothing",
        "outages.started_by": _IN_A_ROLE,
        "residences.ended_by": "another one's home",
        "residences.word_of": "another one's home",
        "roster_members.partner_id": "another one's wish",
        "series.changed_by": _IN_A_ROLE,
        "signals.closed_by": _IN_A_ROLE,
        "wishes.decided_by": _IN_A_ROLE,
        "wishes.written_by": _IN_A_ROLE,
        "name_pieces.person_id": "marks of the name, which say nothing",
        "meetings.secretary": _IN_A_ROLE,
    }
)
_UNTOLD = {"community_id", "code_hash", "home_mark"}  # columns
_SEALED = {"residences": ("number", "id"), "cases": ("door", "number")}  # and what names the row


async def of_person(uow: UnitOfWork, who: Person) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept of the person in their community, by table; instants are UTC."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, columns in OF.items():
        table: Table = getattr(all_of, name)
        theirs = or_(*(table.c[one] == who.id for one in columns))
        theirs = _also(who, table, theirs)
        found[name] = await _rows(
            uow, table, and_(table.c.community_id == who.community_id, theirs)
        )
    opened = {"name": who.name, "settings": dict(who.settings)}  # else they are sealed
    found["people"] = [row | opened for row in found["people"]]
    await _open(uow, who, found)
    return {name: rows for name, rows in found.items() if rows}


async def _open(uow: UnitOfWork, who: Person, found: Mapping[str, list[dict[str, Any]]]) -> None:
    mine = (await key.of(uow, who.community_id, [who.id])).get(who.id)
    for name, (column, number) in _SEALED.items():
        for row in found[name]:
            if mine is not None and row[column] is not None:
                place = f"{name}.{column}/{who.community_id}/{row[number]}"
                row[column] = mine.open(place, row[column])


def _also(who: Person, table: Table, theirs: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whose rows are wanted: also what was said and done about the person's own cases."""
    own = select(cases.c.number).where(
        cases.c.community_id == who.community_id, cases.c.reporter_id == who.id
    )
    if table in {case_history, attachments}:
        of_own: ColumnElement[bool] = table.c.case_number.in_(own)
        return or_(theirs, of_own)
    if table is remarks:
        internal = remarks.c.kind == RemarkKind.NOTE.value
        return or_(theirs, and_(remarks.c.case_number.in_(own), ~internal))
    if table is audit:
        return or_(theirs, audit.c.facts["person"].as_integer() == who.id)
    return theirs


async def of_account(uow: UnitOfWork, telegram_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return what is kept by the Telegram account: letters of 30 days, updates, dialogues."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, column in BY_ACCOUNT.items():
        table: Table = getattr(all_of, name)
        theirs: Any = f"person:{telegram_id}" if table is inbox else telegram_id
        wanted = table.c[column] == theirs
        if table is outbox:
            wanted = and_(wanted, outbox.c.created_at >= uow.now - LETTERS_KEPT)
        found[name] = await _rows(uow, table, wanted)
    return {name: rows for name, rows in found.items() if rows}


async def _rows(uow: UnitOfWork, table: Table, wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    order = tuple(table.primary_key.columns)
    rows = await uow.read(select(table).where(wanted).order_by(*order))
    return [
        {name: _plain(value) for name, value in row._asdict().items() if name not in _UNTOLD}
        for row in rows
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


async def files(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return what the person has sent along with cases: kind, number, stage, state and ids."""
    query = (
        select(attachments)
        .where(attachments.c.community_id == who.community_id, attachments.c.person_id == who.id)
        .order_by(attachments.c.case_number, attachments.c.at, attachments.c.file_unique_id)
    )
    return [row._asdict() for row in await uow.read(query)]
