"""The calendar file, read by a strict reader of RFC 5545 that shares nothing with the writer."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.paper.calendar_file import Event, write

STARTS, ENDS = datetime(2026, 11, 25, 11, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)
Block = tuple[str, dict[str, str], list["Block"]]


def read(file: bytes) -> Block:
    """Return the one calendar in the file; raises ValueError for what the standard forbids."""
    assert file.endswith(b"\r\n")
    raw = file[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    lines: list[bytes] = []
    for line in raw:
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    for line in raw:
        line.decode()  # no character is torn apart
    stack: list[Block] = []
    for name, _, value in (line.decode().partition(":") for line in lines):
        if name == "BEGIN":
            stack.append((value, {}, []))
        elif name == "END":
            done = stack.pop()
            assert done[0] == value
            if not stack:
                return done
            stack[-1][2].append(done)
        else:
            assert name not in stack[-1][1]
            stack[-1][1][name] = value
    raise ValueError("the calendar never ends")


def plain(text: str) -> str:
    found, escaped = "", False
    for one in text:
        if escaped:
            found += "\n" if one in "nN" else one
            escaped = False
        elif one == "\\":
            escaped = True
        else:
            assert one not in ",;"
            found += one
    return found


def event_of(**changes: str) -> dict[str, str]:
    said = {"uid": "shift-1-7@linli", "title": "东区夜巡", "place": "东区大门", **changes}
    file = write(Event(said["uid"], STARTS, ENDS, said["title"], said["place"]), STARTS)
    name, head, (event,) = read(file)
    assert name == "VCALENDAR"
    assert head["VERSION"] == "2.0"
    assert "PRODID" in head
    return event[1]


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
