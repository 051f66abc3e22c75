"""Which way somebody went through a nameless survey stands nowhere beside their name.

A way is an answer, where an answer leads over questions: what is kept of those who went the
long way may not differ from what is kept of those who went the short one, not even in number.
"""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.survey_question import END, Kind, Question
from tests.support.offline import Offline, offline
from tests.unit.survey_room import FIRST_ID, account, answer, begin, press

N = 20
ASKED = (
    Question(Kind.YES_HALF_NO, "灯亮吗?", leads={0: END}),
    Question(Kind.SINGLE, "哪里不亮?", ("楼道", "门口")),
    Question(Kind.WORDS, "还想说什么?"),
)
OF_SOMEBODY = ("chat_id", "user_id", "telegram_id", "person_id", "lane")
NAMES = "name_pieces"  # the pieces of a name, of which longer ones have more


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        await begin(made, N + 1, questions=ASKED)
        for n in range(N):
            if n % 2:
                await answer(made, n, 2, n % 4 // 2, f"话{n}")
            else:
                await press(made, account(n), "begin")
                await press(made, account(n), "say", "0")
        await made.pass_(timedelta(minutes=20))
        yield made


async def kept_of(bot: Offline, n: int) -> Counter[str]:
    """Return how many rows name neighbour number `n`, by table and column."""
    found: Counter[str] = Counter()
    for one in await bot.rows("SELECT name FROM sqlite_master WHERE type = 'table'"):
        table = one["name"]
        for row in await bot.rows(f'SELECT * FROM "{table}"') if table != NAMES else ():
            for column in OF_SOMEBODY:
                here = str(dict(row).get(column)).rpartition(":")[2]  # a lane says what it is
                if here in {str(account(n)), str(FIRST_ID + n)}:
                    found[f"{table}.{column}"] += 1
    return found


async def test_the_long_way_and_the_short_one_leave_the_same(bot: Offline) -> None:
    done = await bot.rows("SELECT answers FROM survey_papers WHERE done")
    assert Counter(len(one["answers"]) > 10 for one in done) == {True: N // 2, False: N // 2}
    short, long = await kept_of(bot, 0), await kept_of(bot, 1)
    assert short == long
    assert all([await kept_of(bot, n) == short for n in range(2, N)])


async def test_who_stops_half_way_stands_at_no_question(bot: Offline) -> None:
    await press(bot, account(N), "begin")
    for choice in ("2", "1"):
        await press(bot, account(N), "say", choice)
    await bot.pass_(timedelta(minutes=40))
    held = await bot.rows("SELECT state FROM conversations WHERE name = 'survey'")
    assert held == []


async def test_what_was_refused_is_kept_without_the_paper(bot: Offline) -> None:
    await press(bot, account(N), "begin")
    (held,) = await bot.rows("SELECT id FROM survey_papers WHERE NOT done")
    await bot.take_in(bot.press(account(N), 1, f"v1:survey:say:1:7:0.{held['id']}"))
    await bot.settle()
    denied = await bot.rows("SELECT * FROM audit")
    assert not [one for one in denied if held["id"] in str(one)]
    assert held["id"] not in str(await bot.rows("SELECT * FROM inbox"))


async def test_the_end_leaves_the_same_too(bot: Offline) -> None:
    await bot.pass_(timedelta(days=8))
    for n in range(N):
        cards = "".join(one.text for one in bot.phones.chats[account(n)].values())
        assert "the survey is over" in cards
        assert "until the survey ends" not in cards
    short = await kept_of(bot, 0)
    assert all([await kept_of(bot, n) == short for n in range(1, N)])
