"""Names, doors and telephone numbers are read in the chat, and stand nowhere in the registers."""

from pathlib import Path

from bot.domain.residence import Residence
from storage import person, residence
from tests.stories.test_moving import does, reads, says, taps
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import DESK, LI, LIU

NAME, DOOR, HOME, PHONE = "李阿姨", "6677", "7788", "13877776666"


async def raw(bot: Offline) -> str:
    """Return all that stands in the registers, but for what people wrote in their own words."""
    found = []
    for table in ("people", "residences", "name_pieces", "audit", "case_pieces", "cases"):
        for row in await bot.rows(f"SELECT * FROM {table}"):
            found += [one for name, one in dict(row).items() if name != "words"]
    return repr(found)


async def lives_in(bot: Offline, who: int) -> None:
    async with bot.house.database.begin() as uow:
        one = await person.find_by_telegram(uow, who)
        assert one is not None
        residence.add(uow, Residence(1, 1, one.id, "3", 2, HOME, uow.now, one.id))


async def test_whoever_has_to_know_reads_them_and_the_file_does_not_say(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await says(bot, LI, f"3号楼2单元{DOOR}室水管漏水")
        await taps(bot, LI, "对,提交")
        await lives_in(bot, LI)
        find = {"type": "bot_command", "offset": 0, "length": len("/find")}
        await does(bot, bot.message(DESK, "/find 水管漏水", entities=[find]))
        assert "1001" in reads(bot, DESK)
        await taps(bot, DESK, "放给志愿者")
        await taps(bot, LIU, "我去")
        assert DOOR in reads(bot, LIU)
        await says(bot, DESK, "/onbehalf")
        await taps(bot, DESK, "打电话来的")
        await says(bot, DESK, f"5号楼1单元灯不亮,电话{PHONE}")
        await taps(bot, DESK, "对,提交")
        kept = await raw(bot)
        assert not [one for one in (NAME, DOOR, HOME, PHONE, "刘志愿") if one in kept]
        await says(bot, LI, "/settings")
        await taps(bot, LI, "我的家")
        assert f"3号楼2单元 {HOME}" in "".join(one.text for _, one in bot.phones.sent)
        assert bot.defects == []
