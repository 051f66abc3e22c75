"""What minimal mode takes for a door or a telephone number, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.guarded import MARK, Guard
from bot.domain.letter import Letter
from bot.services import guarded
from bot.services.unit_of_work import UnitOfWork
from storage.unit_of_work import Database
from tests.unit.test_minimal_cards import GUARD, letter


@pytest.mark.parametrize(
    "phone",
    [
        *("13800138000", "138 0013 8000", "138-0013-8000", "1380-013-8000", "13800 138000"),
        *("+86 138 0013 8000", "8613800138000", "138.0013.8000"),
        *("010-5550 1299", "(010) 5550-1299", "0571 8765 4321", "01055501299", "400-820-8820"),
        *("5550 1299", "5550-1299", "55501299", "7654321", "+1 415 555 2671", "+49 30 901820"),
        *(
            "\uff11\uff13\uff18\uff10\uff10\uff11\uff13\uff18\uff10\uff10\uff10",
            "一三八零零一三八零零零",
        ),
    ],
)
def test_a_number_is_hidden_however_it_is_written(phone: str) -> None:
    assert GUARD.words(f"电话{phone},快来") == f"电话{MARK},快来"
    assert GUARD.hidden(f"电话{phone},快来") == [phone]
    assert GUARD.words(f"tel{phone}or") == f"tel{MARK}or"


@pytest.mark.parametrize(
    "words",
    [
        *("编号1127", "2026-11-24", "11月24日18:00", "0900-1100", "2025-2026 年度", "3000-5000元"),
        *("打 120", "火警119", "12345 热线", "3号楼2单元", "5楼灯不亮", "等了300天", "1.502 米"),
        *("https://t.me/linli_bot?start=i_13800138000", "t.me/x?start=13800138000"),
        *("社区电话 010-5550 1234", "01055501234", "5550 1234", "2026-11-24T10:00:00+00:00"),
    ],
)
def test_what_is_no_number_of_anybody_stays(words: str) -> None:
    assert GUARD.words(words) == words
    assert GUARD.hidden(words) == []


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("3号楼2单元502漏水", "3号楼2单元🔒漏水"),
        ("3单元502漏水", "3单元🔒漏水"),
        ("3单元 五零二漏水", "3单元🔒漏水"),
        ("5楼502没人", "5楼🔒没人"),
        ("3-2-502", "3-2🔒"),
        ("home:3-2-502", "home:3-2🔒"),
        ("楼上602室", "楼上🔒"),
        ("Building 3 entrance 2, flat 502", "Building 3 entrance 2🔒"),
        ("502门口", "🔒门口"),
    ],
)
def test_the_door_is_hidden_and_the_stairwell_stays(said: str, shown: str) -> None:
    assert GUARD.words(said) == shown


def test_a_door_that_is_known_is_hidden_where_nothing_says_that_it_is_one() -> None:
    assert GUARD.words("502没人,1502也没人", "502") == "🔒没人,1502也没人"
    assert GUARD.words("502没人") == "502没人"
    assert GUARD.hidden("502没人,打13800138000", "502") == ["502", "13800138000"]


PIECES = st.lists(st.sampled_from(["灯不亮", "3号楼2单元502", "13800138000", "🔒", " ", ",", "x"]))


@given(PIECES, st.sampled_from([None, "502"]))
def test_whatever_is_written_is_hidden_once_and_for_all(
    pieces: list[str], door: str | None
) -> None:
    said = ",".join(pieces)
    shown = GUARD.words(said, door)
    assert "502" not in shown
    assert "13800138000" not in shown
    assert GUARD.words(shown, door) == shown
    assert all(one in said for one in GUARD.hidden(said, door))


@given(st.text(max_size=200))
def test_any_text_has_an_answer(said: str) -> None:
    assert GUARD.words(GUARD.words(said)) == GUARD.words(said) or MARK in said
    GUARD.hidden(said)


async def test_a_letter_that_cannot_be_looked_through_leaves_bare_and_stops_no_other(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_guard: Guard, _letter: Letter) -> Letter:
        raise RecursionError

    async def guard(_uow: UnitOfWork, _community: int) -> Guard:
        return GUARD

    monkeypatch.setattr(Guard, "letter", breaks)
    monkeypatch.setattr(guarded, "_guard", guard)
    one = letter("case.card", {"phone": "13800138000"})
    async with database.begin() as uow:
        assert (await guarded.letter(uow, one)).facts == {}
