"""Tells everybody concerned what has become of a case: live cards redrawn, alerts where due."""

from collections.abc import Collection
from typing import Any

from bot.domain.case import CARD, MOVES, PASSED_ON, TO_CONFIRM, TO_SUPERVISE, Phase, Tell, Told
from bot.domain.case_record import Case
from bot.domain.level import USUAL, has_risen
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.domain.return_ import CANNOT_COME
from bot.domain.role import Role
from bot.services import case_group, picture, result, told, vacant
from bot.services.case_facts import asked_last, case_facts, facts_for
from bot.services.community import Community, community_of
from bot.services.letter import show_card, tell
from bot.services.unit_of_work import UnitOfWork
from storage import card as cards
from storage import case as cases
from storage import co_signer as co_signers
from storage import duplicate as duplicates
from storage import flood as floods
from storage import person as people
from storage import remark as remarks
from storage import told as letters
from storage.co_signer import CoSigner

NOUN = "case"


async def begin(uow: UnitOfWork, case: Case, draft_id: int) -> None:
    """Let the draft's card become the case's; nothing else is known of a new case."""
    cards.begin(uow, case.community_id, NOUN, case.number)
    co_signers.begin(uow, case.community_id, case.number)
    remarks.begin(uow, case.community_id, case.number)
    duplicates.remember(uow, case)
    floods.remember(uow, case)
    for card in await cards.of(uow, case.community_id, "draft", draft_id):
        await cards.become(uow, card, NOUN, case.number)


async def reported(
    uow: UnitOfWork,
    community: Community,
    case: Case,
    who: Person,
    *,
    family: Collection[int] = (),
) -> None:
    """Give the reporter and each dispatcher their card.

    `family` are the reporter and who hears of it with them: the others join it and get a card too.
    """
    for one in family:
        if one != case.reporter_id:
            joined = CoSigner(case.community_id, case.number, one, uow.now, kin=True)
            await co_signers.add(uow, joined)
    await _show(uow, community, case, who)
    others = [one for one in family if one != who.id] if len(family) > 1 else []
    for relative in (await people.find(uow, case.community_id, others)).values():
        await _show(uow, community, case, relative)
    if not await show_in_group(uow, community, case, case_group.DISPATCH):
        await show_dispatchers(uow, community, case)
    if case.level not in {None, USUAL}:
        await _show_level(uow, community, case)


async def _show_level(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Give a new case to those who act at the level to which its route has led."""
    for one in await told.at_level(uow, case):
        if not one.holds_in(case.area, Role.DISPATCHER):
            await show_pictures(uow, case, one)
            await _show(uow, community, case, one)
    await vacant.nobody_acts(uow, community, case)


async def show_dispatchers(uow: UnitOfWork, community: Community, case: Case) -> None:
    """Give each dispatcher there a card in private; without one, others hear that there is none."""
    for dispatcher in await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area):
        if dispatcher.id != case.reporter_id:
            await show_pictures(uow, case, dispatcher)
            await _show(uow, community, case, dispatcher)
    await vacant.nobody_dispatches(uow, community, case)


async def show_in_group(uow: UnitOfWork, community: Community, case: Case, purpose: str) -> bool:
    """Show the live card in the group that serves the purpose; False when there is none."""
    group = await case_group.for_purpose(uow, case.community_id, purpose)
    if group is None:
        return False
    serving = await case_group.in_chat(uow, case.community_id, group.chat_id, group.topic)
    await _show(uow, community, case, case_group.viewer(uow, serving), topic=group.topic)
    return True


async def moved(
    uow: UnitOfWork, community: Community, before: Case, after: Case, name: str, by: int | None
) -> None:
    """Redraw the live card in every chat that has one, and tell whom the table names."""
    duplicates.forget(uow, after)
    await _renew_held(uow, community, before, after)
    asks = after.status in TO_CONFIRM and before.status not in TO_CONFIRM
    await redraw_all(uow, community, after, asks=asks)
    await _redraw_merged(uow, community, after)
    if after.status in TO_SUPERVISE and after.status is not before.status:
        await show_in_group(uow, community, after, case_group.SUPERVISE)
    for one in MOVES[name].tells:
        if one.when not in {None, after.status} or not _is_so(one.kind, before, after):
            continue
        meant = await told.people_told(uow, before, after, one)
        for person in (person for person in meant if person.id != by):
            await _tell(uow, community, after, person, one)
        if one.who is Told.SUPERVISORS:
            await vacant.nobody_decides(uow, community, after)
    if has_risen(before, after):
        await vacant.nobody_acts(uow, community, after)
    await _tell_lead_of_the_end(uow, community, before, after, by)


def _is_so(kind: str, before: Case, after: Case) -> bool:
    """Say whether what the table would tell holds.

    A first promise is told otherwise; when a volunteer cannot come the next ones are asked, and
    the dispatchers have nothing to decide.
    """
    if kind in {PASSED_ON, "task.passed_on"}:
        return has_risen(before, after)
    if kind == "case.promised":
        return before.promise_at is None
    if kind == "case.promise_moved":
        return before.promise_at is not None
    return kind != "case.returned" or after.reason != CANNOT_COME


async def _renew_held(uow: UnitOfWork, community: Community, before: Case, after: Case) -> None:
    """Let what waits for the morning say what is so now; what no longer is so lapses."""
    if after.status is not before.status:
        letters.let_lapse(uow, after.community_id, after.number)
        return
    for id_, chat_id, facts in await letters.held(uow, after.community_id, after.number):
        who = await people.in_community(uow, after.community_id, chat_id)
        if who is not None:
            renewed = {**facts, "case": await case_facts(uow, community, after, who)}
            letters.redraw_held(uow, after.community_id, id_, renewed)


async def _redraw_merged(uow: UnitOfWork, community: Community, master: Case) -> None:
    """Redraw the cards of what was merged into the case: they show how it stands."""
    joined = await co_signers.of_case(uow, master.community_id, master.number)
    for number in {one.merged_from for one in joined if one.merged_from is not None}:
        merged = await cases.find(uow, master.community_id, number)
        if merged is not None:
            await redraw_all(uow, community, merged)


async def redraw_all(
    uow: UnitOfWork, community: Community, case: Case, *, asks: bool = False, desk: bool = False
) -> None:
    """Redraw the live card of the case wherever there is one; with `desk` only where staff looks.

    `asks`: whether it is solved is about to be asked, in a message below.
    """
    shown = await cards.of(uow, case.community_id, NOUN, case.number)
    await people.load_by_telegram(uow, [card.chat_id for card in shown])
    for card in shown:
        person = await people.in_community(uow, case.community_id, card.chat_id)
        if person is not None and desk and not person.all_roles:
            continue  # a card that is still on its way must not wait for the morning
        if person is not None:
            below = asks or await result.asked_below(uow, case, person, card.message_id)
            await _show(uow, community, case, person, below=below)
            continue
        where = (card.chat_id, card.topic)
        if serving := await case_group.in_chat(uow, case.community_id, *where):
            who = case_group.viewer(uow, serving)
            await _show(uow, community, case, who, topic=card.topic)


async def show_anew(uow: UnitOfWork, community: Community, case: Case, who: Person) -> None:
    """Send the live card to the person once more, at the end of the chat."""
    await result.ask_on_card(uow, case, who)
    await _show(uow, community, case, who, anew=True)


async def show_supervisors(uow: UnitOfWork, case: Case) -> None:
    """Give the supervisors the case, which nobody but them can bring to its end."""
    community = await community_of(uow, case.community_id)
    for one in await told.supervisors(uow, case):
        await show_anew(uow, community, case, one)
    await vacant.nobody_decides(uow, community, case)


async def _tell_lead_of_the_end(
    uow: UnitOfWork, community: Community, before: Case, after: Case, by: int | None
) -> None:
    """Let whoever had the case first hear how it ended, when others have brought it there."""
    ended = after.status.phase is Phase.CLOSED and before.status.phase is not Phase.CLOSED
    if not ended or after.lead_id in {None, by, after.handler_id, after.reporter_id}:
        return
    for one in (await people.find(uow, after.community_id, [after.lead_id or 0])).values():
        tell(uow, one, "task.led_done", case=await case_facts(uow, community, after, one))


async def is_live(uow: UnitOfWork, case: Case, who: Person, message_id: int | None) -> bool:
    """Say whether the message is the live card of the case in the person's chat."""
    shown = await cards.of(uow, case.community_id, NOUN, case.number)
    return any(one.chat_id == who.telegram_id and one.message_id == message_id for one in shown)


async def redraw_message(
    uow: UnitOfWork, community: Community, case: Case, who: Person, message_id: int | None
) -> None:
    """Draw the case as it is now over a message under which was pressed.

    For somebody without a card of it, who has nothing to do with it, nothing is drawn.
    """
    shown = await cards.of(uow, case.community_id, NOUN, case.number)
    live = next((card for card in shown if card.chat_id == who.telegram_id), None)
    if live is not None and message_id in {None, live.message_id}:
        below = await result.asked_below(uow, case, who, live.message_id)
        await _show(uow, community, case, who, below=below)
        return
    if live is not None and live.message_id is not None and message_id is not None:
        await _show(uow, community, case, who, over=message_id)
        return
    facts = await facts_for(uow, community, case, who)
    if live is not None or facts["view"] != "onlooker" or facts["case"]["staff"]:
        tell(uow, who, CARD, message_id=message_id, **facts)


async def show_pictures(
    uow: UnitOfWork, case: Case, who: Person, stages: tuple[str, ...] = ("before",)
) -> int:
    """Send the pictures of the case, those of each stage together.

    Returns how many are still looked into; those follow by themselves.
    """
    files = await cases.attached(uow, case.community_id, case.number)
    return picture.show(
        uow, who, case, [one for stage in stages for one in files if one.stage == stage]
    )


async def _show(
    uow: UnitOfWork,
    community: Community,
    case: Case,
    who: Person,
    *,
    topic: int = 0,
    below: bool = False,
    **where: Any,
) -> None:
    facts = await facts_for(uow, community, case, who)
    facts["case"]["asked_below"] = below
    await show_card(uow, who, (NOUN, case.number), CARD, topic=topic, **where, **facts)


async def _tell(uow: UnitOfWork, community: Community, case: Case, who: Person, one: Tell) -> None:
    if one.kind == CARD:
        await show_pictures(uow, case, who)
        await show_anew(uow, community, case, who)
        return
    if one.kind == "survey.result":
        own = who.id == case.reporter_id  # what somebody sent from home is not for the others
        await show_pictures(uow, case, who, ("before", "after") if own else ("after",))
    facts = await case_facts(uow, community, case, who)
    more = _extra(one.kind, case, facts)
    if one.who is Told.ASKER:
        more = await asked_last(uow, case)
    if one.kind == "case.reopen_refused":
        said = await remarks.of(uow, case.community_id, case.number)
        more["agenda"] = any(remark.kind is RemarkKind.AGENDA for remark in said)
    tell(uow, who, one.kind, case=facts, **more)


def _extra(kind: str, case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    if kind == "survey.result":
        return {
            "did": facts["outcome"],
            "photos_after": facts["photos_after"],
            "no_photo": case.no_photo,
        }
    return {"whom": facts["outcome"]} if kind == "case.not_ours" else {}


async def tell_dispatchers(uow: UnitOfWork, community: Community, case: Case, kind: str) -> None:
    """Say `kind` about the case to every dispatcher but its reporter."""
    for dispatcher in await people.holders(uow, case.community_id, [Role.DISPATCHER], case.area):
        if dispatcher.id != case.reporter_id:
            facts = await case_facts(uow, community, case, dispatcher)
            tell(uow, dispatcher, kind, case=facts)
