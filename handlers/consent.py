"""The button below what is kept and where messages travel: somebody knows. Stateless."""

from typing import Any

from bot.domain import consent as rules
from bot.services import consent
from handlers.privacy import home
from handlers.turn import Presses, Turn, on_presses

PRIVACY = "privacy"  # the choice of the button on the card of /privacy


async def known(turn: Turn) -> None:
    """Keep that they know; below a text that has changed since, show the one of now."""
    if turn.pressed.id != turn.who.id:
        turn.toast("toast.consent_other", alert=True)
    elif turn.pressed.version != rules.VERSION:
        turn.toast("toast.consent_changed")
        await _redraw(turn, consent.button(turn.who))
    else:
        is_new = consent.agree(turn.uow, turn.who)
        turn.toast("toast.consent_known" if is_new else "toast.consent_twice")
        await _redraw(turn, {})


async def _redraw(turn: Turn, button: dict[str, Any]) -> None:
    """Draw the message anew; without a button when there is none to press."""
    if turn.pressed.choice == PRIVACY:
        await home(turn)
        return
    shown = await consent.below(turn.uow, turn.who, turn.message_id)
    if shown is not None:
        turn.redraw(shown.kind, **{**shown.facts, rules.FACT: button})


def presses() -> Presses:
    """Return the handler of this button."""
    return on_presses("consent", {"known": known})
