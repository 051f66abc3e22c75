"""Keys: what is sealed opens in its own row with its own key, and nowhere else."""

import stat
from pathlib import Path

import pytest

from storage import key, person
from storage.fault import DatabaseFault
from storage.unit_of_work import Database
from storage.vault import BrokenSealError, Key, Vault, open_vault
from tests.support.database import HandClock, a_person, opened, rows

ROW = "people.name/1/17"


def a_key(vault: Vault, number: int = 17) -> Key:
    return vault.key(1, number, vault.new_key(1, number))


def test_what_is_sealed_opens_and_never_looks_the_same_twice() -> None:
    mine = a_key(Vault(bytes(32)))
    first, second = mine.seal(ROW, "王秀兰"), mine.seal(ROW, "王秀兰")
    assert first != second
    assert "王秀兰" not in first
    assert [mine.open(ROW, one) for one in (first, second)] == ["王秀兰"] * 2


def test_it_opens_in_no_other_row_and_with_no_other_key() -> None:
    vault = Vault(bytes(32))
    mine = a_key(vault)
    sealed = mine.seal(ROW, "王秀兰")
    for opener, row in ((mine, "people.name/1/18"), (a_key(vault, 18), ROW), (a_key(vault), ROW)):
        with pytest.raises(BrokenSealError):
            opener.open(row, sealed)


@pytest.mark.parametrize("broken", ["", "A", "王", "AAAA" * 12, "*"])
def test_what_was_never_sealed_does_not_open(broken: str) -> None:
    with pytest.raises(BrokenSealError, match=r"people\.name"):
        a_key(Vault(bytes(32))).open(ROW, broken)


def test_a_changed_letter_is_noticed_wherever_it_stands() -> None:
    mine = a_key(Vault(bytes(32)))
    sealed = mine.seal(ROW, "just ok.")  # so that every letter of base64 counts in full
    for at, letter in enumerate(sealed):
        other = "A" if letter != "A" else "B"
        with pytest.raises(BrokenSealError):
            mine.open(ROW, sealed[:at] + other + sealed[at + 1 :])


def test_a_wrapped_key_is_good_for_its_person_and_key_file_alone() -> None:
    vault = Vault(bytes(32))
    wrapped = vault.new_key(1, 17)
    for other, community, number in ((vault, 1, 18), (vault, 2, 17), (Vault(b"x" * 32), 1, 17)):
        with pytest.raises(BrokenSealError):
            other.key(community, number, wrapped)


def test_a_mark_finds_the_same_words_in_the_same_field_alone() -> None:
    one, other = Vault(bytes(32)), Vault(b"x" * 32)
    assert one.mark("phone", "13800000000") == one.mark("phone", "13800000000")
    marks = {one.mark("phone", "1"), one.mark("door", "1"), one.mark("phone", "2")}
    assert len(marks | {other.mark("phone", "1")}) == 4


def test_the_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "linli.key"
    vault, made = open_vault(file)
    again, made_again = open_vault(file)
    assert (made, made_again) == (True, False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert vault.mark("phone", "1") == again.mark("phone", "1")
    assert "Keep a copy" in file.read_text("ascii")


@pytest.mark.parametrize("said", ["", "# nothing\n", "AAAA\n", "A" * 44 + "\nA\n", "王\n"])
def test_a_file_that_is_no_key_is_refused_and_left_alone(tmp_path: Path, said: str) -> None:
    file = tmp_path / "linli.key"
    file.write_text(said, "utf-8")
    with pytest.raises(DatabaseFault, match="no key file"):
        open_vault(file)
    assert file.read_text("utf-8") == said


async def test_somebody_new_gets_a_key_that_is_destroyed_for_ever(database: Database) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(17))
        sealed = (await key.of(uow, 1, [17]))[17].seal(ROW, "王秀兰")
    async with database.begin() as uow:
        found = await key.of(uow, 1, [17, 18])
        assert set(found) == {17}
        assert found[17].open(ROW, sealed) == "王秀兰"
        assert await key.of(uow, 2, [17]) == {}
        await key.check(uow)
        key.destroy(uow, 1, 17)
        assert await key.of(uow, 1, [17]) == {}
    assert await rows(database, "SELECT count(*) FROM keys") == [(0,)]


async def test_another_key_file_is_refused_at_once(url: str, clock: HandClock) -> None:
    async with opened(url, clock) as database:
        async with database.begin() as uow:
            person.add(uow, a_person(17))
        database.vault = Vault(b"x" * 32)
        async with database.looking() as uow:
            with pytest.raises(DatabaseFault, match="does not belong"):
                await key.check(uow)


async def test_a_database_without_its_key_file_says_so(database: Database) -> None:
    database.vault = None
    with pytest.raises(LookupError, match="without its key file"):
        async with database.begin() as uow:
            person.add(uow, a_person(17))
