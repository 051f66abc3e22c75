"""The command line: run (default), sandbox, import, template, posters; the rest is in upkeep."""

import asyncio
import os
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
from bot.board.server import board_server
from bot.clock import Clock, start_task
from bot.health import Physician, health_server
from bot.paper.poster import Sheet, write
from bot.parts import rest_the_collector, vault_of
from bot.sandbox.control import Control
from bot.sandbox.guest import EXAMPLE, Guest
from bot.sandbox.server import SandboxFault, serve
from bot.services.code import posters as all_posters
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
from bot.settings import Settings, SettingsFault
from bot.texts import LANGUAGES, sheets, words
from bot.upkeep import cli as upkeep
from bot.upkeep import settings_here
from bot.watchdog import READY, STOPPING, interval, notify, watch
from bot.web import AddressFault
from storage import community, key
from storage.engine import sqlite_file
from storage.fault import DatabaseFault
from storage.lock import only_one
from storage.migrate import migrate
from storage.unit_of_work import Database

_WORKBOOK = ".xlsx"
FAULT = 2  # the exit code for everything that the operator can mend

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)
cli.add_typer(upkeep)


def main() -> None:
    """Run the command; what the operator can mend is said in sentences, with exit code 2."""
    try:
        cli()
    except (
        SettingsFault,
        StartFault,
        AddressFault,
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
    settings = settings_here()
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
    _serve_sandbox(settings_here(), with_bot=bot)


@cli.command("import")
def import_file(
    file: Annotated[Path, typer.Argument(help="The organisation file: .toml or .xlsx.")],
    *,
    dry_run: Annotated[bool, typer.Option(help="Only say what would change.")] = False,
) -> None:
    """Add the communities of a file, or change them: all or nothing."""
    settings = settings_here()
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
    settings = settings_here()
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
        vault = vault_of(settings)
        await migrate(settings.database, settings.backups, vault)
        given = {"place_words": words()["place"], "outage_words": words()["outage"]}
        database = Database(settings.database, Clock().now, given, vault=vault)
        await database.open()
        try:
            async with database.looking() as uow:
                await key.check(uow)
            yield database
        finally:
            await database.close()


class _NotKept(Exception):  # ends a dry run: all is rolled back
    pass


def _titles() -> Titles:
    return Titles(**sheets())


def _run(work: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop  # noqa: PLC0415 - not available on every system
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


def _serve_sandbox(settings: Settings, *, with_bot: bool) -> None:
    rest_the_collector()
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
    os.umask(0o077)  # what is written here is nobody else's to read
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
    board, health = board_server(house.database, clock), health_server(_physician(house))
    try:
        await house.open()
        board.open(settings.board)
        health.open(settings.health)
        notify(READY)
        start_task(watch(house.loops, interval(os.environ)), name="watchdog")  # to the end
        if control is None:
            await house.import_organisation(EXAMPLE)
            await house.run(stop)
        else:
            await Guest(house, control).run(stop)
    finally:
        notify(STOPPING)
        await board.close()
        await health.close()
        await house.close()


def _physician(house: House) -> Physician:
    settings = house.settings
    kept = settings.backups if sqlite_file(settings.database) else None
    return Physician(
        house.database, house.clock, house.loops, lambda: house.intake.last_success, kept
    )


if __name__ == "__main__":
    main()
