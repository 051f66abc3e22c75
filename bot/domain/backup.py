"""Which backups stay: one an hour for a day, one a day for two weeks, one a month for a year."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

HOURLY, DAILY, MONTHLY = 24, 14, 12
_STAMP = "%Y%m%dT%H%M%SZ"
_SPANS: tuple[tuple[Callable[[datetime], str], int], ...] = (
    (lambda at: f"{at:%Y%m%d%H}", HOURLY),
    (lambda at: f"{at:%Y%m%d}", DAILY),
    (lambda at: f"{at:%Y%m}", MONTHLY),
)


def stamp(at: datetime) -> str:
    """Return the instant (UTC) as it stands in the name of a backup."""
    return f"{at.astimezone(UTC):{_STAMP}}"


def made_at(label: str) -> datetime | None:
    """Return when (UTC) a backup with this label was made; None for one that has another label."""
    try:
        return datetime.strptime(label, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None


def kept(made: Iterable[datetime]) -> set[datetime]:
    """Return which backups stay: the newest of each of the last hours, days and months with any."""
    newest_first = sorted(set(made), reverse=True)
    return {at for named, most in _SPANS for at in _newest_of_each(newest_first, named, most)}


def _newest_of_each(
    newest_first: list[datetime], named: Callable[[datetime], str], most: int
) -> list[datetime]:
    found: dict[str, datetime] = {}
    for at in newest_first:
        found.setdefault(named(at), at)
    return list(found.values())[:most]


def is_due(made: Iterable[datetime], now: datetime) -> bool:
    """Say whether there is none of this hour yet."""
    return all(_SPANS[0][0](at) != _SPANS[0][0](now) for at in made)
