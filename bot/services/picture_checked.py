"""What follows when a file was looked into: it is shown, or its sender hears why it is not."""

from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.picture import FRESH, REFUSED, WAITING, Key, Verdict
from bot.services import picture
from bot.services.case_facts import case_facts, has_joined, view_of
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.tell_case import redraw_all
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import person as people
from storage import picture as pictures
from storage.picture import Picture


async def settle(uow: UnitOfWork, key: Key, found: Verdict) -> None:
    """Keep what was found and tell whom it concerns; a file taken out meanwhile is no matter."""
    file = await pictures.find(uow, key)
    case = await cases.find(uow, key.community_id, key.case_number)
    if file is None or file.state != WAITING or case is None:
        return
    pictures.settle(uow, key, found)
    if found.state == REFUSED and uow.now - file.came_at <= FRESH:
        await _tell_sender(uow, case, file, found.reason or "unreadable")
    if found.state != REFUSED:
        await _show_to_those_who_wait(uow, case, file)
    await redraw_all(uow, await community_of(uow, key.community_id), case)


async def _tell_sender(uow: UnitOfWork, case: Case, file: Picture, reason: str) -> None:
    """Say why the picture could not be added, as the answer to it: quiet hours do not count."""
    who = (await people.find(uow, case.community_id, [file.person_id]))[file.person_id]
    uow.acting = {who.telegram_id}
    facts = await case_facts(uow, await community_of(uow, case.community_id), case, who)
    tell(
        uow,
        who,
        "picture.refused",
        reply_to=file.message_id,
        case=facts,
        code=reason,
        sent_at=file.came_at.isoformat(),
    )


async def _show_to_those_who_wait(uow: UnitOfWork, case: Case, file: Picture) -> None:
    attached = await cases.attached(uow, case.community_id, case.number)
    one = next(one for one in attached if _is(one, file.key))
    found = await people.find(uow, case.community_id, file.wanted)
    for who in (found[id_] for id_ in file.wanted if id_ in found):
        if await _may_see(uow, case, who):
            picture.show(uow, who, case, [one])


def _is(one: cases.Attachment, key: Key) -> bool:
    return (one.stage, one.file_unique_id) == (key.stage, key.unique)


async def _may_see(uow: UnitOfWork, case: Case, who: Person) -> bool:
    """Say whether the case still concerns the person: it may have been passed on since."""
    return view_of(case, who, joined=await has_joined(uow, case, who)) != "onlooker"
