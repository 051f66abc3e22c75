"""What came of a survey: how many took part, by building, and what the answers come to.

Nothing is shown of fewer than five nameless answers, and no percentage of fewer than five.
"""

from typing import Any

from bot.domain.survey import Survey
from bot.domain.survey_guest import ANSWERED, COUNTED
from bot.domain.survey_paper import FEWEST, Sums, sums
from bot.domain.survey_question import Kind, Question
from bot.services import survey_shown as showing
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import survey_guest as guests
from storage import survey_paper as papers

Facts = dict[str, Any]
ALBUM, MOST_ALBUMS = 10, 5


async def results(uow: UnitOfWork, survey: Survey) -> Facts:
    """Return everything that may be shown of it."""
    community = await community_of(uow, survey.community_id)
    at = survey.community_id, survey.id
    handed_in = await papers.handed_in(uow, *at)
    counts = await guests.counts(uow, *at)
    asked, answered = _part(counts)
    # Whoever could look again after each answer would see who gave which.
    hidden = survey.anonymous and (not survey.is_over or len(handed_in) < FEWEST)
    found = sums(survey.questions, handed_in, await papers.lines(uow, *at))
    shown = zip(survey.questions, found, strict=True)
    return {
        **showing.of_survey(community, survey),
        "community": community.name,
        "asked": asked,
        "answered": answered,
        "percent": _percent(answered, asked),
        "hidden": hidden,
        "missing": max(0, FEWEST - len(handed_in)),
        "buildings": _by_building(community, counts),
        "questions": [] if hidden else [_question(survey, one, held) for one, held in shown],
    }


def _question(survey: Survey, question: Question, held: Sums) -> Facts:
    hidden = survey.anonymous and 0 < held.n < FEWEST
    options = [{"n": n, "percent": held.percent(option)} for option, n in enumerate(held.options)]
    return {
        "what": question.kind.value,
        "words": question.words,
        "names": list(question.options),
        "n": held.n,
        "hidden": hidden,
        "options": [] if hidden else options,
        "mean": None if hidden or held.mean is None else f"{held.mean:g}",
        "groups": [] if hidden else [{"words": words, "n": n} for words, n in held.groups],
    }


def _part(counts: dict[tuple[str, str], int], building: str | None = None) -> tuple[int, int]:
    """Return how many were asked and how many took part, in one building or in all."""
    here = {key: n for key, n in counts.items() if building is None or key[0] == building}
    asked = sum(n for (_, status), n in here.items() if status in COUNTED)
    return asked, sum(n for (_, status), n in here.items() if status == ANSWERED)


def _by_building(community: Community, counts: dict[tuple[str, str], int]) -> list[Facts]:
    found = []
    codes = {building for building, _ in counts}
    for code in sorted(codes, key=lambda one: (not one, len(one), one)):  # no building last
        asked, answered = _part(counts, code)
        if asked:
            name = community.building_name(code) if code else None
            percent = _percent(answered, asked)
            found.append({"name": name, "asked": asked, "answered": answered, "percent": percent})
    return found


def _percent(part: int, whole: int) -> int | None:
    return None if whole < FEWEST else round(100 * part / whole)


async def sheets(uow: UnitOfWork, survey: Survey) -> Facts:
    """Return the rows of a workbook: sums, buildings, lines; of a survey with names each paper."""
    facts = await results(uow, survey)
    at = survey.community_id, survey.id
    handed_in = [] if facts["hidden"] else await papers.handed_in(uow, *at)
    shown = {n for n, one in enumerate(facts["questions"]) if not one["hidden"]}
    lines = [] if facts["hidden"] else await papers.lines(uow, *at)
    named: list[Facts] = []
    if not survey.anonymous:
        ids = [one.person_id for one in handed_in if one.person_id is not None]
        known = await people.find(uow, survey.community_id, ids)
        named = [
            {"name": known[one.person_id].name, "answers": dict(one.answers)}
            for one in handed_in
            if one.person_id is not None
        ]
        lines = [
            (int(number), answer)
            for one in handed_in
            for number, answer in one.answers.items()
            if isinstance(answer, str) and _is_written(survey, int(number))
        ]
    written = sorted((number, words) for number, words in lines if number in shown)
    return {**facts, "lines": written, "papers": named}


def _is_written(survey: Survey, number: int) -> bool:
    """Say whether the question is still there, and answered in words; a picture is none."""
    return number < len(survey.questions) and survey.questions[number].kind is not Kind.PHOTO


async def pictures(uow: UnitOfWork, survey: Survey) -> list[Facts]:
    """Return the pictures that were sent as answers, an album at a time, with whose they are.

    Nameless surveys ask for none.
    """
    if survey.anonymous:
        return []
    handed_in = await papers.handed_in(uow, survey.community_id, survey.id)
    ids = [one.person_id for one in handed_in if one.person_id is not None]
    known = await people.find(uow, survey.community_id, ids)
    found: list[Facts] = []
    for at, question in enumerate(survey.questions):
        sent = [
            (answer, known[one.person_id].name)
            for one in handed_in
            if question.kind is Kind.PHOTO
            and one.person_id in known
            and isinstance(answer := one.answers.get(str(at)), str)
        ]
        for start in range(0, len(sent), ALBUM):
            photos, names = zip(*sent[start : start + ALBUM], strict=True)
            found.append({"words": question.words, "photos": photos, "names": names})
    return found[:MOST_ALBUMS]
