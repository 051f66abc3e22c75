"""Newcomers and the communities that they choose from: how many stand on one page of tiles."""

from collections.abc import Mapping

MOST, MOST_LONG = 8, 4  # on one page; fewer where names do not fit on a tile and are written out
WHOLE_NAME = 8  # characters that a tile shows


def page_of(
    names: Mapping[int, str], page: int, beside: int = 0
) -> tuple[dict[int, str], int, int]:
    """Return the communities on a page, which page it is, and how many pages there are.

    Behind the last comes the first again. Where there are several, a button to the next needs the
    room of one; `beside` other buttons stand below.
    """
    fit = all(len(name) <= WHOLE_NAME for name in names.values())
    most = min(MOST - beside, MOST if fit else MOST_LONG)
    size = most if len(names) <= most else most - 1
    pages = max(-(-len(names) // size), 1)
    at = page % pages
    return dict([*names.items()][at * size :][:size]), at, pages
