"""The command line: run (default), sandbox, import, template, doctor, backup, copy-database."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from telegram.error import InvalidToken, TelegramError

from bot.app import House, StartFault
from bot.board.server import BoardFault, BoardServer
from bot.clock import Clock
from bot.logging import set_up_logging
from bot.paper.poster import Sheet, write
from bot.sandbox.control import Control
from bot.sandbox.guest import EXAMPLE, Guest
from bot.sandbox.server import SandboxFault, serve
from bot.services.code import posters as all_posters
from bot.services.doctor import examine
from bot.services.organisation import describe, import_organisation
from bot.services.organisation_columns import Titles
from bot.services.organisation_file import (
    Organisation,
    OrganisationFault,
    check_source,
    read_toml,
)
from bot.services.organisation_sheet import read_workbook
from bot.services.organisation_template import as_template, for_template, write_workbook
from bot.settings import Settings, SettingsFault, check_address, near_misses, read_settings
from bot.texts import LANGUAGES, sheets, words
from storage import community, copying
from storage.backup import back_up
from storage.engine import sqlite_file
from storage.fault import DatabaseFault
from storage.lock import only_one
from storage.migrate import migrate
from storage.unit_of_work import Database

_WORKBOOK = ".xlsx"
FAULT = 2  # the exit code for everything that the operator can mend

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)


def main() -> None:
    """Run the command; what the operator can mend is said in sentences, with exit code 2."""
    try:
        cli()
    except (
        SettingsFault,
        StartFault,
        BoardFault,
        DatabaseFault,
        OrganisationFault,
        SandboxFault,
    ) as fault:
        typer.echo(str(fault), err=True)
        sys.exit(FAULT)
    except InvalidToken:
        typer.echo("Telegram does not know this BOT_TOKEN. Ask @BotFather for it again.", err=True)
        sys.exit(FAULT)


@cli.callback(invoke_without_command=True)
def default(context: typer.Context) -> None:
    """Start the bot; without a token the sandbox."""
    if context.invoked_subcommand is None:
        run()


@cli.command()
def run() -> None:
    """Start the bot with the token of the settings; without one the sandbox."""
    settings = _settings()
    if settings.bot_token is None:
        _serve_sandbox(settings, with_bot=True)
    else:
        _run(_run_bot(settings))


@cli.command()
def sandbox(
    *,
    bot: Annotated[bool, typer.Option(help="Start the bot as well, as a child process.")] = True,
) -> None:
    """Serve a Bot API on this machine, with its page and its people."""
    _serve_sandbox(_settings(), with_bot=bot)


@cli.command()
def doctor() -> None:
    """Look whether this machine and these settings are fit to run Linli."""
    settings = _settings()
    findings = asyncio.run(examine(settings, Database(settings.database, Clock().now)))
    for finding in findings:
        typer.echo(f"{'ok  ' if finding.fine else 'LOOK'}  {finding.sentence}")
    sys.exit(0 if all(finding.fine for finding in findings) else 1)


@cli.command()
def backup() -> None:
    """Copy the database into DATA_DIR/backups while the bot may go on, and check the copy."""
    settings = _settings()
    file = sqlite_file(settings.database)
    if file is None:
        raise DatabaseFault("Only SQLite is backed up: pg_dump makes a copy of PostgreSQL.")
    if not file.is_file():
        raise DatabaseFault("There is no SQLite database to back up yet.")
    stamp = f"{Clock().now():%Y%m%dT%H%M%SZ}"
    typer.echo(str(back_up(file, settings.data_dir / "backups", label=stamp)))


@cli.command("copy-database")
def copy_database(
    source: Annotated[str, typer.Argument(help="The address of the database that is copied.")],
    target: Annotated[str, typer.Argument(help="The address of an empty one.")],
) -> None:
    """Copy the whole database into an empty one, from SQLite to PostgreSQL or back."""
    settings = _settings()
    for address in (source, target):
        check_address(address)
    backups = settings.data_dir / "backups"
    asyncio.run(copying.copy_database(source, target, backups, _tell_of_table))
    typer.echo("Copied. Set DATABASE_URL to the new address before you start the bot.")


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The organisation file: .toml or .xlsx.")],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
) -> None:
    """Add the communities of a file, or change them: all or nothing."""
    settings = _settings()
    source = read_workbook(file, _titles()) if file.suffix == _WORKBOOK else read_toml(file)
    _run(_import(settings, check_source(source), keep=not dry_run))
    typer.echo("Nothing was changed." if dry_run else "Imported.")


@cli.command()
def template(
    file: Annotated[Path, typer.Argument(help="The file to be written: .toml or .xlsx.")],
) -> None:
    """Write an organisation file to be filled in; its examples say how."""
    if file.exists():
        raise OrganisationFault(f"{file.name} is there already: name another file.")
    if file.suffix == _WORKBOOK:
        write_workbook(file, for_template(read_toml(EXAMPLE).document), _titles())
    else:
        file.write_text(as_template(EXAMPLE.read_text("utf-8")), "utf-8")
    typer.echo(f"Fill in {file}, then: linli import {file} --dry-run")


@cli.command()
def posters(
    folder: Annotated[Path, typer.Argument(help="Where they are written.")] = Path("posters"),
    *,
    bot: Annotated[str, typer.Option(help="The bot's user name; else Telegram is asked.")] = "",
    language: Annotated[str, typer.Option(help="zh_CN or en.")] = LANGUAGES[0],
    renew: Annotated[list[str], typer.Option(help="A place that gets a new code: 3-2.")] = [],  # noqa: B006 - typer's own way
) -> None:
    """Write a poster for every stairwell and shared place, with the code that says where it is."""
    settings = _settings()
    if language not in LANGUAGES:
        raise StartFault(f"--language: one of {', '.join(LANGUAGES)} is wanted.")
    if not bot and settings.bot_token is None:
        raise StartFault("Whose codes are they? Set BOT_TOKEN, or name the bot: --bot NAME.")
    _run(_print_posters(settings, folder, bot.removeprefix("@"), language, renew))


async def _print_posters(
    settings: Settings, folder: Path, bot: str, language: str, renew: Sequence[str]
) -> None:
    name = bot or await _user_name(settings)
    async with _database(settings) as database, database.begin() as uow:
        for number, code in (await community.codes(uow)).items():
            found = await all_posters(uow, number, renew)
            where = write([Sheet(name, **asdict(one)) for one in found], folder, code, language)
            typer.echo(f"{len(found)} in {where}")


async def _user_name(settings: Settings) -> str:
    house = House(settings, Clock())
    try:
        await house.bot.initialize()
    except InvalidToken:
        raise
    except TelegramError:
        raise StartFault("Telegram cannot be reached: name the bot with --bot.") from None
    else:
        return house.bot.username
    finally:
        await house.close()


async def _import(settings: Settings, found: Sequence[Organisation], *, keep: bool) -> None:
    with suppress(_NotKept):
        async with _database(settings) as database, database.begin() as uow:
            for one in found:
                for line in describe(await import_organisation(uow, one)):
                    typer.echo(line)
            if not keep:
                raise _NotKept


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Database]:
    """Hand out the migrated database, which no bot may use meanwhile."""
    with only_one(settings.data_dir):
        await migrate(settings.database, settings.data_dir / "backups")
        given = {"place_words": words()["place"], "outage_words": words()["outage"]}
        database = Database(settings.database, Clock().now, given)
        await database.open()
        try:
            yield database
        finally:
            await database.close()


class _NotKept(Exception):  # ends a dry run: all is rolled back
    pass


def _titles() -> Titles:
    return Titles(**sheets())


def _tell_of_table(name: str, rows: int) -> None:
    typer.echo(f"{name:<20} {rows:>10}")


def _settings() -> Settings:
    settings = read_settings()
    set_up_logging(settings.log_level)
    for sentence in near_misses():
        typer.echo(sentence, err=True)
    return settings


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop  # noqa: PLC0415 - not available on every system
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _serve_sandbox(settings: Settings, *, with_bot: bool) -> None:
    _run(
        serve(
            port=settings.sandbox_port,
            data_dir=settings.data_dir,
            organisation=settings.organisation or EXAMPLE,
            now=settings.sandbox_now,
            with_bot=with_bot,
            announce=typer.echo,
        )
    )


async def _run_bot(settings: Settings) -> None:
    with only_one(settings.data_dir):
        await _serve(settings)


async def _serve(settings: Settings) -> None:
    control, clock = None, Clock()
    if settings.sandbox_control:
        control, now = await Control.connect(settings.sandbox_control)
        clock.set_to(now)
    stop = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(which, stop.set)
    house = House(settings, clock)
    board = BoardServer(house.database, clock)
    try:
        await house.open()
        board.open(settings.board)
        if control is None:
            await house.import_organisation(EXAMPLE)
            await house.run(stop)
        else:
            await Guest(house, control).run(stop)
    finally:
        await board.close()
        await house.close()


if __name__ == "__main__":
    main()
