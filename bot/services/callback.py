"""What people say about the work, and what follows: it closes, or it is asked for again.

The handler of a case takes no part in it.
"""

from dataclasses import replace

from bot.domain import callback as rules
from bot.domain.callback import Callback, Verdict
from bot.domain.case import TO_CONFIRM
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import callback_due as dues
from bot.services import callback_shown as showing
from bot.services import case as cases
from bot.services import tell_case
from bot.services.callback_shown import Shown
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import callback as callbacks
from storage import due
from storage import person as people
from storage.due import Due

_ASKED = ["reporter", "co_signer"]
_TAKES_WORDS = frozenset({"q3", "reopen"})
_WISHED = {
    rules.AGAIN: "toast.contested",
    rules.LEAVE: "toast.left",
    rules.CALL: "toast.will_call",
}


async def find(uow: UnitOfWork, who: Person, number: int, round_: int) -> Callback:
    """Return what `who` was asked; raises Refusal when that was somebody else."""
    one = await callbacks.find(uow, who.community_id, number, round_, who.id)
    if one is None:
        raise Refusal("refusal.not_yours", who=_ASKED)
    return one


async def say_solved(
    uow: UnitOfWork,
    who: Person,
    number: int,
    round_: int,
    solved: str,
    *,
    by: Person | None = None,
    anew: bool = False,
) -> Shown:
    """Keep whether it is solved, and close the case when that decides it.

    `by` writes it down for somebody who was called; without it the person says so themself.
    `anew` lets them change their mind while nothing is decided.
    """
    one = await find(uow, who, number, round_)
    case = await cases.find(uow, who, number)
    if solved not in rules.SOLVED:
        raise Refusal("toast.stale")
    changes = anew and one.solved not in {None, solved} and _is_open(one, case)
    if not (changes or _counts(one, case, by)):
        return await showing.late(uow, who, one, case)
    answered = replace(
        one,
        status=rules.ANSWERED,
        solved=solved,
        satisfied=None,
        wish=None,
        shown_at=uow.now,
        answered_at=uow.now,
        answered_by=(by or who).id,
        channel=rules.BY_PHONE if by else rules.CHAT,
    )
    callbacks.save(uow, _drawn(uow, await community_of(uow, who.community_id), case, answered))
    dues.cancel(uow, one)
    await _decide(uow, who, case)
    if solved != rules.YES and who.id == case.reporter_id:
        await _let_dissent_stand(uow, answered)
    return await showing.after(uow, who, answered, toast="toast.confirmed")


def _drawn(uow: UnitOfWork, community: Community, case: Case, one: Callback) -> Callback:
    """Return the answer, put on the supervisor's list when chance says so.

    Only the reporter's own answer to the bot is drawn: it stands for the case.
    """
    if one.channel != rules.CHAT or one.person_id != case.reporter_id:
        return one
    drawn = rules.is_drawn(uow.given["chance"](), community.check_rate)
    return replace(one, check_status=rules.WANTED) if drawn else one


def _counts(one: Callback, case: Case, by: Person | None) -> bool:
    """Say whether an answer still decides something; who was called may be asked once more."""
    if not _is_open(one, case):
        return False
    if by is not None:
        return one.status == rules.PHONE
    return one.status in rules.OPEN and one.solved is None


def _is_open(one: Callback, case: Case) -> bool:
    return case.round == one.round and case.status in TO_CONFIRM


async def _decide(uow: UnitOfWork, who: Person, case: Case) -> None:
    asked = await callbacks.of_round(uow, case.community_id, case.number, case.round)
    verdict = rules.verdict(case.reporter_id, asked)
    if verdict is not Verdict.SOLVED:
        own = [one.solved for one in asked if one.person_id == case.reporter_id]
        if verdict is Verdict.OPEN and own[:1] in ([], [None], [rules.YES]):
            await tell_case.show_supervisors(uow, case)  # the reporter does not decide it
        return
    if who.id == case.reporter_id:
        await cases.move(uow, who, case.number, "confirm")
    else:
        await cases.move_by_rule(uow, case, "confirm")


async def _let_dissent_stand(uow: UnitOfWork, one: Callback) -> None:
    community = await community_of(uow, one.community_id)
    at = uow.now + rules.DISSENT_STANDS
    await due.plan(uow, dues.row_for(community, one, at, dues.DISSENT))


async def dissent_stands(uow: UnitOfWork, row: Due) -> None:
    """Ask for doing it again: the reporter has said no a day ago, and nothing else since."""
    one = await dues.find_for(uow, row)
    if one is None or one.wish is not None:
        return
    who = (await people.find(uow, one.community_id, [one.person_id]))[one.person_id]
    case = await cases.find(uow, who, one.case_number)
    if case.round == one.round and case.status in TO_CONFIRM:
        callbacks.save(uow, replace(one, wish=rules.AGAIN))
        await cases.move(uow, who, case.number, "contest", reason=_own_words(one))
        shown = await showing.ending(uow, who, replace(one, wish=rules.AGAIN), "")
        tell(uow, who, shown.kind, **shown.facts)


async def say_satisfied(
    uow: UnitOfWork,
    who: Person,
    number: int,
    round_: int,
    satisfied: str,
    *,
    by: Person | None = None,
) -> Shown:
    """Keep whether the person is satisfied; also after the case was closed.

    `by` asks by telephone, also somebody to whom the chat did not put this question.
    """
    one = await find(uow, who, number, round_)
    if satisfied not in rules.SATISFIED:
        raise Refusal("toast.stale")
    if rules.step_of(one) != "q2" and (by is None or one.satisfied is not None):
        return await showing.after(uow, who, one, toast="toast.answered_before")
    said = callbacks.save(uow, replace(one, satisfied=satisfied, shown_at=uow.now))
    return await showing.after(uow, who, said, toast="toast.confirmed")


async def say_more(uow: UnitOfWork, who: Person, number: int, round_: int, words: str) -> Shown:
    """Keep what else the person wants to say: a ready answer's code, or their own words."""
    one = await find(uow, who, number, round_)
    if rules.step_of(one) not in _TAKES_WORDS:
        return await showing.after(uow, who, one, toast="toast.answered_before")
    said = callbacks.save(uow, replace(one, words=words, shown_at=uow.now))
    return await showing.after(uow, who, said, toast="toast.confirmed")


async def begin_writing(uow: UnitOfWork, who: Person, number: int, round_: int) -> None:
    """Let the person's next words be their answer, for an hour; raises Refusal when it is over."""
    one = await find(uow, who, number, round_)
    if rules.step_of(one) not in _TAKES_WORDS:
        raise Refusal("toast.answered_before")
    callbacks.save(uow, replace(one, shown_at=uow.now))
    occurrence = f"{round_}/{uow.now.isoformat()}"
    at = uow.now + rules.WRITE_WITHIN
    await due.plan(uow, Due(one.community_id, dues.WRITING, dues.subject(one), occurrence, at))


async def wish(uow: UnitOfWork, who: Person, number: int, round_: int, wanted: str) -> Shown:
    """Do what the person wishes after a "no": again, leave it, or a call."""
    one = await find(uow, who, number, round_)
    case = await cases.find(uow, who, number)
    if wanted not in rules.WISHES:
        raise Refusal("toast.stale")
    if not one.dissents or one.wish is not None:
        return await showing.after(uow, who, one, toast="toast.answered_before")
    if wanted == rules.AGAIN:
        return await ask_again(uow, who, one)
    due.cancel(uow, one.community_id, dues.DISSENT, dues.subject(one))
    calls = wanted == rules.CALL and case.status in TO_CONFIRM
    status = rules.PHONE if calls else rules.ANSWERED
    if wanted == rules.LEAVE and case.status in TO_CONFIRM:
        await tell_case.show_supervisors(uow, case)
    wished = callbacks.save(uow, replace(one, wish=wanted, status=status, shown_at=uow.now))
    return await showing.after(uow, who, wished, toast=_WISHED[wanted])


async def ask_again(uow: UnitOfWork, who: Person, one: Callback) -> Shown:
    """Ask for doing it again, whatever the person wished before."""
    await cases.move(uow, who, one.case_number, "contest", reason=_own_words(one))
    due.cancel(uow, one.community_id, dues.DISSENT, dues.subject(one))
    wished = replace(one, wish=rules.AGAIN, status=rules.ANSWERED, shown_at=uow.now)
    callbacks.save(uow, wished)
    return await showing.after(uow, who, wished, toast=_WISHED[rules.AGAIN])


def _own_words(one: Callback) -> str | None:
    return one.words if one.words and one.words != rules.NOTHING else None


async def written_about(uow: UnitOfWork, who: Person) -> Callback | None:
    """Return what the person's own words belong to; None when nothing waits for any."""
    since = uow.now - rules.WRITE_WITHIN
    held = await callbacks.of_person(uow, who.community_id, who.id, since)
    return next((one for one in held if rules.step_of(one) in _TAKES_WORDS), None)


async def asked_about(uow: UnitOfWork, who: Person, case: Case) -> Callback | None:
    """Return what the person is asked about the case as it is now, None when nothing."""
    return await callbacks.find(uow, who.community_id, case.number, case.round, who.id)
