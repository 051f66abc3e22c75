"""The limits of each kind of case as the organisation file names them, teams, and the example."""

import tomllib
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.callback import CHECK_RATE, LATER_CATEGORIES
from bot.domain.limits import DEFAULTS, TERMS, Limits, Terms
from bot.domain.permission import check, may, moves_for
from bot.domain.refusal import Refusal
from bot.sandbox.guest import EXAMPLE
from bot.services.community import Community
from bot.services.organisation_file import (
    Organisation,
    OrganisationFault,
    check_organisation,
    read_organisation,
)
from bot.texts import words
from tests.unit.move_rules import NOW, a_case, an_actor


def with_(**changes: Any) -> dict[str, Any]:
    return {**tomllib.loads(EXAMPLE.read_text("utf-8")), "routes": [], "seats": [], **changes}


@pytest.fixture(scope="module")
def example() -> Organisation:
    return read_organisation(EXAMPLE)


def test_the_example_names_a_whole_neighbourhood(example: Organisation) -> None:
    assert example.community.street
    assert all(one.branch for one in example.companies)
    assert example.grids
    assert example.homes
    assert {one.estate for one in example.buildings} == {one.code for one in example.estates}
    assert all(one.floors for one in example.buildings)
    assert {"110", "119", "120"} <= {one.phone for one in example.emergencies}
    assert any(one.teams for one in example.people)


def test_the_example_has_the_categories_of_the_rules(example: Organisation) -> None:
    rules = (
        "lift utilities lighting sanitation greening parking noise pets fire_safety access"
        " building neighbours service care suggestion other"
    )
    assert sorted(one.code for one in example.categories) == sorted(rules.split())
    assert len({one.icon for one in example.categories}) == 16
    assert len({one.name.zh_CN for one in example.categories}) == 16
    assert all(one.keywords for one in example.categories if one.code != "other")


def test_the_example_has_the_people_that_others_rely_on(example: Organisation) -> None:
    alone = Counter(one.roles[0].value for one in example.people if len(one.roles) == 1)
    assert alone["resident"] >= 4
    assert alone["volunteer"] == 2
    for role in ("property_staff", "dispatcher", "grid_worker", "supervisor", "organizer", "admin"):
        assert alone[role] == 1, role
    assert any(len(one.roles) > 1 for one in example.people)
    residents = [one for one in example.people if [str(role) for role in one.roles] == ["resident"]]
    assert (residents[0].name, residents[0].home) == ("李阿姨", "3-2")
    assert any(one.home is None for one in residents)
    assert [one.name for one in residents if one.language == "en"] == ["Emma"]


def test_the_example_states_the_usual_limits(example: Organisation) -> None:
    assert {one.kind for one in example.clocks} == set(DEFAULTS)
    assert {kind: example.limits_of(kind) for kind in DEFAULTS} == dict(DEFAULTS)
    assert example.terms.meant() == TERMS


def test_terms_that_are_named_count() -> None:
    read = check_organisation(with_(terms={"contest": "7 days", "returns": 0}), "mine.toml")
    assert read.terms.meant() == Terms(contest=timedelta(days=7), returns=0)
    assert Organisation.model_validate(read.model_dump(mode="json")) == read


def test_terms_decide_what_may_be_done() -> None:
    closed = a_case("closed_solved", closed_at=NOW - timedelta(days=8))
    week = Terms(contest=timedelta(days=7), returns=0)
    assert may(closed, "contest", an_actor("reporter"), NOW)
    assert not may(closed, "contest", an_actor("reporter"), NOW, week)
    at_work = a_case("in_progress")
    assert "return_" in moves_for(at_work, an_actor("handler"), NOW)
    assert "return_" not in moves_for(at_work, an_actor("handler"), NOW, week)
    with pytest.raises(Refusal, match="returned_twice"):
        check(at_work, "return_", an_actor("handler"), NOW, given=["reason"], terms=week)


def test_minimal_mode_is_off_until_it_is_wished_for(example: Organisation) -> None:
    left_out = {name: one for name, one in with_().items() if name != "privacy"}
    for read, minimal in (
        (example, False),
        (check_organisation(left_out, "mine.toml"), False),
        (check_organisation(with_(privacy={"minimal": True}), "mine.toml"), True),
    ):
        assert Community(read, words()["place"]).minimal is minimal


def test_the_callback_is_as_usual_or_as_it_is_said(example: Organisation) -> None:
    assert example.callback.check_rate == CHECK_RATE
    usual = Community(example, words()["place"])
    later = {one.code for one in example.categories if usual.asks_later(one.code)}
    assert later == LATER_CATEGORIES
    said = [
        {**one.model_dump(mode="json"), "later": one.code == "lighting"}
        for one in example.categories
    ]
    read = check_organisation(with_(categories=said, callback={"check_rate": 0.25}), "mine.toml")
    mine = Community(read, words()["place"])
    assert mine.check_rate == 0.25
    assert {one["code"] for one in said if mine.asks_later(one["code"])} == {"lighting"}


def test_limits_may_be_left_out() -> None:
    document = with_()
    for name in ("clocks", "terms", "teams", "people"):
        del document[name]
    for name in ("urgent_words", "calm_words"):
        del document["community"][name]
    for building in document["buildings"]:
        del building["floors"]
    least = check_organisation(document, "mine.toml")
    assert least.terms.meant() == TERMS
    assert {kind: least.limits_of(kind) for kind in DEFAULTS} == dict(DEFAULTS)


@pytest.mark.parametrize(
    ("step", "said", "meant"),
    [
        ("dispatch", "45 min", timedelta(minutes=45)),
        ("claim", "1 h", timedelta(hours=1)),
        ("contact", "2 days", timedelta(days=2)),
        ("solution", "1 day", timedelta(days=1)),
        ("solution", "4 working days", timedelta(days=4)),
        ("solution", "1 working day", timedelta(days=1)),
    ],
)
def test_a_limit_that_is_named_counts_and_the_others_stay(
    step: str, said: str, meant: timedelta
) -> None:
    for kind in DEFAULTS:
        changed = check_organisation(with_(clocks=[{"kind": kind, step: said}]), "mine.toml")
        usual = {name: getattr(DEFAULTS[kind], name) for name in Limits.__slots__}
        if step == "solution":
            usual["working_days"] = "working" in said
        assert changed.limits_of(kind) == Limits(**usual | {step: meant})
        assert Organisation.model_validate(changed.model_dump(mode="json")) == changed


ONE = {"code": "gate", "estate": "east", "name": "Gate"}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"clocks": [{"kind": "order"}] * 2}, "clocks no. 2: kind 'order' stands twice"),
        ({"clocks": [{"kind": "no"}]}, "clocks no. 1, kind: one of emergency, utility, order"),
        ({"clocks": [{"claim": "1 h"}]}, "clocks no. 1, kind: Field required"),
        ({"clocks": [{"kind": "order", "claim": "soon"}]}, "clocks no. 1, claim: a time such as"),
        ({"clocks": [{"kind": "order", "claim": "2h"}]}, "clocks no. 1, claim: a time such as"),
        ({"clocks": [{"kind": "order", "claim": 2}]}, "clocks no. 1, claim: Input should be"),
        ({"clocks": [{"kind": "order", "soon": "2 h"}]}, "clocks no. 1, soon: Extra inputs"),
        (
            {"clocks": [{"kind": "order", "claim": "2 working days"}]},
            "clocks no. 1, claim: only the solution is counted in working days",
        ),
        ({"terms": {"contest": "two weeks"}}, "terms, contest: a time such as"),
        ({"callback": {"check_rate": 1.5}}, "callback, check_rate: Input should be less"),
        ({"terms": {"returns": -1}}, "terms, returns: Input should be greater"),
        (
            {"teams": [{"code": "a", "name": "A"}] * 2, "people": []},
            "teams no. 2: code 'a' stands twice",
        ),
        ({"teams": [{"code": "a"}], "people": []}, "teams no. 1, name: Field required"),
        (
            {"people": [{"telegram_id": 7, "name": "Li", "teams": ["night"]}]},
            "people no. 1, teams: there is no team 'night'",
        ),
        ({"spots": [{**ONE, "code": "3"}]}, "spots no. 1: code '3' stands twice"),
    ],
)
def test_a_fault_is_named_by_file_table_and_field(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(OrganisationFault) as found:
        check_organisation(with_(**changes), "mine.toml")
    (fault,) = str(found.value).split("\n")
    assert fault.startswith(f"mine.toml: {sentence}")
    assert fault.endswith(".")
