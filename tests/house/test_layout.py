"""What stands where in the house, and how large it may grow."""

import re

from tests.house.source import LAYERS, ROOMS, ROOT, files, functions, nouns, place, text

TOP = {
    "bot", "handlers", "storage", "tests", "docs", "deploy", "pyproject.toml", "README.md",
    "Makefile", "requirements.lock", "CHANGELOG.md", "LICENSE",
}  # fmt: skip
MADE = {"data", "build", "linli.egg-info", "__pycache__"}  # by running it; not in git
PAGE = ROOT / "bot" / "sandbox" / "page"
FILE_LINES, FUNCTION_LINES = 300, 40


def test_only_known_names_stand_at_the_top() -> None:
    found = {entry.name for entry in ROOT.iterdir() if not entry.name.startswith(".")}
    assert found - MADE <= TOP


def test_no_file_is_longer_than_300_lines() -> None:
    page = [file for file in PAGE.iterdir() if file.suffix in {".mjs", ".css", ".html"}]
    assert {"page.mjs", "page.css", "index.html"} <= {file.name for file in page}
    lengths = {place(file): len(text(file).splitlines()) for file in (*files(*ROOMS), *page)}
    assert {file: lines for file, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    assert {name: lines for name, lines in functions(*ROOMS) if lines > FUNCTION_LINES} == {}


def test_a_case_is_followed_under_one_name_through_every_layer() -> None:
    assert nouns()["case"] == list(LAYERS)


def test_the_package_of_the_bot_is_empty() -> None:
    assert text(ROOT / "bot" / "__init__.py") == ""


def test_every_locked_package_has_its_hashes_and_names_no_index() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert len(packages) > 40
    assert [one for one in packages if "==" not in one or "--hash=sha256:" not in one] == []
    assert "://" not in lock
    assert "index" not in lock
