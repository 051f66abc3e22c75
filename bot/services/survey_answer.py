"""What people do with a survey: begin, answer, go back, hand in, change their mind.

Of a nameless one nothing is written that leads from the paper to the person: its id stands in
their buttons alone, the update that brought an answer is blanked, and so is the letter.
"""

from dataclasses import replace

from bot.clock import short_code
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED, LEFT_OUT, Guest
from bot.domain.survey_number import number_in
from bot.domain.survey_paper import (
    Paper,
    before,
    following,
    is_unsatisfied,
    number_shown,
    way,
)
from bot.domain.survey_question import SENT, Answer, Kind
from bot.services import case as cases
from bot.services import survey_due as dues
from bot.services import survey_shown as showing
from bot.services.community import community_of
from bot.services.survey_shown import Shown
from bot.services.unit_of_work import UnitOfWork
from storage import inbox
from storage import survey as surveys
from storage import survey_guest as guests
from storage import survey_paper as papers

_WANTED = {  # what to say to somebody who sent something else
    Kind.NUMBER: "refusal.survey_number",
    Kind.WORDS: "refusal.survey_free_words",
    Kind.PHOTO: "refusal.survey_picture",
}
_ID = 14  # letters of a paper's id: 70 bits


class Over(Refusal):
    """The survey has ended meanwhile."""

    def __init__(self, survey: Survey) -> None:
        super().__init__("toast.survey_over")
        self.survey = survey


async def _asked(uow: UnitOfWork, who: Person, id_: int) -> tuple[Survey, Guest]:
    """Return the survey and how the person stands to it; raises Refusal, or Over."""
    survey = await surveys.find(uow, who.community_id, id_)
    guest = await guests.find(uow, who.community_id, id_, who.id)
    if survey is None or guest is None:
        raise Refusal("refusal.survey_not_meant")
    if survey.anonymous:
        inbox.blank(uow)
    if not survey.is_open:
        raise Over(survey)
    return survey, guest


async def _held(
    uow: UnitOfWork, who: Person, id_: int, paper_id: str
) -> tuple[Survey, Guest, Paper]:
    survey, guest = await _asked(uow, who, id_)
    paper = await papers.find(uow, who.community_id, id_, paper_id)
    if paper is None:
        raise Refusal("toast.stale")
    if not survey.anonymous and paper.person_id != who.id:
        raise Refusal("refusal.survey_not_meant")
    if guest.status == ANSWERED and not paper.done:  # another one was handed in
        raise Refusal("toast.survey_answered")
    return survey, guest, paper


async def begin(uow: UnitOfWork, who: Person, id_: int) -> Shown:
    """Show the first question that is open on the person's paper."""
    survey, guest = await _asked(uow, who, id_)
    paper = None
    if not survey.anonymous:
        paper = await papers.of(uow, who.community_id, id_, who.id)
    elif guest.status == ANSWERED:
        raise Refusal("toast.survey_answered")
    if paper is None:
        owner = None if survey.anonymous else who.id
        paper = Paper(who.community_id, id_, short_code(_ID), {}, person_id=owner)
        papers.add(uow, paper)
    if guest.status == LEFT_OUT:
        guests.change(uow, replace(guest, status=dues.after_change(guest)))
    at = 0 if paper.done else way(survey.questions, paper.answers)[-1]
    return await _show(uow, who, survey, paper, at)


async def decline(uow: UnitOfWork, who: Person, id_: int) -> Shown:
    """Leave the person in peace; they may still change their mind."""
    survey, guest = await _asked(uow, who, id_)
    if guest.status == ANSWERED:
        raise Refusal("toast.survey_answered")
    guests.change(uow, replace(guest, status=LEFT_OUT))
    community = await community_of(uow, who.community_id)
    return "survey.declined", showing.of_survey(community, survey)


async def say(
    uow: UnitOfWork, who: Person, id_: int, at: int, paper_id: str, answer: Answer
) -> Shown:
    """Keep the answer that was tapped (None: passed over), and show what comes next."""
    survey, guest, paper = await _held(uow, who, id_, paper_id)
    if at not in way(survey.questions, paper.answers):
        raise Refusal("toast.stale")
    if not survey.questions[at].takes(answer):
        raise Refusal("toast.stale")
    said = _with(paper, at, answer)
    return await _go_on(uow, who, survey, guest, said, at)


async def go_on(uow: UnitOfWork, who: Person, id_: int, at: int, paper_id: str) -> Shown:
    """Leave the question as it is: passed over, or with what was ticked and written."""
    survey, guest, paper = await _held(uow, who, id_, paper_id)
    if at not in way(survey.questions, paper.answers):
        raise Refusal("toast.stale")
    if not paper.answered(at):
        paper = _with(paper, at, None)
    return await _go_on(uow, who, survey, guest, paper, at)


async def tick(
    uow: UnitOfWork, who: Person, id_: int, at: int, paper_id: str, option: int, *, on: bool
) -> Shown:
    """Tick an option of several, or take the tick away; twice is once."""
    survey, _, paper = await _held(uow, who, id_, paper_id)
    asked = survey.questions[at] if at < len(survey.questions) else None
    if asked is None or asked.kind is not Kind.MULTIPLE or option >= asked.size:
        raise Refusal("toast.stale")
    if at not in way(survey.questions, paper.answers):
        raise Refusal("toast.stale")
    held = set(paper.answers.get(str(at)) or ())
    ticked = sorted(held | {option} if on else held - {option})
    paper = papers.change(uow, _with(paper, at, ticked))
    return await _show(uow, who, survey, paper, at)


async def back(uow: UnitOfWork, who: Person, id_: int, at: int, paper_id: str) -> Shown:
    """Show the question before this one, with what was answered."""
    survey, _, paper = await _held(uow, who, id_, paper_id)
    to = before(survey.questions, paper, at)
    return await _show(uow, who, survey, paper, to or 0)


async def change(uow: UnitOfWork, who: Person, id_: int, paper_id: str) -> Shown:
    """Show the first question again: every answer can be changed until the end."""
    survey, _, paper = await _held(uow, who, id_, paper_id)
    return await _show(uow, who, survey, paper, 0)


async def hear(
    uow: UnitOfWork, who: Person, id_: int, at: int, words: str, photo: str | None = None
) -> Shown:
    """Keep what was sent as the answer to question number `at`, and show what comes next.

    Raises Refusal when it is none: no number, no picture, or the survey is over.
    """
    survey, guest = await _asked(uow, who, id_)
    asked = survey.questions[at]
    answer: Answer = photo if asked.kind is Kind.PHOTO else words
    if asked.kind is Kind.NUMBER:
        community = await community_of(uow, who.community_id)
        answer = number_in(words, community.digits)
    if answer is None or answer == "":
        raise Refusal(_WANTED[asked.kind])
    if not survey.anonymous:
        paper = await papers.of(uow, who.community_id, id_, who.id)
        if paper is None:
            raise Refusal("toast.stale")
        return await _go_on(uow, who, survey, guest, _with(paper, at, answer), at)
    paper_id = await _paper_in_hand(uow, who, id_, at)
    line = number_shown(answer) if isinstance(answer, float) else str(answer)
    papers.add_line(uow, who.community_id, id_, short_code(_ID), at, line)
    uow.leaves_no_trace = True
    await dues.plan_shuffle(uow, survey)
    if paper_id is None:
        community = await community_of(uow, who.community_id)
        return "survey.line_kept", showing.of_survey(community, survey)
    return await go_on(uow, who, id_, at, paper_id)


async def _paper_in_hand(uow: UnitOfWork, who: Person, id_: int, at: int) -> str | None:
    """Return the id of the nameless paper that goes on at question number `at`; else None."""
    shown = showing.in_hand(uow, who.telegram_id)
    if shown is None or (shown.facts["id"], shown.facts.get("at")) != (id_, at):
        return None
    try:
        survey, _, paper = await _held(uow, who, id_, shown.facts["code"])
    except Refusal:
        return None
    return paper.id if at in way(survey.questions, paper.answers) else None


def waits_for(shown: Shown) -> tuple[int, int] | None:
    """Return the survey and the question to which the person's next message is the answer."""
    facts = shown[1]
    if facts.get("step") != "question" or Kind(facts["what"]) not in SENT:
        return None
    if facts["anonymous"] and facts["answered"]:
        return None  # what was written before cannot be found again
    return facts["id"], facts["at"]


async def ask_again(uow: UnitOfWork, who: Person, id_: int) -> int:
    """Ask for the case to be done again, about which the person is unsatisfied; its number.

    Raises Refusal when they are not, or when that case is not theirs to reopen now.
    """
    survey = await surveys.find(uow, who.community_id, id_)
    guest = await guests.find(uow, who.community_id, id_, who.id)
    paper = await papers.of(uow, who.community_id, id_, who.id)
    if survey is None or guest is None or paper is None or guest.case_number is None:
        raise Refusal("refusal.survey_not_meant")
    if not is_unsatisfied(survey.questions, paper):
        raise Refusal("toast.stale")
    case = await cases.move(uow, who, guest.case_number, "contest")
    return case.number


def _with(paper: Paper, at: int, answer: Answer) -> Paper:
    return replace(paper, answers={**paper.answers, str(at): answer})


async def _go_on(
    uow: UnitOfWork, who: Person, survey: Survey, guest: Guest, paper: Paper, at: int
) -> Shown:
    to = following(survey.questions, paper, at)
    if to is not None:
        return await _show(uow, who, survey, papers.change(uow, paper), to)
    papers.change(uow, replace(paper, done=True))
    if guest.status != ANSWERED:
        guests.change(uow, replace(guest, status=ANSWERED))
    community = await community_of(uow, who.community_id)
    again = await _again(uow, who, survey, guest, paper)
    return await _seen(uow, who, survey, showing.thanks(community, survey, paper, again))


async def _again(
    uow: UnitOfWork, who: Person, survey: Survey, guest: Guest, paper: Paper
) -> int | None:
    """Return the case that the person is unsatisfied with and may have done again."""
    if survey.anonymous or guest.case_number is None:
        return None
    if not is_unsatisfied(survey.questions, paper):
        return None
    try:
        case = await cases.allowed(uow, who, guest.case_number, "contest")
    except Refusal:
        return None
    return case.number


async def _show(uow: UnitOfWork, who: Person, survey: Survey, paper: Paper, at: int) -> Shown:
    community = await community_of(uow, who.community_id)
    guest = await guests.find(uow, who.community_id, survey.id, who.id)
    about = None if guest is None else guest.case_number
    return await _seen(uow, who, survey, showing.question(community, survey, paper, at, about))


async def _seen(uow: UnitOfWork, who: Person, survey: Survey, shown: Shown) -> Shown:
    if shown[0] == showing.SECRET:
        uow.leaves_no_trace = True
        await dues.plan_shuffle(uow, survey, waits=waits_for(shown) is not None)
    showing.hold(uow, who, shown)
    return shown
