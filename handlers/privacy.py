"""/privacy: what is kept of somebody, handed to them, or erased after seven days. Stateless."""

from bot.domain.refusal import Refusal
from bot.services import erase, privacy
from handlers.turn import Presses, Step, Turn, on_presses, or_as_it_is


async def home(turn: Turn) -> None:
    """Show what is kept, who may see it and who has looked."""
    turn.redraw("privacy.home", **await privacy.facts(turn.uow, turn.who))


async def export(turn: Turn) -> None:
    """Send all of it as files."""
    await privacy.hand_out(turn.uow, turn.who)
    turn.toast("toast.on_its_way")


async def ask(turn: Turn) -> None:
    """Say what would become of it all, or what has to be handed over before."""
    _check_own(turn)
    needs = await erase.hand_over(turn.uow, turn.who)
    if needs:
        turn.redraw("privacy.hand_over", **needs)
    elif await erase.planned(turn.uow, turn.who) is not None:
        await home(turn)
    else:
        turn.redraw("privacy.erase", **await erase.effects(turn.uow, turn.who))


async def yes(turn: Turn) -> None:
    """Plan it; pressed twice it is planned once."""
    _check_own(turn)
    if await erase.planned(turn.uow, turn.who) is None:
        await erase.ask(turn.uow, turn.who)
    turn.toast("toast.erase_planned")
    facts = await privacy.facts(turn.uow, turn.who)
    turn.redraw("privacy.planned", at=facts["planned"], zone=facts["zone"], id=turn.who.id)


async def stay(turn: Turn) -> None:
    """Take it back."""
    await erase.take_back(turn.uow, turn.who)
    turn.toast("toast.stays")
    turn.redraw("privacy.stays")


def _check_own(turn: Turn) -> None:
    """Raise Refusal for a button that was drawn for somebody else, or before one was erased."""
    if turn.pressed.id != turn.who.id:
        raise Refusal("toast.stale")


def presses() -> Presses:
    """Return the handler of these buttons."""
    steps: dict[str, Step] = {"home": home, "export": export}
    own: dict[str, Step] = {"erase": ask, "erase_yes": yes, "stay": stay}
    steps |= {verb: or_as_it_is(step, home) for verb, step in own.items()}
    return on_presses("privacy", steps)
