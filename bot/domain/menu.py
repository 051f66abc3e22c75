"""Which commands stand in whose menu. A menu is display only; it never authorises."""

from bot.domain.audit import reads_audit
from bot.domain.broadcast import SENDERS
from bot.domain.figures import reads_figures
from bot.domain.grant import GIVERS
from bot.domain.person import Person
from bot.domain.role import STAFF, WORKERS, Role
from bot.domain.settings import Settings
from bot.domain.survey import may_ask

RESIDENT = ("start", "my", "help", "settings", "privacy", "cancel")  # few: all is a button too
OF_SERVING = ("meetings", "calendar")
OF_STAFF = ("todo", "find", "onbehalf")
OF_WORKERS = ("tasks", "duty")
OF_GIVERS = ("people",)
OF_AUDITORS = ("audit",)
OF_DOORSTEPS = ("word",)
OF_READERS = ("report",)
OF_SENDERS = ("notice",)
OF_ASKERS = ("survey",)
COMMANDS = (
    *(*RESIDENT, *OF_SERVING, *OF_STAFF, *OF_WORKERS, *OF_GIVERS, *OF_AUDITORS, *OF_DOORSTEPS),
    *(*OF_READERS, *OF_SENDERS, *OF_ASKERS),
)


def commands_of(who: Person) -> tuple[str, ...]:
    """Return the commands that the person can use, most wanted first."""
    staff = OF_STAFF if who.holds_somewhere(*STAFF) else ()
    work = OF_WORKERS if who.holds_somewhere(*WORKERS, *STAFF) else ()
    give = OF_GIVERS if who.holds_somewhere(*GIVERS) else ()
    look = OF_AUDITORS if reads_audit(who) else ()
    doors = OF_DOORSTEPS if who.holds_somewhere(Role.GRID_WORKER, *GIVERS) else ()
    read = OF_READERS if reads_figures(who) else ()
    say = OF_SENDERS if who.holds_somewhere(*SENDERS) else ()
    ask = OF_ASKERS if may_ask(who) else ()
    ahead = OF_SERVING if staff or work else ()
    first, *others = RESIDENT
    return (first, *staff, *work, *ahead, *say, *ask, *read, *give, *look, *doors, *others)


def menu_of(who: Person) -> str:
    """Return what tells one menu from another, "" for the one that every chat has anyway.

    Somebody who once had a menu of their own keeps one: the common one depends on their phone.
    """
    if not who.holds_somewhere(*STAFF, Role.VOLUNTEER) and not Settings.of(who).menu:
        return ""
    return f"{who.language}:{'+'.join(commands_of(who))}"
