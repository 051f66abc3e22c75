"""README and docs name every command and every setting, and are not behind the code."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer import Typer

import handlers
from bot.__main__ import cli
from bot.domain.case import Status
from bot.domain.menu import COMMANDS
from bot.domain.role import Role
from bot.settings import setting_names
from bot.texts import LANGUAGES, plain
from tests.house import moves
from tests.unit.card_samples import SAMPLES, draw

OF_GROUPS: frozenset[str] = frozenset()  # typed in a group, by those who set it up
ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("name", setting_names())
def test_every_setting_is_explained(name: str) -> None:
    assert re.search(rf"^{name}=", text(".env.example"), re.MULTILINE)
    assert name in text("README.md") + text("docs/settings.md")


def test_the_example_names_no_setting_that_is_gone() -> None:
    named = re.findall(r"^([A-Z_]+)=", text(".env.example"), re.MULTILINE)
    assert sorted(named) == sorted(setting_names())


@pytest.mark.parametrize("command", sorted({*COMMANDS, *handlers.COMMANDS}))
def test_every_command_of_the_bot_is_in_the_readme(command: str) -> None:
    assert f"/{command} " in text("README.md")


def test_every_command_that_is_listened_to_stands_in_a_menu_and_none_besides() -> None:
    listened_to = {*handlers.COMMANDS, "cancel", "notice"}  # these belong to the dialogues
    assert listened_to - OF_GROUPS == set(COMMANDS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command(language: str) -> None:
    help_ = draw("menu.help", SAMPLES["menu.help"], language).text
    said = {name: plain(f"command.{name}", language) for name in COMMANDS}
    assert [name for name, what in said.items() if f"/{name} {what}" not in help_] == []


def test_the_version_is_the_newest_of_the_changelog() -> None:
    newest = re.search(r"^## (\S+?)[((]", text("CHANGELOG.md"), re.MULTILINE)
    assert newest
    assert f'\nversion = "{newest[1]}"\n' in text("pyproject.toml")


def commands_of(group: Typer) -> Iterator[str]:
    for one in group.registered_commands:
        yield one.name or (one.callback.__name__ if one.callback else "")
    for inner in group.registered_groups:
        for name in commands_of(inner.typer_instance) if inner.typer_instance else ():
            yield f"{inner.name} {name}" if isinstance(inner.name, str) else name


def test_every_command_of_the_command_line_is_in_the_readme() -> None:
    names = [*commands_of(cli)]
    assert {"run", "doctor", "audit verify"} <= {*names}
    assert [name for name in names if f"linli {name}" not in text("README.md")] == []


def test_the_page_of_moves_is_current() -> None:
    assert text("docs/moves.md") == moves.page(), "the table has changed: run `make moves`"


def test_the_tour_names_every_folder() -> None:
    tour = text("docs/tour.md")
    folders = {
        str(file.parent.relative_to(ROOT))
        for room in ("bot", "handlers", "storage", "tests", "docs", "deploy", ".ci")
        for file in (ROOT / room).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    assert [one for one in sorted(folders) if f"`{one}/`" not in tour] == []


@pytest.mark.parametrize("word", [*Role, *Status])
def test_the_glossary_has_the_words_for_every_role_and_status(word: Role | Status) -> None:
    kind = "role" if isinstance(word, Role) else "status"
    spoken = plain(f"{kind}.{word}", "zh_CN").split()[-1]
    assert re.search(rf"\b{word.replace('_', ' ')}\b", text("docs/glossary.md"))
    assert spoken in text("docs/glossary.md")


@pytest.mark.parametrize("target", ["run", "test", "check", "crash", "bench", "year"])
def test_every_target_for_newcomers_is_in_the_readme(target: str) -> None:
    assert re.search(rf"^{target}: ", text("Makefile"), re.MULTILINE)
    assert f"make {target}" in text("README.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_the_documents_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_is_one_page() -> None:
    assert len(text("README.md").splitlines()) <= 80
