"""A survey that runs, in a bot without a network, and people who answer it."""

from datetime import timedelta

from bot.domain.addressees import Addressees
from bot.domain.press import Press
from bot.domain.survey import FIRST, Survey, Whom
from bot.domain.survey_question import Kind, Question
from bot.services import survey_due as dues
from storage import due, person
from storage import survey as surveys
from tests.support.database import START, a_person
from tests.support.offline import Offline

QIAN = 7000012  # an organizer
FIRST_ID, FIRST_ACCOUNT = 1000, 8_000_000
SURVEY = 1
QUESTIONS = (
    Question(Kind.YES_HALF_NO, "灯亮吗?"),
    Question(Kind.SINGLE, "保洁怎么样?", ("满意", "一般", "不满意")),
    Question(Kind.WORDS, "还想说什么?"),
)


def account(n: int) -> int:
    """Return the account of neighbour number `n`."""
    return FIRST_ACCOUNT + n


async def begin(
    bot: Offline,
    n: int,
    *,
    anonymous: bool = True,
    questions: tuple[Question, ...] = QUESTIONS,
) -> None:
    """Let `n` neighbours move in, and let all of them be asked."""
    asked_by = await bot.rows("SELECT id FROM people WHERE community_id = 1 ORDER BY id LIMIT 1")
    async with bot.house.database.begin() as uow:
        for one in range(n):
            made = a_person(FIRST_ID + one, telegram_id=account(one), home="3-1")
            person.add(uow, made)
        ids = tuple(range(FIRST_ID, FIRST_ID + n))
        held = Survey(
            community_id=1,
            id=SURVEY,
            version=1,
            title="楼道",
            questions=questions,
            whom=Whom(Addressees(people=ids)),
            anonymous=anonymous,
            status=FIRST,
            asked_by=asked_by[0]["id"],
            starts_at=START,
            ends_at=START + timedelta(days=7),
        )
        surveys.add(uow, held)
        due.plan_new(uow, dues.row(held, dues.START, held.starts_at))
        due.plan_new(uow, dues.row(held, dues.ENDS, held.ends_at))
    await bot.pass_(timedelta(minutes=1))


async def press(bot: Offline, who: int, verb: str, choice: str = "") -> None:
    """Press the button with this verb, and this choice before the paper's id."""
    for message_id, button in reversed(list(bot.phones.buttons(who))):
        found = Press.parse(button.data)
        if found is None or (found.noun, found.verb) != ("survey", verb):
            continue
        if choice and found.choice.partition(".")[0] != choice:
            continue
        await bot.take_in(bot.press(who, message_id, button.data))
        await bot.settle()
        return
    raise AssertionError(f"{who} has no button {verb} {choice}: {bot.phones.chats.get(who)}")


async def answer(bot: Offline, n: int, solved: int, judged: int, words: str) -> None:
    """Let neighbour number `n` answer everything."""
    who = account(n)
    await press(bot, who, "begin")
    await press(bot, who, "say", str(solved))
    await press(bot, who, "say", str(judged))
    await bot.take_in(bot.message(who, words))
    await bot.settle()
    bot.clock.instant += timedelta(seconds=7)
