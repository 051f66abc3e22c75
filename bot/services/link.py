"""Links that open the chat with the bot and say what for: t.me/<bot>?start=<what for>."""

from bot.services.unit_of_work import UnitOfWork

BOT_NAME = "bot_name"  # in what the house gives: the bot's user name at the messenger


def home_link(uow: UnitOfWork) -> str:
    """Return the link that opens the chat with the bot.

    Raises LookupError while it is not known who the bot is.
    """
    return f"https://t.me/{uow.given[BOT_NAME]}"


def deep_link(uow: UnitOfWork, payload: str) -> str:
    """Return the link; `payload` is up to 64 of A-Z, a-z, 0-9, _ and -.

    Raises LookupError while it is not known who the bot is.
    """
    return f"{home_link(uow)}?start={payload}"
