"""What was answered. Nameless papers and lines lie in the order of ids drawn by chance."""

from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.domain.survey_paper import Paper
from storage.tables import survey_lines, survey_papers
from storage.unit_of_work import UnitOfWork

_OF = (survey_papers.c.community_id == bindparam("community")) & (
    survey_papers.c.survey_id == bindparam("survey")
)
_LINE_OF = (survey_lines.c.community_id == bindparam("community")) & (
    survey_lines.c.survey_id == bindparam("survey")
)
_ADD = insert(survey_papers)
_ONE = select(survey_papers).where(_OF, survey_papers.c.id == bindparam("wanted"))
_BY_PERSON = (
    select(survey_papers)
    .where(_OF, survey_papers.c.person_id == bindparam("person"))
    .order_by(survey_papers.c.id)
)
_CHANGE = (
    update(survey_papers)
    .where(_OF, survey_papers.c.id == bindparam("wanted"))
    .values(answers=bindparam("said"), done=bindparam("is_done"))
)
_ALL = select(survey_papers).where(_OF).order_by(survey_papers.c.id)
_TAKE_OUT = delete(survey_papers).where(_OF)
_ADD_LINE = insert(survey_lines)
_LINES = select(survey_lines).where(_LINE_OF).order_by(survey_lines.c.id)
_TAKE_OUT_LINES = delete(survey_lines).where(_LINE_OF)


def _paper(row: Row[Any]) -> Paper:
    return Paper(**row._asdict())


def add(uow: UnitOfWork, one: Paper) -> Paper:
    """Add one; return it."""
    uow.write(
        _ADD,
        {
            "community_id": one.community_id,
            "survey_id": one.survey_id,
            "id": one.id,
            "answers": dict(one.answers),
            "done": one.done,
            "person_id": one.person_id,
        },
    )
    return one


def change(uow: UnitOfWork, one: Paper) -> Paper:
    """Write what is answered; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "survey": one.survey_id,
            "wanted": one.id,
            "said": dict(one.answers),
            "is_done": one.done,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, survey_id: int, id_: str) -> Paper | None:
    """Return the paper with this id."""
    values = {"community": community_id, "survey": survey_id, "wanted": id_}
    row = await uow.first(_ONE, values)
    return None if row is None else _paper(row)


async def of(uow: UnitOfWork, community_id: int, survey_id: int, person_id: int) -> Paper | None:
    """Return the person's paper of a survey with names."""
    values = {"community": community_id, "survey": survey_id, "person": person_id}
    row = await uow.first(_BY_PERSON, values)
    return None if row is None else _paper(row)


async def handed_in(uow: UnitOfWork, community_id: int, survey_id: int) -> list[Paper]:
    """Return every paper that counts, by its id."""
    values = {"community": community_id, "survey": survey_id}
    return [one for row in await uow.read(_ALL, values) if (one := _paper(row)).done]


def add_line(
    uow: UnitOfWork, community_id: int, survey_id: int, id_: str, question: int, words: str
) -> None:
    """Keep what somebody wrote to a question, apart from everything else."""
    uow.write(
        _ADD_LINE,
        {
            "community_id": community_id,
            "survey_id": survey_id,
            "id": id_,
            "question": question,
            "words": words,
        },
    )


async def lines(uow: UnitOfWork, community_id: int, survey_id: int) -> list[tuple[int, str]]:
    """Return what was written to which question, in an order that means nothing."""
    values = {"community": community_id, "survey": survey_id}
    return [(row.question, row.words) for row in await uow.read(_LINES, values)]


async def write_anew(
    uow: UnitOfWork, community_id: int, survey_id: int, *, unfinished: bool = True
) -> None:
    """Write all papers and lines again, by their ids: nothing tells any more which came last.

    Without `unfinished` what was never handed in is thrown away.
    """
    values = {"community": community_id, "survey": survey_id}
    papers = [_paper(row) for row in await uow.read(_ALL, values)]
    written = list(await uow.read(_LINES, values))
    await uow.write_now(_TAKE_OUT, values)
    await uow.write_now(_TAKE_OUT_LINES, values)
    for one in papers:
        if one.done or unfinished:
            add(uow, one)
    for line in written:
        add_line(uow, community_id, survey_id, line.id, line.question, line.words)
