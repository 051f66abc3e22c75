"""The part of the command line that keeps a running Linli well: doctor, backup, audit, copies."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.clock import Clock
from bot.delivery.checkup import greet
from bot.domain.audit import Head
from bot.domain.backup import stamp
from bot.logging import set_up_logging
from bot.services.audit import Verdict, verdicts
from bot.services.doctor import Diagnosis, examine, of_telegram
from bot.settings import Settings, check_address, near_misses, read_settings
from storage import backup as backups
from storage import copying
from storage.engine import sqlite_file
from storage.fault import DatabaseFault
from storage.lock import only_one
from storage.restore import Drill, newest_good, rehearse
from storage.restore import restore as put_back
from storage.unit_of_work import Database
from storage.vault import Vault, open_vault

NOT_WELL = 1  # the exit code when something was found that somebody has to look at

cli = typer.Typer()
backup = typer.Typer(help="Copy the database while the bot may go on, or look at the copies.")
cli.add_typer(backup, name="backup")
audit = typer.Typer(help="The audit: who was refused what, and who looked at what is guarded.")
cli.add_typer(audit, name="audit")


def settings_here() -> Settings:
    """Return the settings of this command, with logging set up and slips of the pen named."""
    settings = read_settings()
    set_up_logging(settings.log_level)
    for sentence in near_misses():
        typer.echo(sentence, err=True)
    return settings


@cli.command()
def doctor() -> None:
    """Look whether this machine and these settings are fit to run Linli."""
    settings = settings_here()
    findings = asyncio.run(_examine(settings))
    for finding in findings:
        typer.echo(f"{finding.level:<4}  {finding.sentence}")
    sys.exit(NOT_WELL if any(finding.is_bad for finding in findings) else 0)


async def _examine(settings: Settings) -> list[Diagnosis]:
    clock = Clock()
    found = await examine(settings, Database(settings.database, clock.now), clock.now())
    if settings.bot_token is None:
        return found
    answer, now = await greet(settings), clock.now()
    if answer is None:
        return found + of_telegram(None, None)
    skew = (now - answer.at).total_seconds() if answer.at else None
    return found + of_telegram(answer.status, skew)


@backup.callback(invoke_without_command=True)
def make_backup(context: typer.Context) -> None:
    """Copy the database into DATA_DIR/backups while the bot may go on, and check the copy."""
    if context.invoked_subcommand is not None:
        return
    settings = settings_here()
    file = _file(settings)
    if not file.is_file():
        raise DatabaseFault("There is no SQLite database to back up yet.")
    typer.echo(
        str(
            backups.back_up(
                file, settings.backups, label=stamp(Clock().now()), vault=_vault(settings)
            )
        )
    )


@backup.command("verify")
def verify_backup(
    file: Annotated[
        Path | None, typer.Argument(help="One backup; else all that there are.")
    ] = None,
) -> None:
    """Restore backups into a temporary place, and look whether everything is there."""
    settings = settings_here()
    wanted = [file] if file else backups.all_in(settings.backups)
    if not wanted:
        raise DatabaseFault(f"There is no backup in {settings.backups}.")
    vault = _vault(settings)
    drills = [rehearse(one, vault) for one in wanted]
    for drill in drills:
        _tell_of_drill(drill)
    sys.exit(NOT_WELL if any(drill.fault for drill in drills) else 0)


@cli.command()
def restore(
    file: Annotated[
        Path | None, typer.Argument(help="The backup; else the newest that is good.")
    ] = None,
) -> None:
    """Put a backup into the database's place while no bot runs; the former file is kept."""
    settings = settings_here()
    target = _file(settings)
    with only_one(settings.data_dir):
        wanted = [file] if file else backups.all_in(settings.backups)
        vault = _vault(settings)
        chosen = newest_good(wanted, _tell_of_drill, vault)
        aside = put_back(chosen, target, label=stamp(Clock().now()), vault=vault)
    typer.echo(f"Restored {chosen.name}. Start the bot again.")
    if aside is not None:
        typer.echo(f"The former database is kept: {aside}")


def _vault(settings: Settings) -> Vault:
    """Return what opens and seals; raises DatabaseFault when the key file is not there."""
    if not settings.key.is_file():
        raise DatabaseFault(
            f"{settings.key} is not there: put your copy of the key file back first."
        )
    return open_vault(settings.key)[0]


def _file(settings: Settings) -> Path:
    file = sqlite_file(settings.database)
    if file is None:
        raise DatabaseFault(
            "Only SQLite is backed up: pg_dump copies PostgreSQL, pg_restore brings it back."
        )
    return file


def _tell_of_drill(drill: Drill) -> None:
    if drill.fault:
        typer.echo(f"BAD   {drill.backup.name} is damaged: {drill.fault}.")
        return
    how = "as when it was made" if drill.counted else "it was not written down how many it had"
    typer.echo(f"ok    {drill.backup.name}: {drill.tables} tables, {drill.rows} rows, {how}.")


@cli.command("copy-database")
def copy_database(
    source: Annotated[str, typer.Argument(help="The address of the database that is copied.")],
    target: Annotated[str, typer.Argument(help="The address of an empty one.")],
) -> None:
    """Copy the whole database into an empty one, from SQLite to PostgreSQL or back."""
    settings = settings_here()
    for address in (source, target):
        check_address(address)
    asyncio.run(copying.copy_database(source, target, settings.backups, _tell_of_table))
    typer.echo("Copied. Set DATABASE_URL to the new address before you start the bot.")


def _tell_of_table(name: str, rows: int) -> None:
    typer.echo(f"{name:<20} {rows:>10}")


@audit.callback()
def of_audit() -> None:
    """Name the group, so that its one command keeps its name."""


@audit.command("verify")
def verify_audit(
    head: Annotated[
        list[str], typer.Option(help="A head that was kept elsewhere, as this command prints it.")
    ] = [],  # noqa: B006 - typer's own way
) -> None:
    """Follow the chain of the audit and name the first row that is not as it was written."""
    settings = settings_here()
    found = asyncio.run(_verify(settings, [_head(one) for one in head]))
    for one in found:
        typer.echo(_sentence(one))
    sys.exit(NOT_WELL if any(one.broken for one in found) else 0)


async def _verify(settings: Settings, kept: Sequence[tuple[str, Head]]) -> list[Verdict]:
    by_code: dict[str, list[Head]] = {}
    for code, one in kept:
        by_code.setdefault(code, []).append(one)
    database = Database(settings.database, Clock().now)
    try:
        async with database.looking() as uow:
            return await verdicts(uow, by_code)
    finally:
        await database.close()


def _head(said: str) -> tuple[str, Head]:
    code, _, rest = said.partition(":")
    last, _, seal = rest.partition(":")
    if not (code and last.isdecimal() and seal):
        raise DatabaseFault(
            f"--head {said}: code:number:seal is wanted, as this command prints it."
        )
    return code, Head(int(last), seal)


def _sentence(one: Verdict) -> str:
    if one.broken is not None:
        return f"BAD   {one.community}: row {one.broken.id} {one.broken.why}."
    return (
        f"ok    {one.community}: {one.head.last} rows are as they were written. "
        f"Keep this elsewhere: {one.community}:{one.head.last}:{one.head.seal}"
    )
