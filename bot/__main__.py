"""The command line: run (default), sandbox, doctor, backup, copy-database."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Annotated, Any

import typer
from telegram.error import InvalidToken

from bot.app import House, StartFault
from bot.clock import Clock
from bot.logging import set_up_logging
from bot.sandbox.control import Control
from bot.sandbox.guest import EXAMPLE, Guest
from bot.sandbox.server import SandboxFault, serve
from bot.services.doctor import examine
from bot.services.organisation_file import OrganisationFault
from bot.settings import Settings, SettingsFault, check_address, near_misses, read_settings
from storage import copying
from storage.backup import back_up
from storage.engine import sqlite_file
from storage.fault import DatabaseFault
from storage.unit_of_work import Database

FAULT = 2  # the exit code for everything that the operator can mend

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help=__doc__)


def main() -> None:
    """Run the command; what the operator can mend is said in sentences, with exit code 2."""
    try:
        cli()
    except (SettingsFault, StartFault, DatabaseFault, OrganisationFault, SandboxFault) as fault:
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
    control, clock = None, Clock()
    if settings.sandbox_control:
        control, now = await Control.connect(settings.sandbox_control)
        clock.set_to(now)
    stop = asyncio.Event()
    for which in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(which, stop.set)
    house = House(settings, clock)
    try:
        await house.open()
        if control is None:
            await house.import_organisation(EXAMPLE)
            await house.run(stop)
        else:
            await Guest(house, control).run(stop)
    finally:
        await house.close()


if __name__ == "__main__":
    main()
