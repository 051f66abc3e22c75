"""Codes of places: made once, kept, renewed, scanned, whichever community they belong to."""

from collections import Counter

from bot.services import code as codes
from bot.services.organisation import import_organisation
from bot.services.organisation_file import check_organisation, read_toml
from storage import code
from storage.unit_of_work import Database
from tests.support.offline import ORGANISATION


async def settle(database: Database) -> int:
    document = dict(read_toml(ORGANISATION).document)
    async with database.begin() as uow:
        return (await import_organisation(uow, check_organisation(document, "town.toml"))).id


async def test_every_unit_and_spot_has_one_code_that_stays(empty: Database) -> None:
    here = await settle(empty)
    async with empty.begin() as uow:
        first = await codes.posters(uow, here)
    async with empty.begin() as uow:
        again = await codes.posters(uow, here)
    assert first == again
    assert len(first) == 3 + 3 + 3 + 2 + 2 + 4 + 4 + 2 + 5  # units of the buildings, and spots
    assert Counter(one.code for one in first).most_common(1)[0][1] == 1
    assert {"3号楼2单元", "东区大门"} <= {one.place for one in first}
    assert all(one.payload == f"p_{one.code}" and len(one.code) == 8 for one in first)


async def test_a_renewed_code_is_another_one_and_the_old_is_dead(empty: Database) -> None:
    here = await settle(empty)
    async with empty.begin() as uow:
        before = {one.place: one for one in await codes.posters(uow, here)}
    async with empty.begin() as uow:
        after = {one.place: one for one in await codes.posters(uow, here, ["3-2"])}
    changed = [place for place, one in after.items() if one != before[place]]
    assert changed == ["3号楼2单元"]
    async with empty.begin() as uow:
        assert await codes.scan(uow, before["3号楼2单元"].payload) is None
        found = await codes.scan(uow, after["3号楼2单元"].payload)
        assert found is not None
        assert (found.community_id, found.place) == (here, "3-2")


async def test_scans_are_counted_and_what_is_no_code_is_none(empty: Database) -> None:
    here = await settle(empty)
    async with empty.begin() as uow:
        (one, *_) = await codes.posters(uow, here)
    for payload in (one.payload, one.payload.lower().replace("p_", "p_"), f"{one.payload} "):
        async with empty.begin() as uow:
            assert await codes.scan(uow, payload) is not None
    async with empty.begin() as uow:
        for rubbish in ("", "p_", "p_!!!!", "k_" + one.code, "p_" + "A" * 60):
            assert await codes.scan(uow, rubbish) is None
        (held, *_) = [each for each in await code.live(uow, here) if each.code == one.code]
        assert held.scans == 3
