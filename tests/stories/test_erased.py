"""After somebody was erased nothing of them is left: not in the files, not in a fresh backup.

A canary stands in every field that holds something of them; then the bytes of everything that
Linli keeps are searched, for words, numbers and pictures.
"""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Column, Integer, Table, text

from bot.domain.agenda import TOPIC, Item
from bot.domain.broadcast import Way
from bot.domain.kin import Kin, KinStatus
from bot.domain.letter import Notification, Recipient
from bot.domain.remark import RemarkKind
from bot.domain.residence import Residence
from bot.domain.roster import Absence, Member
from bot.domain.shift import Duty, DutyStatus, Shift
from storage import (
    agenda,
    block,
    broadcast,
    broadcast_letters,
    callback,
    co_signer,
    draft,
    erased,
    export,
    grant,
    home_word,
    kin,
    letter,
    meeting,
    outage,
    person,
    remark,
    residence,
    roster,
    seat,
    shift,
    survey,
    survey_guest,
    survey_paper,
    volunteer,
)
from storage import backup as backups
from storage import case as cases
from storage.case import Attachment
from storage.co_signer import CoSigner
from storage.restore import restore
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.storage import test_walls as rows
from tests.storage.test_sealed_copy import columns_with
from tests.stories.test_moving import reports, says, taps
from tests.support.database import START, a_draft
from tests.support.files import kept, photo, report
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import DESK, LI, ZHOU

NAME, WORDS, PHONE, DOOR = "欧阳金丝雀", "金丝雀飞进楼道了", "13877776666", "98761"
MARK = "金丝雀"
OTHERS = "老周的灯"


@pytest_asyncio.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def everything_of(bot: Offline) -> None:
    """Put a canary into every field that holds something of the resident with the number 1."""
    await says(bot, LI, "/start")
    async with bot.house.database.begin() as uow:
        li = await person.find_by_telegram(uow, LI)
        assert li is not None
        assert li.id == 1
        settings = {**li.settings, "phone": PHONE, "last_place": MARK}
        person.change(uow, replace(li, name=NAME, home="3-2", settings=settings))
    await report(bot, photo())
    await reports(bot, ZHOU, f"5号楼1单元电梯停了不动,{OTHERS}")
    await says(bot, LI, f"/find {WORDS}")
    async with bot.house.database.begin() as uow:
        await _about_cases(uow)
        await _about_neighbours(uow)
        _about_meetings(uow)
        _about_rosters(uow)
        await agenda.keep(
            uow,
            Item(1, 0, "weekly", TOPIC, None, None, START, words=MARK, person_id=1, answer=MARK),
        )
    for said in ("/todo", f"/people {NAME}", f"/find {WORDS}", "/audit"):
        await says(bot, DESK, said)


async def _about_cases(uow: UnitOfWork) -> None:
    own, other = await cases.find(uow, 1, 1001), await cases.find(uow, 1, 1002)
    assert own is not None
    assert other is not None
    told = replace(own, words=f"{WORDS},{PHONE}", door=DOOR, outcome=MARK, reason=MARK)
    assert await cases.save(uow, told, own.version)
    history = cases.Entry(99, "supplement", None, "submitted", 1, "resident", MARK, uow.now)
    cases.note(uow, told, history)
    for case in (told, other):
        await remark.add(uow, case, RemarkKind.SUPPLEMENT, 1, MARK)
        cases.attach(uow, case, Attachment("before", "photo", MARK, MARK, 1, 7))
    callback.add(uow, replace(rows.an_answer(1, words=MARK), case_number=1001))
    await co_signer.add(uow, CoSigner(1, 1002, 1, uow.now))
    to = Recipient(1, DESK, "zh_CN")
    facts = {"number": 1002, "code": "1", "who": NAME, "door": DOOR, "phone": PHONE}
    letter.queue(uow, to, Notification("common.sorry", facts))


async def _about_neighbours(uow: UnitOfWork) -> None:
    residence.add(uow, Residence(1, 1, 1, "3", 2, DOOR, uow.now, 1))
    await home_word.note_wrong(uow, 1, 1)
    kin.add(uow, Kin(1, 1, 1, 1, MARK, KinStatus.AGREED, uow.now, uow.now))
    block.add(uow, rows.a_block(1, MARK))
    volunteer.add(uow, rows.a_wish(1, MARK))
    seat.add(uow, [replace(rows.a_seat(1), title=MARK)])
    grant.add(uow, rows.a_grant(1, MARK))
    draft.add(uow, a_draft(900, 1, noun="note", facts={"words": MARK}))
    survey.add(uow, rows.a_survey(1, "季度问卷"))
    survey_guest.add(uow, rows.a_guest(1, "3"))
    survey_paper.add(uow, rows.a_paper(1, MARK))
    off = replace(rows.an_outage(1, "lift"), case_number=1002, started_by=2)
    outage.add(uow, off)
    outage.ask(uow, off, [1])
    said = replace(rows.a_broadcast(1, "停水"), author_id=2)
    broadcast.add(uow, said, {"text": "停水"})
    told_to = (1, LI, "zh_CN", False)
    way = Way.DIGEST
    share = broadcast_letters.Share(*told_to, way, START, "news")
    broadcast_letters.hand_on(uow, said, [share])


def _about_meetings(uow: UnitOfWork) -> None:
    meeting.add(uow, replace(rows.a_meeting(1, "周恳谈"), secretary=LI))
    meeting.add_part(uow, replace(rows.a_part(1, MARK), objection=MARK))


def _about_rosters(uow: UnitOfWork) -> None:
    roster.add(uow, replace(rows.a_roster(1, "一组"), leader_id=2))
    roster.join(uow, 1, 1, Member(1))
    roster.be_away(uow, 1, Absence(1, rows.TODAY, rows.TODAY))
    shift.add(uow, Shift(1, 1, 1, rows.TODAY, START, START + timedelta(hours=1), 1))
    shift.put(uow, Duty(1, 1, 1, 1, status=DutyStatus.CAME, hazards=(MARK,)))


async def close_all(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        await uow.write_now(
            text("UPDATE cases SET status = 'closed_solved', closed_at = reported_at + 1")
        )


async def erases(bot: Offline, who: int) -> None:
    """Let somebody wish it, and let the seven days go by at once."""
    await says(bot, who, "/privacy")
    await taps(bot, who, "删除我", "七天后删除")
    bot.clock.instant += timedelta(days=7, minutes=1)
    await bot.house.runner.tick()
    await bot.settle()


def found(folder: Path, *canaries: str) -> Iterator[tuple[str, str]]:
    """Yield each file of the folder that has a canary, in whichever way it is written."""
    wanted = {one: (one.encode(), json.dumps(one)[1:-1].encode()) for one in canaries}
    for file in sorted(one for one in folder.rglob("*") if one.is_file()):
        held = file.read_bytes()
        for one, forms in wanted.items():
            if any(form in held for form in forms):
                yield file.name, one


async def left_in(bot: Offline, *canaries: str) -> list[str]:
    """Return the tables whose rows still have a canary, to say where it is."""
    hits = []
    for table in metadata.sorted_tables:
        held = str(await bot.rows(f"SELECT * FROM {table.name}"))
        hits += [f"{table.name}: {one}" for one in canaries if one in held]
    return hits


# Words that were chance, and what Telegram calls a file.
SECRETS = {"kin.code_hash", "grants.code_hash", "grants.scope", "attachments.file_unique_id"}
CANARIES = (NAME, MARK, PHONE, DOOR, str(LI), "f-id")


async def test_after_seven_days_nothing_is_left_of_somebody(
    bot: Offline, capfd: pytest.CaptureFixture[str]
) -> None:
    await everything_of(bot)
    await close_all(bot)
    before = {canary for _, canary in found(bot.folder, *CANARIES)}
    assert before == set(CANARIES), "they were all there"
    (picture,) = kept(bot)
    jpeg = picture.read_bytes()
    folder, vault = bot.folder / "backups", bot.house.database.vault
    old = backups.back_up(bot.folder / "linli.db", folder, label="old", vault=vault)
    again = bot.folder.parent / "again"
    restore(old, again / "before.db", label="x", vault=vault)
    assert MARK.encode() in (again / "before.db").read_bytes()

    await erases(bot, LI)

    restore(old, again / "after.db", label="x", vault=vault)
    for copy in (old, again / "after.db"):
        assert columns_with(copy, MARK) <= SECRETS
        held = copy.read_bytes()
        assert [one for one in (NAME, WORDS, PHONE, DOOR) if one.encode() in held] == []
    old.unlink()  # numbers and what was chance still stand in it
    made = backups.back_up(bot.folder / "linli.db", folder, label="fresh", vault=vault)
    assert made.is_file()
    assert await left_in(bot, *CANARIES) == []
    assert list(found(bot.folder, *CANARIES)) == []
    assert kept(bot) == []
    assert not any(jpeg[200:400] in one.read_bytes() for one in bot.folder.rglob("*.*"))
    (number,) = await bot.rows("SELECT count(*) n FROM cases WHERE category IS NOT NULL")
    assert number["n"] == 2, "that there were cases, where and when, still counts"
    assert [row["words"] for row in await bot.rows("SELECT words FROM cases ORDER BY number")][
        1
    ].endswith(OTHERS), "what others said stays"
    assert await bot.rows("SELECT 1 FROM keys WHERE person_id = 1") == []
    (last,) = await bot.rows("SELECT person_id, subject FROM audit WHERE what = 'erased'")
    assert (last["person_id"], last["subject"]) == (None, "person:1")
    said = capfd.readouterr()
    assert not any(one in said.out + said.err for one in CANARIES)


# --- what the tables say of people --------------------------------------------------------


def of_people() -> Iterator[tuple[Table, Column[object]]]:
    """Yield every column that points at a person."""
    for table in metadata.sorted_tables:
        for column in table.c:
            if any(key.column.table.name == "people" for key in column.foreign_keys) and (
                column.name != "community_id"
            ):
                yield table, column


def test_every_column_about_people_is_erased_or_has_a_reason_to_stay() -> None:
    known = {f"{name}.{one}" for name, columns in erased.DELETED.items() for one in columns}
    known |= {*erased.CHANGED, *erased.KEPT}
    there = {f"{table.name}.{column.name}" for table, column in of_people()}
    extra = {"audit.person_id", "attachments.person_id", "case_history.person_id"}
    assert there <= known
    assert known - there <= extra | known_without_a_key()


def test_every_column_about_people_is_exported_or_has_a_reason_not_to_be() -> None:
    known = {f"{name}.{one}" for name, columns in export.OF.items() for one in columns}
    known |= {*export.NOT}
    there = {f"{table.name}.{column.name}" for table, column in of_people()}
    assert there <= known
    by_account = {"chat_id", "user_id", "lane", "telegram_id", "secretary"}
    for table in metadata.sorted_tables:
        for column in table.c:
            if column.name in by_account:
                one = f"{table.name}.{column.name}"
                held = export.BY_ACCOUNT.get(table.name) == column.name
                assert (
                    held or table.name in {*export.OF, *export.BY_ACCOUNT} or one in export.NOT
                ), one


def known_without_a_key() -> set[str]:
    """Return what points at people without a foreign key, where there may be very many rows."""
    return {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.c
        if isinstance(column.type, Integer) and column.name.endswith(("_id", "_by"))
    }
