"""The page as text: nothing becomes markup, nothing comes from outside, two equal languages."""

import re
from pathlib import Path

import pytest

from bot.sandbox.people import ROLES

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
HTML = (PAGE / "index.html").read_text(encoding="utf-8")
SHEETS = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.css")}
MODULES = {path.name: path.read_text(encoding="utf-8") for path in PAGE.glob("*.mjs")}
WORDS = MODULES["words.mjs"]
OTHERS = "\n".join(text for name, text in MODULES.items() if name != "words.mjs")
IMPORT = re.compile(r'^import (?:\{[^}]*\}) from "\./(\w+\.mjs)";$', re.MULTILINE)


def table(language: str) -> dict[str, str]:
    found = re.search(rf"^  {language}: \{{$(.*?)^  \}},$", WORDS, re.MULTILINE | re.DOTALL)
    assert found, f"there is no table of texts for {language}"
    return dict(re.findall(r'\b([A-Za-z_]\w*): "([^"]*)"', found.group(1)))


def test_the_page_is_one_document_two_sheets_and_short_modules() -> None:
    rest = {path.name for path in PAGE.iterdir()} - MODULES.keys()
    assert rest == {"index.html", "page.css", "phone.css"}
    lengths = {name: text.count("\n") for name, text in MODULES.items()}
    assert max(lengths.values()) < 300, lengths


def test_modules_come_from_beside_and_each_is_used() -> None:
    named = {name for text in MODULES.values() for name in IMPORT.findall(text)}
    assert named | {"page.mjs"} == MODULES.keys()
    for name, text in MODULES.items():
        assert "import" not in IMPORT.sub("", text), name


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(inner|outer)HTML\b",
        r"\binsertAdjacentHTML\b",
        r"\bsetHTML",
        r"\bcreateContextualFragment\b",
        r"\bDOMParser\b",
        r"\bdocument\.write",
        r"\beval\s*\(",
        r"\bnew Function\b",
        r"\bset(Timeout|Interval)\s*\(\s*[\"'`]",
    ],
)
def test_nothing_that_was_sent_can_become_markup_or_code(pattern: str) -> None:
    assert re.findall(pattern, "\n".join(MODULES.values())) == []


@pytest.mark.parametrize(
    "pattern",
    [r"\son[a-z]+\s*=", r"\sstyle\s*=", r"<style", r"<script(?![^>]*\ssrc=)", "javascript:"],
)
def test_the_document_has_no_inline_script_and_no_inline_style(pattern: str) -> None:
    assert re.findall(pattern, HTML, re.IGNORECASE) == []


@pytest.mark.parametrize("source", [HTML, *SHEETS.values(), *MODULES.values()])
def test_no_resource_comes_from_outside(source: str) -> None:
    assert re.findall(r"https?://|[\"'(]//|@import", source, re.IGNORECASE) == []


def test_both_languages_say_the_same() -> None:
    chinese, english = table("zh"), table("en")
    assert len(chinese) > 50
    assert chinese.keys() == english.keys()
    for key, words in chinese.items():
        facts = set(re.findall(r"\{\w+\}", words))
        assert facts == set(re.findall(r"\{\w+\}", english[key])), key


def test_every_key_in_use_has_its_words() -> None:
    named = re.findall(r'data-t(?:-label)?="(\w+)"', HTML)
    used = re.findall(r'(?<![\w.])t\("(\w+)"', OTHERS)
    assert len(named) > 20
    assert len(used) > 10
    assert {*named, *used, *ROLES} - table("zh").keys() == set()


def test_no_words_are_kept_that_nobody_reads() -> None:
    sources = HTML + OTHERS
    unread = {key for key in table("en") if not re.search(rf"\b{key}\b", sources)}
    assert unread - set(ROLES) == set()


def test_every_status_of_the_strip_has_its_words() -> None:
    icons = re.search(r"^const ICONS = \{(.*?)^\};", MODULES["board.mjs"], re.MULTILINE | re.DOTALL)
    assert icons
    statuses = re.findall(r"(\w+): \"", icons.group(1))
    assert len(statuses) == 13
    assert set(statuses) <= table("zh").keys()
