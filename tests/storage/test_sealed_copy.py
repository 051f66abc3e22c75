"""Copies of the database tell nothing of whom was erased since, and all of everybody else."""

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Text, delete, insert

from storage import backup, conversation, key
from storage.backup import back_up, renew_keys
from storage.fault import DatabaseFault
from storage.keys_apart import KEYS, keys_in, read_keys
from storage.restore import rehearse, restore
from storage.sealed_copy import EMPTIED, PASSAGES, seal
from storage.tables import inbox, keys, metadata
from storage.unit_of_work import Database
from tests.storage.test_walls import CANARY, EAST, WEST, fill
from tests.support.database import START, VAULT, url_of

# Words that stand in a copy as they are: states and kinds of the house, places and dates of the
# neighbourhood, hashes, what is said to many, what is nobody's (survey_lines), the audit's numbers
# under its own seal, and names, doors and telephone numbers, which are sealed anyhow.
OF_NOBODY = {
    *("audit_heads.first_seal", "survey_letters.fate", "survey_letters.way"),
    *("cards.noun", "communities.code", "communities.organisation", "conversations.name"),
    *("inbox.lane", "inbox.status", "inbox.error_code", "meta.key", "meta.value"),
    *("outbox.language", "outbox.kind", "outbox.reason", "outbox.letter_class"),
    *("outbox.status", "outbox.error", "audit.what", "audit.subject", "audit.facts"),
    *("audit.seal", "audit_heads.seal", "codes.code", "codes.place", "counters.name"),
    *("due.kind", "due.subject", "due.occurrence", "homes.building", "homes.number"),
    *("people.name", "people.language", "people.home", "people.away_on"),
    *("name_pieces.mark", "absences.first", "absences.last", "blocks.reason"),
    *("blocks.status", "blocks.term", "broadcasts.status", "broadcasts.body"),
    *("broadcasts.whom", "broadcasts.shown", "cases.status", "cases.category"),
    *("cases.channel", "cases.audience", "cases.came_from", "cases.door", "cases.place_key"),
    *("cases.level", "cases.estate", "cases.grid", "cases.building", "cases.company"),
    *("cases.due_on", "drafts.noun", "drafts.status", "grants.role", "grants.scope"),
    *("grants.status", "grants.code_hash", "groups.purpose", "home_words.building"),
    *("home_words.number", "home_words.code_hash", "invitations.answer"),
    *("invitations.came_by", "keys.wrapped", "kin.code_hash", "kin.status"),
    *("residences.building", "residences.number", "residences.home_mark", "residences.reason"),
    *("roles.role", "roles.scope", "seats.body", "seats.code"),
    *("surveys.title", "surveys.questions", "surveys.whom", "surveys.status"),
    *("wishes.status", "agenda_items.series", "agenda_items.kind"),
    *("agenda_items.company", "agenda_items.status"),
    *("agenda_items.conclusion", "agenda_items.said", "attachments.file_unique_id"),
    *("attachments.stage", "attachments.kind", "attachments.state", "attachments.reason"),
    *("attachments.sha256", "attachments.wanted", "broadcast_people.way"),
    *("broadcast_people.fate", "callbacks.status", "callbacks.solved"),
    *("callbacks.satisfied", "callbacks.channel", "callbacks.later"),
    *("callbacks.check_status", "callbacks.check_solved", "callbacks.check_satisfied"),
    *("case_history.move", "case_history.from_status", "case_history.to_status"),
    *("case_history.role", "remarks.kind", "roster_members.not_on", "signals.answer"),
    *("survey_guests.building", "survey_guests.status", "survey_lines.id"),
    *("survey_lines.words", "survey_papers.id", "action_items.what", "action_items.until"),
    *("action_items.status", "duties.status", "duties.reported"),
    *("outage_answers.said", "followers.said", "swaps.status", "swap_asks.answer"),
}
OF_THE_HOUSE = {  # tables of figures, plans, and what is said to many
    *("figure_hours", "figures", "case_figures", "meetings", "rosters", "series", "ledger_entries"),
    *("outages", "shifts", "signals", "case_pieces", "broadcast_series", "deletions"),
    "broadcast_polls",
}


def all_columns() -> set[str]:
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, (Text, JSON)) and table.name not in OF_THE_HOUSE
    }


def test_of_every_column_with_words_it_is_said_whose_they_are() -> None:
    sealed = {f"{one.table}.{column}" for one in PASSAGES for column in one.columns}
    assert all_columns() - sealed - OF_NOBODY == set()
    assert sealed & OF_NOBODY == set()
    assert sealed <= all_columns()


@pytest.fixture
def url(file: Path) -> str:
    """These are about the file."""
    return url_of(file)


@pytest.fixture
async def lived(database: Database) -> Database:
    """Two communities that have lived, updates that are over and that wait, and a dialogue."""
    async with database.begin() as uow:
        for of in (EAST, WEST):
            await fill(uow, of)
            await conversation.load(uow, [7000 + of])
            conversation.move(uow, "report", (7000 + of, 7000 + of), json.dumps(CANARY[of]))
        for number, (lane, status) in enumerate(
            [("person:7001", "new"), ("person:7002", "aside"), ("chat:-5", "new"),
             ("nobody", "aside"), ("person:7001", "done")]
        ):  # fmt: skip
            mark = CANARY[EAST if lane == "person:7001" else WEST]
            row = {"bot_id": 1, "update_id": number, "lane": lane, "raw": f'{{"w": "{mark}"}}'}
            more = {"received_at": START, "status": status, "attempts": 0, "due_at": START}
            await uow.write_now(insert(inbox), {**row, **more})
    return database


def everything(file: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(file)) as connection:
        return {
            table.name: sorted(
                connection.execute(f"SELECT * FROM {table.name}").fetchall(),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


def columns_with(file: Path, piece: str) -> set[str]:
    """Return the columns in which the words stand."""
    with closing(sqlite3.connect(file)) as connection:
        return {
            name
            for name in all_columns()
            if connection.execute(
                "SELECT 1 FROM {} WHERE instr({}, ?)".format(*name.split(".")),
                (piece,),
            ).fetchone()
        }


def take(file: Path, folder: Path) -> Path:
    return back_up(file, folder, label="20261117T010000Z", vault=VAULT)


@pytest.mark.usefixtures("lived")
async def test_a_copy_holds_nobodys_words_and_no_key(file: Path, tmp_path: Path) -> None:
    copy = await asyncio.to_thread(take, file, tmp_path / "backups")
    for mark in CANARY.values():
        assert columns_with(copy, mark) <= OF_NOBODY
        assert columns_with(file, mark) - OF_NOBODY >= {"cases.words", "drafts.facts", "inbox.raw"}
    found = everything(copy)
    assert {name for name in EMPTIED if found[name]} == set()
    assert (tmp_path / "backups" / KEYS).stat().st_mode & 0o777 == 0o600
    drill = await asyncio.to_thread(rehearse, copy, VAULT)
    assert (drill.fault, drill.erased, drill.counted) == ("", 0, True)


@pytest.mark.usefixtures("lived")
async def test_what_is_restored_is_what_there_was(file: Path, tmp_path: Path) -> None:
    copy = await asyncio.to_thread(take, file, tmp_path / "backups")
    again = tmp_path / "again" / "linli.db"
    restore(copy, again, label="x", vault=VAULT)
    before, after = everything(file), everything(again)
    assert after.pop("case_pieces") == []  # they are found anew from
    assert len(before.pop("case_pieces")) == 2
    assert after["cases_to_index"] == before["cases_to_index"]
    over = [row for row in before["inbox"] if "done" in row]
    assert len(over) == 1
    before["inbox"] = [row for row in before["inbox"] if row not in over]
    after["inbox"] = [row for row in after["inbox"] if "done" not in row]
    assert after == before


async def test_whoever_was_erased_stays_so_in_every_copy(
    lived: Database, file: Path, tmp_path: Path
) -> None:
    copy = await asyncio.to_thread(take, file, tmp_path / "backups")
    async with lived.begin() as uow:
        key.destroy(uow, EAST, 1)
    await asyncio.to_thread(renew_keys, file, tmp_path / "backups")
    again = tmp_path / "again" / "linli.db"
    restore(copy, again, label="x", vault=VAULT)
    assert columns_with(again, CANARY[EAST]) <= OF_NOBODY
    assert columns_with(again, CANARY[WEST]) == columns_with(file, CANARY[WEST])
    found = everything(again)
    with closing(sqlite3.connect(again)) as connection:
        words = connection.execute("SELECT words FROM cases ORDER BY community_id").fetchall()
        left = connection.execute("SELECT user_id FROM conversations").fetchall()
        waiting = connection.execute("SELECT update_id, status FROM inbox").fetchall()
        letters = connection.execute(
            "SELECT DISTINCT status FROM outbox WHERE community_id = 1"
        ).fetchall()
    assert words == [("",), (CANARY[WEST],)]
    assert left == [(7002,)]
    assert sorted(waiting) == [(0, "done"), (1, "aside"), (2, "new"), (3, "aside"), (4, "done")]
    assert letters == [("dead",)]
    assert [row[:2] for row in found["keys"]] == [(WEST, 1)]
    drill = await asyncio.to_thread(rehearse, copy, VAULT)
    assert drill.fault == ""
    assert drill.erased > 10


@pytest.mark.usefixtures("lived")
async def test_a_changed_field_and_missing_keys_are_named(file: Path, tmp_path: Path) -> None:
    folder, again = tmp_path / "backups", tmp_path / "again" / "linli.db"
    copy = await asyncio.to_thread(take, file, folder)
    copy.with_suffix(".json").unlink()
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute(
            "UPDATE cases SET words = (SELECT words FROM cases WHERE community_id = 2)"
            " WHERE community_id = 1"
        )
        connection.commit()
    assert "cases.words does not open" in rehearse(copy, VAULT).fault
    with pytest.raises(DatabaseFault, match=r"cases\.words does not open"):
        restore(copy, again, label="x", vault=VAULT)
    (folder / KEYS).write_text("1/1 x y\n", "ascii")
    assert "is damaged" in rehearse(copy, VAULT).fault
    (folder / KEYS).unlink()
    with pytest.raises(DatabaseFault, match="without it no copy can be read"):
        restore(copy, again, label="x", vault=VAULT)
    assert list(again.parent.iterdir()) == []


def test_keys_are_renewed_only_where_copies_are(file: Path, tmp_path: Path) -> None:
    renew_keys(file, tmp_path / "none")
    assert not (tmp_path / "none").exists()


async def test_keys_of_another_database_are_not_replaced(
    lived: Database, file: Path, tmp_path: Path
) -> None:
    """Who begins anew where the copies of a lost database are must not lose those, too."""
    folder = tmp_path / "backups"
    good = await asyncio.to_thread(take, file, folder)
    before = (folder / KEYS).read_bytes()
    for others in ({"1/1": VAULT.new_key(1, 1)}, {}):
        async with lived.begin() as uow:
            await uow.write_now(delete(keys))
            for owner, wrapped in others.items():
                community, _, person = owner.partition("/")
                new = {"community_id": community, "person_id": person, "wrapped": wrapped}
                await uow.write_now(insert(keys), new)
        with pytest.raises(DatabaseFault, match="of another database"):
            await asyncio.to_thread(back_up, file, folder, label="new", vault=VAULT)
    assert (folder / KEYS).read_bytes() == before
    assert {one.name for one in folder.iterdir()} == {
        *(good.name, good.with_suffix(".json").name, KEYS)
    }
    assert rehearse(good, VAULT).fault == ""


@pytest.mark.usefixtures("lived")
async def test_a_backup_that_is_overtaken_by_an_erasing_brings_no_key_back(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backups"
    really, erased = seal, "1/1"
    with closing(sqlite3.connect(file)) as connection:
        assert erased in keys_in(connection)

    def erase_meanwhile(*given: Any) -> frozenset[str]:
        with closing(sqlite3.connect(file)) as connection, connection:
            connection.execute("DELETE FROM keys WHERE community_id = 1 AND person_id = 1")
        renew_keys(file, folder)
        assert erased not in read_keys(folder)
        return really(*given)

    monkeypatch.setattr(backup, "seal", erase_meanwhile)
    await asyncio.to_thread(take, file, folder)
    left = read_keys(folder)
    assert erased not in left
    assert left


@pytest.mark.usefixtures("lived")
async def test_a_backup_that_fails_leaves_nothing_in_plain(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "seal", no_room)
    with pytest.raises(OSError, match="No space"):
        await asyncio.to_thread(take, file, tmp_path / "backups")
    assert list((tmp_path / "backups").iterdir()) == []
