"""The organisation file: the example is valid, and each fault is a sentence that says where."""

import tomllib
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.guest import EXAMPLE
from bot.services.organisation_file import (
    Organisation,
    OrganisationFault,
    check_organisation,
    read_organisation,
)

Document = dict[str, Any]
Harm = Callable[[Document], None]


REFER = ("homes", "grids", "committees", "groups", "routes", "seats")  # to rows of others


def document() -> Document:
    """Return the example without what refers to its rows: one fault is one sentence."""
    whole = tomllib.loads(EXAMPLE.read_text("utf-8"))
    return {name: held for name, held in whole.items() if name not in REFER}


def faults(harmed: Document) -> list[str]:
    with pytest.raises(OrganisationFault) as fault:
        check_organisation(harmed, "town.toml")
    return str(fault.value).splitlines()


def test_the_example_is_valid_and_complete() -> None:
    read = read_organisation(EXAMPLE)
    assert read.community.code == "xingfuli"
    assert len(read.estates) == 2
    assert len(read.people) == 15
    assert [one.code for one in read.categories][-1] == "other"
    assert len(read.categories) == 16
    assert set(Organisation.model_fields) == {*document(), *REFER}


def test_what_is_kept_is_read_back_the_same() -> None:
    read = read_organisation(EXAMPLE)
    assert Organisation.model_validate(read.model_dump(mode="json")) == read


def test_what_may_be_left_out_may_be_left_out() -> None:
    small = document()
    for name in ("emergencies", "companies", "spots", "people"):
        del small[name]
    for name in ("opens", "closes", "street", "urgent_words"):
        del small["community"][name]
    read = check_organisation(small, "town.toml")
    assert (read.community.opens.hour, read.community.closes.hour) == (8, 20)


def _drop(table: str, field: str | None = None) -> Harm:
    def harm(given: Document) -> None:
        if field is None:
            del given[table]
        else:
            one = given[table]
            del (one[0] if isinstance(one, list) else one)[field]

    return harm


def _set(table: str, number: int | None, field: str, value: Any) -> Harm:
    def harm(given: Document) -> None:
        one = given[table] if number is None else given[table][number]
        one[field] = value

    return harm


def _repeat(table: str) -> Harm:
    def harm(given: Document) -> None:
        given[table].append(deepcopy(given[table][0]))

    return harm


def _whole(table: str, value: Any) -> Harm:
    def harm(given: Document) -> None:
        given[table] = value

    return harm


@pytest.mark.parametrize(
    ("harm", "pieces"),
    [
        (_drop("community"), ["community"]),
        (_drop("estates"), ["estates"]),
        (_drop("buildings"), ["buildings"]),
        (_drop("categories"), ["categories"]),
        (_whole("estates", []), ["estates"]),
        (_whole("buildings", []), ["buildings"]),
        (_whole("categories", []), ["categories"]),
        (_whole("community", "text"), ["community"]),
        (_whole("people", {"name": "x"}), ["people"]),
        (_whole("peple", []), ["peple"]),
        (_drop("community", "name"), ["community", "name"]),
        (_drop("community", "phone"), ["community", "phone"]),
        (_drop("community", "time_zone"), ["community", "time_zone"]),
        (_drop("estates", "code"), ["estates no. 1", "code"]),
        (_drop("buildings", "units"), ["buildings no. 1", "units"]),
        (_drop("categories", "kind"), ["categories no. 1", "kind"]),
        (_drop("people", "telegram_id"), ["people no. 1", "telegram_id"]),
        (_set("community", None, "time_zone", "Asia/Nowhere"), ["time_zone", "Asia/Nowhere"]),
        (_set("community", None, "time_zone", "../etc"), ["community", "time_zone"]),
        (_set("community", None, "time_zone", "Asia"), ["community", "time_zone", "Asia"]),
        (_set("community", None, "time_zone", "a" * 9999), ["community", "time_zone"]),
        (_set("community", None, "time_zone", ""), ["community", "time_zone"]),
        (_set("community", None, "opens", "20:00"), ["community", "opens", "closes"]),
        (_set("community", None, "opens", "25:00"), ["community", "opens"]),
        (_set("community", None, "opens", "08:00Z"), ["community", "opens"]),
        (_set("community", None, "opens", 8), ["community", "opens"]),
        (_set("community", None, "code", "Happy Town"), ["community", "code"]),
        (_set("community", None, "name", ""), ["community", "name"]),
        (_set("community", None, "name", "x" * 41), ["community", "name", "40"]),
        (_set("community", None, "colour", "red"), ["community", "colour"]),
        (_set("buildings", 1, "units", -1), ["buildings no. 2", "units"]),
        (_set("buildings", 1, "units", 31), ["buildings no. 2", "units", "30"]),
        (_set("buildings", 1, "units", "many"), ["buildings no. 2", "units"]),
        (_set("buildings", 2, "code", "3:4"), ["buildings no. 3", "code"]),
        (_set("buildings", 2, "code", "号" * 5), ["buildings no. 3", "code"]),
        (_set("buildings", 2, "name", "x" * 17), ["buildings no. 3", "name"]),
        (_set("buildings", 2, "estate", "north"), ["buildings no. 3", "estate", "north"]),
        (_set("spots", 0, "estate", "north"), ["spots no. 1", "estate", "north"]),
        (_set("spots", 0, "code", "x" * 17), ["spots no. 1", "code"]),
        (_set("categories", 3, "kind", "urgent"), ["categories no. 4", "kind", "repair"]),
        (_set("categories", 3, "icon", ""), ["categories no. 4", "icon"]),
        (_set("categories", 3, "code", "Lift"), ["categories no. 4", "code"]),
        (_set("categories", 3, "name", {"en": "Lift"}), ["categories no. 4", "name", "zh_CN"]),
        (_set("categories", 3, "name", "Lift"), ["categories no. 4", "name"]),
        (_set("categories", 3, "keywords", {"x": "y"}), ["categories no. 4", "keywords", "x"]),
        (_set("categories", 3, "keywords", {"": 3}), ["categories no. 4", "keywords"]),
        (_set("categories", 3, "keywords", {"x": -1}), ["categories no. 4", "keywords", "x"]),
        (_set("categories", 3, "keywords", {"x": float("nan")}), ["categories no. 4", "keywords"]),
        (_set("people", 4, "roles", ["king"]), ["people no. 5", "roles", "dispatcher"]),
        (_set("people", 4, "roles", "dispatcher"), ["people no. 5", "roles"]),
        (_set("people", 4, "telegram_id", 0), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "telegram_id", 10**20), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "telegram_id", 1 << 60), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "telegram_id", True), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "telegram_id", "7000005"), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "name", "Em\0ma"), ["people no. 5", "name", "control"]),
        (_set("people", 4, "name", "Em\nma"), ["people no. 5", "name", "control"]),
        (_set("community", None, "on_duty", [10**20]), ["community", "on_duty no. 1"]),
        (_set("community", None, "urgent_words", ["gas", "\x1b"]), ["urgent_words no. 2"]),
        (_set("categories", 3, "keywords", {"\x07": 1}), ["categories no. 4", "keywords"]),
        (_set("people", 4, "telegram_id", "@emma"), ["people no. 5", "telegram_id"]),
        (_set("people", 4, "language", "de"), ["people no. 5", "language", "zh_CN"]),
        (_set("people", 4, "home", "99-1"), ["people no. 5", "home", "99-1"]),
        (_set("people", 4, "home", "3-4"), ["people no. 5", "home", "3-4"]),
        (_set("people", 4, "name", " "), ["people no. 5", "name"]),
        (_set("emergencies", 0, "phone", None), ["emergencies no. 1", "phone"]),
        (_repeat("estates"), ["estates", "code", "'east'", "twice"]),
        (_repeat("buildings"), ["buildings", "code", "'1'", "twice"]),
        (_repeat("spots"), ["spots", "code", "'gate'", "twice"]),
        (_repeat("categories"), ["categories", "code", "'lighting'", "twice"]),
        (_repeat("people"), ["people", "telegram_id", "7000001", "twice"]),
    ],
)
def test_each_fault_is_one_sentence_with_file_table_and_field(
    harm: Harm, pieces: list[str]
) -> None:
    harmed = document()
    harm(harmed)
    named = faults(harmed)
    (sentence,) = [one for one in named if all(piece in one for piece in pieces)]
    assert sentence.startswith("town.toml: ")
    assert sentence.endswith(".")
    assert all("there is no" in one for one in named if one != sentence)  # who pointed there


def test_every_fault_is_named_at_once() -> None:
    harmed = document()
    for harm in (
        _set("community", None, "phone", ""),
        _set("buildings", 0, "units", -1),
        _set("people", 2, "language", "fr"),
        _drop("categories", "icon"),
    ):
        harm(harmed)
    found = faults(harmed)
    assert len(found) == 4
    harmed = document()
    _repeat("people")(harmed)
    _set("spots", 0, "estate", "north")(harmed)
    assert len(faults(harmed)) == 2


@pytest.mark.parametrize(
    ("content", "pieces"),
    [
        (b"[community\n", ["TOML", "line 1"]),
        (b"a = 1\na = 2\n", ["TOML", "line 2"]),
        ("name = '幸福里'".encode("gb18030"), ["TOML"]),
        (b"\x00\x01\x02", ["TOML"]),
        (b"", ["community"]),
        (b"community = 3", ["community"]),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, content: bytes, pieces: list[str]
) -> None:
    file = tmp_path / "town.toml"
    file.write_bytes(content)
    with pytest.raises(OrganisationFault) as fault:
        read_organisation(file)
    sentences = str(fault.value)
    assert sentences.startswith("town.toml")
    for piece in pieces:
        assert piece in sentences


def test_a_file_that_is_not_there_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(OrganisationFault, match=r"none\.toml cannot be read: No such file"):
        read_organisation(tmp_path / "none.toml")
    with pytest.raises(OrganisationFault, match="cannot be read"):
        read_organisation(tmp_path)


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    file = tmp_path / "town.toml"
    file.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.read_bytes().replace(b"\n", b"\r\n"))
    assert read_organisation(file) == read_organisation(EXAMPLE)
