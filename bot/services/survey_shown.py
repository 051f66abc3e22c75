"""What is said of a survey: to whoever asks, and to those who are asked."""

from typing import Any

from bot.domain.letter import Letter, LetterClass
from bot.domain.person import Person
from bot.domain.survey import Survey, moves_for
from bot.domain.survey_paper import Paper, before
from bot.domain.survey_question import SENT
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork

DIALOGUE = "survey"  # where somebody stands whose words are waited for
NAMED, SECRET = "survey.paper", "survey.secret"
_HANDS, _MOST_HANDS = "papers in hand", 5000
Facts = dict[str, Any]
Shown = tuple[str, Facts]  # a kind of letter, and its facts


def of_survey(community: Community, survey: Survey) -> Facts:
    """Return what every letter about a survey says."""
    return {
        "id": survey.id,
        "version": survey.version,
        "title": survey.title,
        "n": len(survey.questions),
        "anonymous": survey.anonymous,
        "starts": survey.starts_at.isoformat(),
        "ends": survey.ends_at.isoformat(),
        "zone": community.zone,
        "open": survey.is_open,
        "over": survey.is_over,
        "moves": moves_for(survey),
    }


def invitation(
    community: Community, survey: Survey, about: int | None, *, again: bool = False
) -> Facts:
    """Return what an invitation says; `about` is the case of whoever is asked."""
    return {**of_survey(community, survey), "again": again, "about": about}


def question(
    community: Community, survey: Survey, paper: Paper, at: int, about: int | None = None
) -> Shown:
    """Return question number `at` of the paper, with what was answered so far."""
    asked = survey.questions[at]
    facts = {
        **of_survey(community, survey),
        "step": "question",
        "code": paper.id,
        "at": at,
        "about": about,
        "what": asked.kind.value,
        "words": asked.words,
        "options": list(asked.options),
        "size": asked.size,
        "answer": None if asked.kind in SENT else paper.answers.get(str(at)),
        "answered": paper.answered(at),
        "back": before(survey.questions, paper, at) is not None,
    }
    return (SECRET if survey.anonymous else NAMED), facts


def thanks(community: Community, survey: Survey, paper: Paper, again: int | None) -> Shown:
    """Return the thanks; `again` is the case that can be done again."""
    facts = {**of_survey(community, survey), "step": "thanked", "code": paper.id, "again": again}
    return (SECRET if survey.anonymous else NAMED), facts


def hold(uow: UnitOfWork, who: Person, shown: Shown) -> None:
    """Keep in memory which nameless paper is in the person's hand; nothing of it is written.

    It spares a press: what they write or type next can go on with the same paper. After a
    restart they press once more.
    """
    hands: dict[int, Letter] = uow.kept.setdefault(_HANDS, {})
    hands.pop(who.telegram_id, None)
    kind, facts = shown
    if kind != SECRET:
        return
    if len(hands) >= _MOST_HANDS:
        del hands[next(iter(hands))]
    hands[who.telegram_id] = Letter(
        id=0,
        community_id=who.community_id,
        chat_id=who.telegram_id,
        language=who.language,
        kind=kind,
        facts=facts,
        letter_class=LetterClass.IDEMPOTENT,
        silent=True,
        due_at=uow.now,
        attempts=0,
    )


def in_hand(uow: UnitOfWork, telegram_id: int) -> Letter | None:
    """Return what the person was shown last of a nameless paper, while this process lives."""
    hands: dict[int, Letter] = uow.kept.get(_HANDS, {})
    return hands.get(telegram_id)
