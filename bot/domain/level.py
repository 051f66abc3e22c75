"""The levels that may have a case in hand, from the one on the spot upwards.

Source: the rules of the neighbourhood, "transfer" and the two reopenings below "Moves".
"""

LEVELS = ("grid", "property", "community", "street")
USUAL = "property"  # whose it is until somebody says otherwise
REOPENINGS = 2  # after so many it goes up, and onto the weekly agenda


def next_level(level: str | None) -> str:
    """Return the level above; above the street there is none."""
    at = LEVELS.index(level or USUAL)
    return LEVELS[min(at + 1, len(LEVELS) - 1)]


def goes_up(round_: int) -> bool:
    """Say whether a case that was reopened `round_` times belongs to the next level."""
    return round_ >= REOPENINGS
