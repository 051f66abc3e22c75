"""What may be read on the lobby's screen: what was reported, is being done and was finished.

Whoever passes by reads it, so there are no words of residents, no names and no doors on it; what
is between neighbours, or about somebody's care, is not shown at all.
"""

from datetime import timedelta

from bot.domain.case import (
    AT_WORK,
    SOLVED,
    TO_ANSWER,
    TO_CONFIRM,
    TO_DISPATCH,
    TO_SUPERVISE,
    TO_TAKE,
    Status,
)

ROWS = 8  # of a column
FINISHED_FOR = timedelta(days=7)  # so long it is shown after the work
HIDDEN = ("neighbours", "care", "service")  # categories that nobody reads on a wall
WAITING = TO_DISPATCH | TO_TAKE | TO_ANSWER
DOING = AT_WORK | TO_SUPERVISE
FINISHED = TO_CONFIRM | {SOLVED}
COLUMNS: dict[str, frozenset[Status]] = {"waiting": WAITING, "doing": DOING, "finished": FINISHED}
