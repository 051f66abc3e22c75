"""docs/moves.md as the table of moves has it; `make moves` writes it."""

from collections.abc import Iterable

from bot.domain.case import MOVES, Move, Special, Status, destinations, diagram

HEAD = """# How a case moves

Written by `make moves` from the one table in `bot/domain/case.py`; buttons, permission, history and
messages are derived from the same table. Moves that leave the status as it is, or lead back to
where the case came from, are in the list only.

"""
LIST_HEAD = """
| move | from | to | who may | what they give | who hears of it |
| --- | --- | --- | --- | --- | --- |
"""


def page() -> str:
    rows = "".join(map(_row, MOVES.values()))
    return f"{HEAD}```mermaid\n{diagram()}```\n{LIST_HEAD}{rows}"


def _row(move: Move) -> str:
    ends = [move.to.value] if isinstance(move.to, Special) else list(destinations(move))
    told = dict.fromkeys(one.who for one in move.tells)
    cells = (
        f"`{move.name}`",
        "any" if move.from_ == frozenset(Status) else _listed(sorted(move.from_)),
        _listed(ends),
        _listed(sorted(move.needs)),
        _listed(move.requires),
        _listed(told),
    )
    return f"| {' | '.join(cells)} |\n"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(word.replace("|", " or ").replace("_", " ") for word in words) or "–"


if __name__ == "__main__":
    print(page(), end="")
