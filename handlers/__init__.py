"""Chat: reads an update, calls one service, lets letters answer."""

from typing import Any

from telegram.ext import (
    Application,
    CallbackQueryHandler,
    MessageHandler,
    TypeHandler,
)

from handlers import (
    action,
    answer,
    audit,
    block,
    broadcast,
    broadcast_poll,
    broadcast_standing,
    callback,
    callback_call,
    case,
    code,
    compose,
    consent,
    correction,
    decline,
    figures,
    finish,
    group,
    guarded,
    home,
    home_word,
    kin,
    meeting,
    merge,
    minutes,
    moving,
    neighbour,
    newcomer,
    onbehalf,
    outage,
    patrol,
    people,
    privacy,
    promise,
    refuse,
    remark,
    reopen,
    report,
    request,
    residence,
    return_,
    roster,
    search,
    series,
    settings,
    shift,
    shut_out,
    signal,
    supplement,
    survey,
    survey_desk,
    urgent,
    volunteer,
)
from handlers.context import Context
from handlers.turn import Command, Step, on, on_presses
from handlers.words import HELP, IN_PRIVATE, POLL, SAID, said

COMMANDS: dict[str, Step] = {
    "start": code.codes_first(people.invitations_first(kin.links_first(home.start))),
    "my": home.my_cases,
    "todo": home.to_do,
    "tasks": home.tasks,
    "help": home.show_help,
    "find": search.command,
    "settings": settings.home,
    "privacy": privacy.home,
    "onbehalf": onbehalf.start,
    "people": people.command,
    "audit": audit.command,
    "word": home_word.command,
    "report": figures.command,
    "duty": patrol.command,
    "meetings": meeting.command,
    "calendar": meeting.calendar,
    "survey": survey_desk.listing,
}
KEYS: dict[str, Step] = {  # the four keys, the buttons of the first screen
    "report": home.invite_report,
    "my": home.my_cases,
    "news": home.show_news,
    "phone": home.phone,
    "todo": home.to_do,
    "tasks": home.tasks,
    "settings": settings.home,
}


def register(app: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Register every handler; the first that fits an update handles it, so the order counts."""
    app.add_handler(newcomer.doorkeeper(), newcomer.BEFORE)
    app.add_handler(shut_out.ShutOut())
    for command, step in COMMANDS.items():
        app.add_handler(Command(command, on(step), filters=IN_PRIVATE))
    app.add_handlers(group.handlers())
    app.add_handler(on_presses("home", KEYS))
    for key, step in KEYS.items():
        app.add_handler(MessageHandler(said(*home.labels(key)), on(step)))
    app.add_handler(MessageHandler(HELP, on(home.show_help)))
    app.add_handlers([settings.presses(), kin.presses(), people.presses(), figures.presses()])
    app.add_handlers([audit.presses(), code.presses(), newcomer.presses(), *block.handlers()])
    app.add_handlers([*residence.handlers(), moving.presses(), *volunteer.handlers()])
    app.add_handlers([privacy.presses(), patrol.presses(), shift.presses(), *roster.handlers()])
    for noun in (meeting, minutes, action, series):
        app.add_handlers(noun.handlers())
    app.add_handlers([survey_desk.presses(), *survey.handlers(), compose.dialogue()])
    lists = dict.fromkeys(("my", "todo", "tasks"), home.turn_page)
    app.add_handler(
        on_presses("list", {**lists, "filters": home.filters, "find": search.turn_page})
    )
    app.add_handlers([onbehalf.presses(), signal.presses(), broadcast_poll.votes()])
    app.add_handlers([consent.presses(), guarded.presses()])
    app.add_handlers([broadcast_standing.presses(), broadcast.dialogue()])
    app.add_handler(callback.dialogue())  # before its presses: they end it
    for press in (*callback.presses(), callback_call.presses()):
        app.add_handler(press)
    app.add_handlers([reopen.presses(), urgent.presses(), neighbour.presses()])
    for own in (supplement, promise, request, return_, case):
        app.add_handler(own.presses())
    app.add_handlers([*answer.presses(), correction.presses(), correction.dialogue()])
    for several in (promise, request, return_):  # before "finish", which takes any words
        app.add_handlers(several.dialogues())
    app.add_handlers([*refuse.dialogues(), *remark.dialogues()])
    app.add_handlers([one.dialogue() for one in (decline, merge, outage, finish, report)])
    app.add_handler(CallbackQueryHandler(on(home.unknown_press)))
    app.add_handler(MessageHandler(POLL, on(broadcast_poll.elsewhere)))
    app.add_handler(MessageHandler(SAID, on(home.unknown)))
    app.add_handler(TypeHandler(object, home.ignore))
