"""What whoever had a case was just writing about it ends when it is no longer theirs to do."""

from bot.domain.case import IN_HAND
from bot.domain.case_record import Case
from bot.services.unit_of_work import UnitOfWork
from storage import conversation as conversations
from storage import person as people

DIALOGUES = ("resolve", "promise", "hold", "extension", "return")  # of whoever has a case


async def after_move(uow: UnitOfWork, before: Case, after: Case) -> None:
    """Let what the former handler sends from now on be a report again."""
    still = after.status in IN_HAND and after.handler_id == before.handler_id
    if before.status not in IN_HAND or still or before.handler_id is None:
        return
    found = await people.find(uow, before.community_id, [before.handler_id])
    for one in found.values():
        await conversations.load(uow, [one.telegram_id])
        for name in DIALOGUES:
            conversations.move(uow, name, (one.telegram_id, one.telegram_id), None)
