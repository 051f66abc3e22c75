"""A neighbourhood with its meetings: the example, and a room with a code of its own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.sandbox import EXAMPLE, running
from tests.support.town import Neighbour, Town, labels

ROOM = '[[spots]]\ncode = "hall"\nestate = "east"\nname = "活动室"\nkind = "room"\n\n'
SECRETARY = "吴书记"


def with_room(example: str) -> str:
    """Return the example with a meeting room, in which the weekly talk is."""
    first = example.index("[[spots]]")
    placed = example[:first] + ROOM + example[first:]
    placed, found = re.subn('place = "3号楼架空层"', 'place = "hall"', placed)
    assert found == 1
    roomy, found = re.subn(r"(?m)^(reports_hour|reports_day) = \d+$", r"\1 = 10000", placed)
    assert found == 2
    return roomy


@contextmanager
def meeting_town(
    folder: Path, now: str, change: tuple[str, str] = ("", ""), **settings: str
) -> Iterator[Town]:
    """Start a neighbourhood with meetings at an instant; `change` replaces text of its file."""
    folder.mkdir(parents=True, exist_ok=True)
    mine = folder / "mine.toml"
    written = with_room(EXAMPLE.read_text("utf-8"))
    assert change[0] in written
    mine.write_text(written.replace(*change) if change[0] else written, "utf-8")
    with running(folder, ORGANISATION=str(mine), SANDBOX_NOW=now, **settings) as sandbox:
        yield Town(sandbox)


def presses_first(who: Neighbour, *wanted: str) -> None:
    """Press buttons one after the other; of each the first label that has all its words."""
    for label in wanted:
        found = [one for message in reversed(who.shown()) for one in labels(message)]
        words = label.split()
        (fitting, *_) = [one for one in found if all(word in one for word in words)] or [""]
        assert fitting, f"{who.name} has no button {label}:\n{who.transcript()}"
        who.presses(fitting)
