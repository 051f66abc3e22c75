"""The bot as a guest of the sandbox begins anew: from the seed, as the file says it now."""

from pathlib import Path
from unittest.mock import Mock

from bot.sandbox.guest import EXAMPLE, Guest
from bot.services.community import community_of
from storage import snapshot
from tests.support.offline import offline

NOW = "2026-11-17T01:10:00+00:00"


async def test_a_reset_puts_the_seed_back_and_reads_a_file_that_was_changed(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    (tmp_path / "data").mkdir()
    async with offline(tmp_path / "data") as bot:
        bot.house.settings = bot.settings.model_copy(update={"organisation": file})
        guest = Guest(bot.house, Mock())
        await guest.reset({"now": NOW})
        seeded = await bot.rows("SELECT * FROM cases ORDER BY number")
        async with bot.house.database.begin() as uow:
            await snapshot.empty(uow)
        await guest.reset({"now": NOW})
        assert len(seeded) > 10
        assert await bot.rows("SELECT * FROM cases ORDER BY number") == seeded
        file.write_text(file.read_text("utf-8").replace("幸福里社区", "平安里社区"), "utf-8")
        await guest.reset({"now": NOW})
        async with bot.house.database.looking() as uow:
            assert (await community_of(uow, 1)).name == "平安里社区"
