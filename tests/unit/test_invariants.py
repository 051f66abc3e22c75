"""What must hold is really looked at: tables spoilt by hand are found out."""

from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support.invariants import broken
from tests.support.offline import Offline, listening
from tests.unit.neighbourhood_room import Beginning, ready

NIGHT = 1795017600000000  # 2026-11-19, half past midnight in Shanghai
A_LETTER = "id = (SELECT max(id) FROM outbox WHERE status = 'sent' AND chat_id > 0)"
A_CARD = "id = (SELECT max(id) FROM outbox WHERE chat_id < 0 AND subject = 1008)"
SPOILT = (
    ("UPDATE inbox SET status = 'new' WHERE update_id = 9", "update 9 is new"),
    (f"UPDATE outbox SET status = 'queued' WHERE {A_LETTER}", "and waits"),
    (f"UPDATE outbox SET status = 'dead' WHERE {A_LETTER}", "and nobody was told"),
    (f"UPDATE outbox SET copies = 3 WHERE {A_LETTER}", "sent"),
    (
        (
            f"UPDATE outbox SET reason = 'news', silent = 0, letter_class = 'must_arrive',"
            f" sent_at = {NIGHT} WHERE {A_LETTER}"
        ),
        "rang at",
    ),
    (
        "UPDATE outbox SET subject = 1003, kind = 'case.taken' WHERE chat_id = 7000003",
        "is alert 4",
    ),
    (
        "UPDATE outbox SET kind = 'survey.q1', reason = 'news' WHERE chat_id = 7000003",
        "within a day of another survey",
    ),
    (
        f"""UPDATE outbox SET facts = '{{"words": "换了502的灯"}}' WHERE {A_CARD}""",
        "shows the door 502",
    ),
    (
        (
            "UPDATE case_history SET person_id = (SELECT reporter_id FROM cases WHERE number = 1007"
            " AND community_id = 1) WHERE case_number = 1007 AND move = 'offer'"
        ),
        "its reporter made offer",
    ),
    (
        (
            "UPDATE callbacks SET answered_by = (SELECT handler_id FROM cases WHERE number = 1005"
            " AND community_id = 1) WHERE case_number = 1005"
        ),
        "its handler wrote down",
    ),
    (
        (
            "UPDATE callbacks SET checked_by = (SELECT reporter_id FROM cases WHERE number = 1005"
            " AND community_id = 1) WHERE case_number = 1005"
        ),
        "checked their own case",
    ),
)


@pytest.fixture(scope="module")
def begun() -> Beginning:
    return ready()


@pytest.mark.parametrize(("spoil", "found"), SPOILT)
async def test_what_does_not_hold_is_found(
    tmp_path: Path, begun: Beginning, spoil: str, found: str
) -> None:
    with listening():
        bot = Offline(tmp_path)
        begun.give(bot)
        await bot.start()
        before = await broken(bot)
        async with bot.house.database.begin() as uow:
            await uow.write_now(text(spoil))
        after = await broken(bot)
        await bot.stop()
    assert before == []
    assert any(found in one for one in after), after
