"""What the clock does with surveys: begin, ask, remind the silent, end, tell, and shake the urn.

Everybody is asked by a row of their own, so that nobody is asked twice within a day, in their
quiet hours, or outside service hours. A row about somebody who has answered meanwhile is left to
fall due and does nothing: its instant must not tell when they answered.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain import callback as manners
from bot.domain import survey as rules
from bot.domain.area import BUILDING
from bot.domain.broadcast import Way
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED, LEFT_OUT, SILENT, WAITS, Guest
from bot.services import addressees, budget, digest, survey_whom
from bot.services import survey_shown as showing
from bot.services.community import Community, community_of
from bot.services.last_survey import last_survey
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import conversation, due, inbox, survey_letters
from storage import person as people
from storage import survey as surveys
from storage import survey_guest as guests
from storage import survey_paper as papers
from storage.due import Due

START, ASK, ENDS = "survey_start", "survey_ask", "survey_ends"
SHUFFLE, TELL, CARDS = "survey_shuffle", "survey_tell", "survey_cards"
PAGE = 100  # people in one transaction
_SHAKEN = timedelta(minutes=1)
_WAITED = timedelta(minutes=31)  # by then words are no longer waited for; see handlers/awaited.py
_START_OF_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def row(survey: Survey, kind: str, at: datetime, occurrence: str = "0") -> Due:
    """Return what falls due about the whole survey."""
    return Due(survey.community_id, kind, str(survey.id), occurrence, at)


def plan_next(uow: UnitOfWork, survey: Survey, kind: str, after: int) -> None:
    """Plan the next page of people, behind the person `after`, in a transaction of its own."""
    due.plan_new(uow, row(survey, kind, uow.now, str(after)))


async def start(uow: UnitOfWork, planned: Due) -> None:
    """Let the survey begin: a page of those who are meant now, and the next page after it."""
    survey = await surveys.find(uow, planned.community_id, int(planned.subject))
    if survey is None or not (survey.can("start") or survey.is_open):
        return
    if survey.can("start"):
        survey = surveys.change(uow, survey.moved("start"))
    community = await community_of(uow, survey.community_id)
    meant = await survey_whom.meant(uow, community, survey, int(planned.occurrence), PAGE)
    for person, number in meant:
        if survey_whom.can_be_asked(person):
            await _take_in(uow, community, survey, person, number)
    if len(meant) == PAGE:
        plan_next(uow, survey, START, meant[-1][0].id)


async def _take_in(
    uow: UnitOfWork, community: Community, survey: Survey, person: Person, number: int | None
) -> None:
    building = await building_of(uow, community, person)
    if await guests.find(uow, survey.community_id, survey.id, person.id) is not None:
        return  # found it among the news since the page before
    guest = Guest(survey.community_id, survey.id, person.id, building, case_number=number)
    guests.add(uow, guest)
    due.plan_new(uow, _row_for(community, guest, uow.now))


async def building_of(uow: UnitOfWork, community: Community, person: Person) -> str:
    """Return the code of the building under which the person's part is counted; else nothing."""
    area = community.area_of_home(person.home)
    if area.building is None:
        found = await addressees.areas_of(uow, person)
        area = next((one for one in found if one.building), area)
    return area.codes()[BUILDING] or ""


def _row_for(community: Community, guest: Guest, at: datetime) -> Due:
    """Return the due row: its occurrence is which time round, and the minute planned for it."""
    minute = community.calendar.local(at).strftime("%Y-%m-%dT%H:%M")
    subject = f"{guest.survey_id}/{guest.person_id}"
    return Due(guest.community_id, ASK, subject, f"{guest.asked_times}/{minute}", at)


async def ask(uow: UnitOfWork, planned: Due) -> None:
    """Ask one person, or remind them; nobody who has answered, and not outside the manners."""
    survey_id, _, person_id = planned.subject.partition("/")
    survey = await surveys.find(uow, planned.community_id, int(survey_id))
    guest = await guests.find(uow, planned.community_id, int(survey_id), int(person_id))
    if survey is None or guest is None or not survey.is_open:
        return
    times = int(planned.occurrence.partition("/")[0])
    if guest.status not in {WAITS, SILENT} or guest.asked_times != times:
        return
    person = (await people.find(uow, guest.community_id, [guest.person_id]))[guest.person_id]
    if person.blocked_at is not None or person.block_id is not None:
        guests.change(uow, replace(guest, status=LEFT_OUT))
        return
    community = await community_of(uow, guest.community_id)
    may = await _may_ask_from(uow, community, person)
    if may > uow.now:
        if may < survey.ends_at:
            await due.plan(uow, _row_for(community, guest, may))
        return
    await _ask(uow, community, survey, guest, person)


async def _may_ask_from(uow: UnitOfWork, community: Community, person: Person) -> datetime:
    last = await last_survey(uow, person.community_id, person.id)
    quiet = Settings.of(person).hours(person, community.quiet)
    return manners.may_ask_from(community.calendar, uow.now, last, quiet)


async def _ask(
    uow: UnitOfWork, community: Community, survey: Survey, guest: Guest, person: Person
) -> None:
    way, when = await budget.way_of_survey(uow, community, person)
    if way is Way.DIGEST and when >= survey.ends_at:
        return  # it would come too late; until then it stands among the news
    times = guest.asked_times
    asked = replace(guest, status=SILENT, asked_at=when, asked_times=times + 1)
    guests.change(uow, asked)
    survey_letters.add(uow, guest.community_id, survey.id, person.id, times, way, when)
    if way is Way.DIGEST:
        await digest.plan(uow, guest.community_id, when)
    else:
        facts = showing.invitation(community, survey, guest.case_number, again=times > 0)
        tell(uow, person, "survey.invite", silent=True, **facts)
    at = rules.reminded_at(survey, when, asked.asked_times)
    if at is not None:
        await due.plan(uow, _row_for(community, asked, at))


def after_change(guest: Guest) -> str:
    """Return how somebody stands who takes part after all."""
    return SILENT if guest.asked_times else WAITS


async def end(uow: UnitOfWork, planned: Due) -> None:
    """End the survey at its time."""
    survey = await surveys.find(uow, planned.community_id, int(planned.subject))
    if survey is not None and survey.can("end"):
        await end_now(uow, survey)


async def end_now(uow: UnitOfWork, survey: Survey) -> Survey:
    """End it: what was not handed in is thrown away, and whoever asked hears of it."""
    ends_at = min(survey.ends_at, uow.now)  # before its time, when whoever asks wants it so
    ended = surveys.change(uow, replace(survey.moved("end"), ends_at=ends_at))
    await _shake(uow, survey, uow.now, unfinished=False)
    plan_next(uow, ended, CARDS, 0)
    community = await community_of(uow, survey.community_id)
    found = await people.find(uow, survey.community_id, [survey.asked_by])
    answered = await how_many(uow, survey, ANSWERED)
    for one in found.values():
        facts = showing.of_survey(community, ended)
        tell(uow, one, "compose.ended", answered=answered, **facts)
    return ended


async def how_many(uow: UnitOfWork, survey: Survey, *statuses: str) -> int:
    """Return how many of those who are meant stand so."""
    held = await guests.counts(uow, survey.community_id, survey.id)
    return sum(n for (_, status), n in held.items() if status in statuses)


async def plan_shuffle(uow: UnitOfWork, survey: Survey, *, waits: bool = False) -> None:
    """Plan to write everything anew soon, so that nothing shows who answered last.

    Until then rows of one transaction can be told from others by its number, in PostgreSQL.
    Where the person's words are waited for it is done once more when nobody waits any longer.
    """
    soon = uow.now + _SHAKEN - (uow.now - _START_OF_TIME) % _SHAKEN
    await _plan_shuffle_at(uow, survey, soon)
    if waits:
        await _plan_shuffle_at(uow, survey, soon + _WAITED)


async def _plan_shuffle_at(uow: UnitOfWork, survey: Survey, at: datetime) -> None:
    planned = row(survey, SHUFFLE, at, at.isoformat())
    if not await due.is_known(uow, planned):
        due.plan_new(uow, planned)


async def shuffle(uow: UnitOfWork, planned: Due) -> None:
    """Write papers and people anew, each in an order that has nothing to do with time."""
    survey = await surveys.find(uow, planned.community_id, int(planned.subject))
    if survey is not None and survey.is_open:
        await _shake(uow, survey, planned.due_at, unfinished=True)


async def _shake(uow: UnitOfWork, survey: Survey, planned: datetime, *, unfinished: bool) -> None:
    """Write it anew; forget whose updates it was made of, and who stopped at which question."""
    at = survey.community_id, survey.id
    await inbox.forget_who(uow, planned - 2 * _SHAKEN)
    await conversation.end_old(uow, showing.DIALOGUE, uow.now - _WAITED)
    await papers.write_anew(uow, *at, unfinished=unfinished)
    await guests.write_anew(uow, *at)
    uow.forgets_now = True
