"""A whole street: 12 communities, 60 estates, 1,500 units, 40,000 homes, from a workbook.

`python -m tests.bench.importing` prints how long the import took and how much memory.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.sandbox.guest import EXAMPLE
from bot.services.organisation_columns import Titles
from bot.services.organisation_file import read_toml
from bot.services.organisation_template import write_workbook
from bot.texts import sheets

ROOT = Path(__file__).parents[2]
COMMUNITIES, ESTATES, UNITS, HOMES = 12, 60, 1_500, 40_000
SECONDS, MEGABYTES = 60.0, 500.0


def write_street(path: Path) -> None:
    """Write the workbook."""
    document = dict(read_toml(EXAMPLE).document)
    first = document.pop("community")
    document |= {
        "communities": [
            {**first, "code": f"c{n}", "name": f"Community {n}", "on_duty": []}
            for n in range(COMMUNITIES)
        ],
        "estates": [
            {"community": f"c{n % COMMUNITIES}", "code": f"e{n}", "name": f"Estate {n}"}
            for n in range(ESTATES)
        ],
        "buildings": [
            {
                "community": f"c{n % ESTATES % COMMUNITIES}",
                "code": f"b{n}",
                "estate": f"e{n % ESTATES}",
                "name": f"B{n}",
                "units": 3,
            }
            for n in range(UNITS // 3)
        ],
        "homes": [_home(n) for n in range(HOMES)],
    }
    for name in ("spots", "grids", "companies", "committees", "groups", "teams", "people", "seats"):
        document[name] = []
    document["routes"] = []
    write_workbook(path, document, Titles(**sheets()))


def _home(n: int) -> dict[str, object]:
    unit = n % UNITS
    building = unit // 3
    return {
        "community": f"c{building % ESTATES % COMMUNITIES}",
        "building": f"b{building}",
        "unit": unit % 3 + 1,
        "number": str(101 + n // UNITS),
        "area": 50 + n % 700 / 10,
    }


def measure() -> dict[str, float]:
    """Import the street into an empty database; return the seconds and megabytes it took."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "street.xlsx"
        write_street(file)
        environment = {**os.environ, "DATA_DIR": f"{name}/data", "BOT_TOKEN": ""}
        begun = time.perf_counter()
        command = [sys.executable, "-m", "bot", "import", str(file)]
        done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
        took = time.perf_counter() - begun
    assert done.stdout.decode().count(": new") == COMMUNITIES
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": took, "megabytes": most}


def main() -> int:
    """Print the figures, a line a goal."""
    found = measure()
    for name, wanted in (("seconds", SECONDS), ("megabytes", MEGABYTES)):
        verdict = "ok   " if found[name] <= wanted else "short"
        print(f"{verdict}  import of {HOMES} homes, {name}  {found[name]:.1f}  {wanted:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
