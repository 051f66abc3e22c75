"""Who serves: found and listed, roles given, agreed to and taken away, links that invite.

Every step is a press of its own: what was chosen so far stands in the button.
"""

from telegram.ext import CallbackQueryHandler

from bot.domain.grant import GIVEN, PREFIX, TERMS, GrantStatus
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import grant, people
from bot.services.link import deep_link
from handlers import guarded
from handlers.context import Context
from handlers.turn import Step, Turn, on_presses

FOR_GOOD = "none"
A_PAGE = "p"  # instead of a place: another page of them
_COMPLETE = 3  # role, place, term


async def command(turn: Turn) -> None:
    """List who serves, or whose name has the words behind the command."""
    _, _, words = turn.words.partition(" ")
    turn.tell("people.list", **await people.listing(turn.uow, turn.who, words.strip(), 0))


async def page(turn: Turn) -> None:
    """Show a page of those who serve."""
    choice = turn.pressed.choice
    at = int(choice) if choice.isdecimal() else 0
    turn.redraw("people.list", **await people.listing(turn.uow, turn.who, "", at))


async def show(turn: Turn) -> None:
    """Show one person and what they hold."""
    of = await people.find(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("people.card", **await people.one(turn.uow, turn.who, of))


async def doors(turn: Turn) -> None:
    """Tell over the chat where somebody lives, where messages show no door."""
    guarded.check_tapped(turn)
    found = await people.doors(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.guarded_homes", alert=True, **found)


async def give(turn: Turn) -> None:
    """Ask for the role, where, and for how long; then give it."""
    to = await people.find(turn.uow, turn.who, turn.pressed.id)
    facts = {"id": to.id, "name": to.name, "verb": "give"}
    if await _asked(turn, facts):
        return
    role, scope, term = await _chosen(turn)
    given = await grant.give(turn.uow, turn.who, to, role, scope, term)
    turn.toast("toast.role_given" if given.status is GrantStatus.GRANTED else "toast.role_asked")
    turn.redraw("people.card", **await people.one(turn.uow, turn.who, to))


async def invite(turn: Turn) -> None:
    """Ask for the role, where, and for how long; then make a link."""
    await grant.roles_to_give(turn.uow, turn.who)
    if await _asked(turn, {"id": 0, "name": "", "verb": "invite"}):
        return
    role, scope, term = await _chosen(turn)
    payload = await grant.invite(turn.uow, turn.who, role, scope, term)
    where = await grant.place_name(turn.uow, turn.who, scope)
    turn.redraw("people.link", role=role.value, where=where, link=deep_link(turn.uow, payload))


async def _asked(turn: Turn, facts: dict[str, object]) -> bool:
    """Ask for what is not chosen yet; say whether something was asked."""
    parts = [part for part in turn.pressed.choice.split(":") if part]
    if not parts:
        given = await grant.roles_to_give(turn.uow, turn.who)
        turn.redraw("people.role", roles=[one.value for one in given], **facts)
        return True
    role = _role(parts[0])
    where = parts[1] if len(parts) > 1 else ""
    if not where or where.startswith(A_PAGE):
        page = where.removeprefix(A_PAGE)
        at = int(page) if page.isascii() and page.isdecimal() else 0
        choices = await people.places(turn.uow, turn.who, role, at)
        if len(choices["places"]) > 1 or choices["pages"] > 1:
            turn.redraw("people.where", **choices, **facts)
            return True
        where = choices["places"][0]["code"] if choices["places"] else where
    if len(parts) < _COMPLETE:
        chosen = {"role": role.value, "scope": where, "terms": [*TERMS, FOR_GOOD]}
        turn.redraw("people.term", **chosen, **facts)
        return True
    return False


async def _chosen(turn: Turn) -> tuple[Role, str, str]:
    role, where, term, *_ = turn.pressed.choice.split(":")
    chosen = _role(role)
    return chosen, await people.chosen_scope(turn.uow, turn.who, chosen, where), term


def _role(value: str) -> Role:
    found = next((one for one in GIVEN if one.value == value), None)
    if found is None:
        raise Refusal("toast.stale")
    return found


async def take(turn: Turn) -> None:
    """Ask which role ends; then end it."""
    of = await people.find(turn.uow, turn.who, turn.pressed.id)
    role, _, scope = turn.pressed.choice.partition(":")
    if not role:
        turn.redraw("people.take", **await people.one(turn.uow, turn.who, of))
        return
    await grant.take(turn.uow, turn.who, of, _role(role), people.scope_of(scope))
    turn.toast("toast.role_ended")
    turn.redraw("people.card", **await people.one(turn.uow, turn.who, of))


async def waiting(turn: Turn) -> None:
    """List what waits for one's agreement."""
    turn.redraw("people.waiting", asked=await people.waiting(turn.uow, turn.who))


async def agree(turn: Turn) -> None:
    """Agree to what somebody else has asked for."""
    await grant.decide(turn.uow, turn.who, turn.pressed.id, yes=True)
    turn.toast("toast.agreed")
    await waiting(turn)


async def disagree(turn: Turn) -> None:
    """Do not agree."""
    await grant.decide(turn.uow, turn.who, turn.pressed.id, yes=False)
    turn.toast("toast.disagreed")
    await waiting(turn)


def invitations_first(step: Step) -> Step:
    """Return `step` for a plain start; one with an invitation gives the role, or asks for it."""

    async def start(turn: Turn) -> object:
        _, _, code = turn.words.partition(" ")
        if not code.startswith(PREFIX):
            return await step(turn)
        given = await grant.open_invitation(turn.uow, turn.who, code.strip())
        if given.status is not GrantStatus.GRANTED:
            where = await grant.place_name(turn.uow, turn.who, given.scope)
            turn.tell("grant.waits", role=given.role.value, where=where)
        return None

    return start


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of these buttons."""
    steps: dict[str, Step] = {
        "list": page,
        "show": show,
        "doors": doors,
        "give": give,
        "invite": invite,
        "take": take,
        "waiting": waiting,
        "agree": agree,
        "refuse": disagree,
    }
    return on_presses("people", steps)
