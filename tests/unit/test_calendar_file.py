"""The calendar file, read by a strict reader of RFC 5545 that shares nothing with the writer."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.paper.calendar_file import Event, write
from tests.support.calendar_reader import event_in, plain, read

STARTS, ENDS = datetime(2026, 11, 25, 11, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)


def event_of(**changes: str) -> dict[str, str]:
    said = {"uid": "shift-1-7@linli", "title": "东区夜巡", "place": "东区大门", **changes}
    return event_in(write(Event(said["uid"], STARTS, ENDS, said["title"], said["place"]), STARTS))


def test_a_telephone_finds_when_where_and_what() -> None:
    event = event_of()
    assert (event["DTSTART"], event["DTEND"]) == ("20261125T110000Z", "20261125T120000Z")
    assert plain(event["SUMMARY"]) == "东区夜巡"
    assert plain(event["LOCATION"]) == "东区大门"
    assert event["UID"] == "shift-1-7@linli"


@pytest.mark.parametrize("title", ["一,二;三\\四", "字" * 300, "a\nb", "x" * 74 + "界", ""])
def test_any_name_survives(title: str) -> None:
    assert plain(event_of(title=title)["SUMMARY"]) == title


@given(st.text(max_size=200))
@example("\r\nEND:VEVENT\r\n")
def test_no_words_break_the_file(words: str) -> None:
    event_of(title=words, place=words)


def test_a_later_file_replaces_the_event_and_a_cancelled_one_strikes_it_out() -> None:
    one = Event("shift-1-7@linli", STARTS, ENDS, "东区夜巡", "东区大门", sequence=4, off=True)
    head, alarms = read(write(one, STARTS))[1], read(write(one, STARTS))[2][0][2]
    event = event_in(write(one, STARTS))
    assert (head["METHOD"], event["STATUS"], event["SEQUENCE"]) == ("CANCEL", "CANCELLED", "4")
    assert event["UID"] == "shift-1-7@linli"
    assert not alarms, "nobody is reminded of what is off"
