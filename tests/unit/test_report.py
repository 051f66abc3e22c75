"""The dialogue of a report knows every step that a draft may be at."""

from typing import Any

import pytest

from bot.domain.draft import OPEN, Draft
from bot.services.draft import STEPS, step_of
from handlers import report
from tests.support.database import START


@pytest.mark.parametrize(
    ("facts", "step"),
    [
        ({}, "empty"),
        ({"words": "灯不亮"}, "place"),
        ({"photos": [{}]}, "place"),
        ({"words": "灯不亮", "building": "3"}, "unit"),
        ({"words": "灯不亮", "place": "3号楼"}, "kind"),
        ({"words": "灯不亮", "place": "3号楼", "kind": "lighting"}, "check"),
        ({"place": "3号楼", "kind": "lighting"}, "empty"),
    ],
)
def test_what_is_missing_is_the_next_step_and_the_dialogue_listens_there(
    facts: dict[str, Any], step: str
) -> None:
    draft = Draft(1, 1, 1, "report", {"words": "", "photos": [], **facts}, OPEN, START, START)
    assert step_of(draft) == step
    assert step in STEPS
    assert step in report.dialogue().states
