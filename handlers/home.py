"""The first screen, the four keys, help: what everybody can always reach."""

from telegram import Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.domain.menu import commands_of
from bot.domain.press import Press
from bot.domain.role import STAFF, Role
from bot.services import draft_tiles, news, person, signal_answer, supplement, todo
from bot.services.community import Community, community_of
from bot.services.onbehalf import REGISTRARS
from bot.texts import LANGUAGES, label
from handlers.awaited import wait_for_nothing
from handlers.context import Context
from handlers.turn import Turn

PAGE, PAGE_TODO = 6, 4  # below what is to be done stand two buttons more


async def start(turn: Turn) -> None:
    """Greet, and show the four keys; whatever came behind /start is harmless."""
    community = await community_of(turn.uow, turn.who.community_id)
    turn.tell("menu.keyboard")
    turn.tell(
        "menu.start",
        community=community.name,
        name=turn.who.name,
        staff=turn.who.holds_somewhere(*STAFF),
        volunteer=turn.who.holds_somewhere(Role.VOLUNTEER, Role.PROPERTY_STAFF),
    )


async def welcome(turn: Turn) -> None:
    """Answer thanks, which are no report."""
    turn.tell("common.welcome")


async def invite_report(turn: Turn) -> None:
    """Say that anything sent is a report, whatever was asked before; or a kind is tapped."""
    await supplement.wait_no_more(turn.uow, turn.who)
    wait_for_nothing(turn)
    community = await community_of(turn.uow, turn.who.community_id)
    turn.tell("menu.report", **draft_tiles.kind_page(community, 0))


async def phone(turn: Turn) -> None:
    """Show plain telephone numbers."""
    community = await community_of(turn.uow, turn.who.community_id)
    turn.tell("menu.phone", **_phones(community))


def _phones(community: Community) -> dict[str, object]:
    return {
        "phone": community.phone,
        "hours": community.hours,
        "emergencies": [dict(one) for one in community.emergencies],
    }


async def show_news(turn: Turn) -> None:
    """Show what is going on: the notices that count now, and the week in figures."""
    turn.tell("menu.news", **await news.current(turn.uow, turn.who))


async def show_help(turn: Turn) -> None:
    """Explain how to use it, with the commands of the person's own menu."""
    community = await community_of(turn.uow, turn.who.community_id)
    commands = list(commands_of(turn.who))
    turn.tell("menu.help", community=community.name, commands=commands, **_phones(community))


async def my_cases(turn: Turn) -> None:
    """List what the person has reported."""
    await _list(turn, "my")


async def to_do(turn: Turn) -> None:
    """List what waits for a member of staff."""
    if not turn.who.holds_somewhere(*STAFF):
        turn.tell("common.not_staff")
        return
    await _list(turn, "todo")


async def tasks(turn: Turn) -> None:
    """List what could be taken."""
    if not turn.who.holds_somewhere(Role.VOLUNTEER, *STAFF):
        turn.tell("common.not_staff")
        return
    await _list(turn, "tasks")


async def turn_page(turn: Turn) -> None:
    """Show another page of a list over the one shown."""
    if turn.pressed.verb == "todo" and not turn.who.holds_somewhere(*STAFF):
        turn.tell("common.not_staff")
        return
    await _list(turn, turn.pressed.verb)


async def filters(turn: Turn) -> None:
    """Show what the list can be narrowed to, and how many there are of each."""
    if not turn.who.holds_somewhere(*STAFF):
        turn.tell("common.not_staff")
        return
    counts = await todo.counts(turn.uow, turn.who)
    registers = turn.who.holds_somewhere(*REGISTRARS)
    signals = await signal_answer.count(turn.uow, turn.who)
    turn.redraw("list.filters", counts=counts, registers=registers, signals=signals)


async def _list(turn: Turn, which: str) -> None:
    page = _page_number(turn.press)
    per_page = PAGE_TODO if which == "todo" else PAGE
    only = turn.press.id if turn.press is not None and turn.press.noun == "list" else 0
    facts = await todo.listing(turn.uow, turn.who, which, page=page, per_page=per_page, only=only)
    kind = f"list.{which}"
    if turn.press is not None and turn.press.noun == "list":
        turn.redraw(kind, **facts)
    else:
        turn.tell(kind, **facts)


def _page_number(press: Press | None) -> int:
    if press is None or not press.choice.isdecimal():
        return 0
    return int(press.choice)


async def unknown(turn: Turn) -> None:
    """Answer what cannot be understood."""
    community = await community_of(turn.uow, turn.who.community_id)
    turn.tell("common.unknown", phone=community.phone)


async def unknown_press(turn: Turn) -> None:
    """Answer a button that is not ours any more."""
    turn.toast("toast.stale")


async def note_blocked(update: Update, context: Context) -> None:
    """Note that somebody has blocked the bot, or lets it write again."""
    change = update.my_chat_member
    if change is not None and change.chat.type == ChatType.PRIVATE:
        gone = change.new_chat_member.status == ChatMemberStatus.BANNED
        await person.note_blocked(context.uow, change.chat.id, context.now if gone else None)


async def ignore(update: object, context: Context) -> None:
    """Let pass what is no concern of ours: groups, edits, people who block the bot."""
    del update, context


def labels(key: str) -> list[str]:
    """Return the words of a key of the keyboard in every language."""
    return [label(key, language) for language in LANGUAGES]
