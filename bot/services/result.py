"""Where somebody is asked whether it is solved: in one message, the lowest one about the case."""

from bot.domain.case import TO_CONFIRM
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import told


async def asked_below(uow: UnitOfWork, case: Case, who: Person, message_id: int | None) -> bool:
    """Say whether the question stands further down than the live card in `message_id`."""
    if case.status not in TO_CONFIRM:
        return False
    last = await told.last_asked(uow, case.community_id, who.telegram_id, case.number)
    if last is None:
        return False
    return last.message_id is None or message_id is None or last.message_id > message_id


async def ask_on_card(uow: UnitOfWork, case: Case, who: Person) -> None:
    """Let the question that nobody has answered point on: the card sent anew asks from now on."""
    if case.status not in TO_CONFIRM:
        return
    one = await callbacks.find(uow, case.community_id, case.number, case.round, who.id)
    last = await told.last_asked(uow, case.community_id, who.telegram_id, case.number)
    if one is not None and one.solved is None and last is not None and last.message_id is not None:
        tell(uow, who, "common.card_moved", message_id=last.message_id, number=case.number)
