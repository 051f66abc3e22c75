"""To whom a case is offered, as one short text: everybody of the pool, or some people by id."""

from collections.abc import Iterable

POOL = "pool"
_PEOPLE = "people:"


def people(ids: Iterable[int]) -> str:
    """Return the audience of these people alone, in the order in which they are asked."""
    return _PEOPLE + ",".join(map(str, ids))


def ids_of(audience: str | None) -> tuple[int, ...]:
    """Return whom an audience names one by one; nobody when it is not that kind."""
    if audience is None or not audience.startswith(_PEOPLE):
        return ()
    return tuple(int(one) for one in audience.removeprefix(_PEOPLE).split(",") if one)
