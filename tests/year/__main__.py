"""A year of a neighbourhood in one process; exit code 1 when a promise was broken.

`SEED`, `MONTHS` (12), `RESIDENTS` (1000), `CASES` (5000 a year), `KILLS` (of a thousand updates
and ticks, in how many the bot is killed) may be set.
"""

import os
import random
import sys

import uvloop

from tests.year.year import Plan, live

SEED = int(os.environ.get("SEED", "") or random.SystemRandom().randrange(10**6))
MONTHS = int(os.environ.get("MONTHS", "12"))
RESIDENTS = int(os.environ.get("RESIDENTS", "1000"))
CASES = int(os.environ.get("CASES", "") or 5000 * MONTHS // 12)
KILLS = float(os.environ.get("KILLS", "1"))


def main() -> int:
    """Live it; return the exit code."""
    print(f"year: SEED={SEED} MONTHS={MONTHS} RESIDENTS={RESIDENTS} CASES={CASES}", flush=True)
    plan = Plan(SEED, MONTHS, RESIDENTS, CASES, KILLS / 1000)
    story = uvloop.run(live(plan))  # the loop on which the bot itself runs
    story.tell()
    print("SEED", SEED)
    print("A PROMISE WAS BROKEN" if story.broken else "every promise was kept")
    return int(story.broken)


if __name__ == "__main__":
    sys.exit(main())
