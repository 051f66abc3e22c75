"""Files that are made as a letter goes out: each kind, and what cannot be made."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.delivery.made import Made, MadeFiles
from bot.domain.letter import FigureFile, Letter, LetterClass, Paper
from bot.paper import charts, notice, workbook
from bot.services import organisation
from bot.services.organisation_file import read_organisation
from storage.unit_of_work import Database
from tests.support.offline import ORGANISATION

LETTER = Letter(
    *(1, 1, 7, "zh_CN", "figures.sheet"),
    {"first": "2026-11-01", "last": "2026-11-30", "scope": 0},
    letter_class=LetterClass.MUST_ARRIVE,
    silent=False,
    due_at=datetime(2026, 11, 17, tzinfo=UTC),
    attempts=0,
)
PAPER = Paper("1127", "title", ("line",))


@pytest.fixture
async def files(empty: Database) -> MadeFiles:
    async with empty.begin() as uow:
        await organisation.import_organisation(uow, read_organisation(ORGANISATION))
    return MadeFiles(empty)


async def test_a_page_and_a_workbook_are_documents(files: MadeFiles) -> None:
    page = await files.make(LETTER, PAPER)
    assert page is not None
    assert page.document is not None
    assert page.document[0].startswith("1127.")
    book = await files.make(
        replace(LETTER, facts={**LETTER.facts, "scope": 99}), FigureFile.WORKBOOK
    )
    assert book is not None
    assert book.document is not None
    assert book.document[0].startswith("linli_2026-11-01_2026-11-30.")


@pytest.mark.parametrize("what", [FigureFile.CHARTS, FigureFile.TREND])
async def test_pictures_need_their_library_and_a_font(
    files: MadeFiles, monkeypatch: pytest.MonkeyPatch, what: FigureFile
) -> None:
    if charts.can_draw():
        made = await files.make(LETTER, what)
        assert made is not None
        assert made.pictures
        monkeypatch.setattr(charts, "fonts", list)
        assert await files.make(LETTER, what) is None
    monkeypatch.setattr(charts, "can_draw", lambda: False)
    assert await files.make(LETTER, what) is None


@pytest.mark.parametrize(
    ("where", "name", "what"),
    [
        (notice, "write", PAPER),
        (workbook, "write", FigureFile.WORKBOOK),
        (charts, "draw", FigureFile.CHARTS),
    ],
)
async def test_a_library_that_fails_costs_the_file_and_not_the_letter(
    files: MadeFiles, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, what: Any
) -> None:
    def fails(*_: Any) -> Made:
        raise ValueError("not today")

    monkeypatch.setattr(charts, "can_draw", lambda: True)
    monkeypatch.setattr(where, name, fails)
    assert await files.make(LETTER, what) is None
