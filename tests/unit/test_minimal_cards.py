"""Every kind of letter in minimal mode: neither a door nor anybody's number stands in it."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest

from bot.domain.guarded import MARK, Guard, public
from bot.domain.letter import Drawing, Letter, LetterClass, Paper
from bot.domain.press import Press
from bot.services.community import Community
from bot.services.organisation_model import Organisation
from bot.texts import LANGUAGES, words
from handlers.cards import render
from tests.support.sandbox import EXAMPLE
from tests.unit.card_rules import CODE_LISTS, CODES, buttons, shown
from tests.unit.card_samples import EVERYTHING
from tests.unit.samples.facts import DOORSTEP, NOW, PROMISED

DOOR, PHONE = "1704", "13866665555"
SPOKEN = f"3号楼2单元{DOOR}漏水,电话138 6666-5555或{PHONE}"
ALONE = f",{DOOR}没人"  # nothing says that it is a door; of a case it is known
NEVER_WORDS = CODES | {"photos", "file", "backup", "link", "uid", "number", "rule"}
GIVEN = {"door": DOOR, "phone": PHONE, "tail": PHONE[-4:], "home": f"3号楼2单元 {DOOR}"}


def guard() -> Guard:
    organisation = Organisation.model_validate(tomllib.loads(EXAMPLE.read_text("utf-8")))
    return Community(organisation, words()["place"]).guard


GUARD = guard()
OF_SAMPLES = public(["020-1234567", "010-5550 1000", "010-5550 1234"])  # of the house itself
TO_HIDE = {  # kinds whose own samples have a door or somebody's number
    *("broadcast.lost", "call.card", "call.list", "case.card", "desk.phone", "finish.photo"),
    *("home_word.made", "people.card"),
    *(f"residence.{one}" for one in ("home", "word", "wrong", "bound", "wait", "leave", "end")),
    "residence.ended",
}


def letter(kind: str, facts: Mapping[str, Any], language: str = "zh_CN") -> Letter:
    stored = json.loads(json.dumps(facts))  # as it comes out of the outbox
    given = (1, 1, 42, language, kind, stored, LetterClass.MUST_ARRIVE, False, NOW, 0)
    return Letter(*given)


def minimal(kind: str, facts: Mapping[str, Any], language: str = "zh_CN") -> Drawing:
    return render(GUARD.letter(letter(kind, facts, language)), NOW)


def planted(facts: Any, said: str, name: str = "") -> Any:
    """Return the facts with doors and numbers wherever somebody's words or data stand."""
    if isinstance(facts, dict):
        found = {key: planted(value, said, key) for key, value in facts.items()}
        return found | {"door": DOOR, "knows_door": True} if name == "case" else found
    if isinstance(facts, list | tuple):
        return facts if name in CODE_LISTS else [planted(one, said, name) for one in facts]
    if isinstance(facts, str) and name not in NEVER_WORDS:
        return GIVEN.get(name, said)
    return facts


def read_of(drawing: Drawing) -> str:
    """Return all that is read of a letter: its text, its labels, the paper below it."""
    paper = drawing.makes if isinstance(drawing.makes, Paper) else Paper("", "", ())
    parts = [shown(drawing) if drawing.text else "", *(one.label for one in buttons(drawing))]
    parts += [drawing.instead, drawing.placeholder, paper.name, paper.title, *paper.lines]
    return "\n".join([*parts, *chain.from_iterable(drawing.keyboard)])


def betrayed(text: str) -> list[str]:
    figures = re.sub(r"[\s-]", "", text)
    return [one for one in (DOOR, PHONE, PHONE[-4:]) if one in figures]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_letter_shows_a_door_or_a_number(language: str) -> None:
    plain, kinds = 0, set()
    for kind, facts in EVERYTHING:
        given = planted(facts, SPOKEN + ALONE if "case" in facts else SPOKEN)
        drawing = minimal(kind, given, language)
        assert betrayed(read_of(drawing)) == [], (kind, read_of(drawing))
        plain += bool(betrayed(read_of(render(letter(kind, given, language), NOW))))
        kinds |= {kind} if MARK in read_of(drawing) else set()
    assert plain > 300, "without the mode they would"
    assert len(kinds) > 100, "and a mark stands in their place"


def test_every_sample_is_drawn_as_ever_where_there_is_nothing_to_hide() -> None:
    """No fact that is a code, an instant or an id is taken for a number or a door."""
    held = replace(GUARD, public=GUARD.public | OF_SAMPLES)
    drawn = [(kind, letter(kind, facts)) for kind, facts in EVERYTHING]
    different = {kind for kind, one in drawn if render(held.letter(one), NOW) != render(one, NOW)}
    assert different == TO_HIDE


def pressed(kind: str, **case: Any) -> list[tuple[str, str]]:
    """Return noun and verb of the buttons below a letter about a case with a door."""
    known = {**PROMISED, "place": f"3号楼2单元 {DOOR}", "door": DOOR, "knows_door": True, **case}
    view = {"view": "handler"} if kind == "case.card" else {}
    found = [
        Press.parse(one.data) for one in buttons(minimal(kind, {"case": known, "name": "", **view}))
    ]
    return [(one.noun, one.verb) for one in found if one is not None]


@pytest.mark.parametrize("kind", ["case.card", "task.agreed", "task.call_first", "late.half"])
def test_whoever_may_know_the_door_has_one_button_to_it(kind: str) -> None:
    assert pressed(kind).count(("guarded", "see")) == 1


def test_a_case_without_a_door_and_the_eyes_of_a_neighbour_have_no_such_button() -> None:
    assert ("guarded", "see") in pressed("case.card")
    assert ("guarded", "see") not in pressed("case.card", place="3号楼2单元", door=None)
    assert ("guarded", "see") not in pressed("case.card", knows_door=False)
    assert ("guarded", "see") in pressed("case.card", doorstep=DOORSTEP, place="大门", door=None)


def test_the_number_of_whoever_telephoned_is_behind_the_same_button() -> None:
    held = pressed("case.card", calls=True, staff=True, place="大门", door=None)
    assert ("guarded", "see") in held
    assert ("behalf", "phone") not in held
