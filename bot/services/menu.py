"""The menu of commands of one chat, set when the person's role or language asks for another."""

from dataclasses import replace

from bot.domain.menu import commands_of, menu_of
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import person as people


def fit(uow: UnitOfWork, who: Person, *, anyhow: bool = False) -> Person:
    """Set the menu of the person's chat unless it is right already; return the person.

    `anyhow` sets one also for a resident, who else has the common one: after a change of language.
    """
    held = Settings.of(who)
    if anyhow and not held.menu:
        held = replace(held, menu="common")
        who = replace(who, settings=held.stored(who.settings))
    wanted = menu_of(who)
    if wanted == held.menu:
        return who
    tell(uow, who, "menu.commands", commands=list(commands_of(who)))
    who = replace(who, settings=replace(held, menu=wanted).stored(who.settings))
    people.change(uow, who)
    return who
