"""Residents without Telegram, for whom staff registers what they say.

Source: dialogues, `desk.onbehalf`.
"""

import re

from bot.domain.person import Person

CHANNELS = ("phone", "walk_in")
NOWHERE = 1 << 60  # from here on no account of Telegram's; nothing can be sent there
PHONE = "phone"  # in the settings of such a resident
TAIL = 4  # figures that tell one number from another in a list
_PHONE = re.compile(
    r"(?<!\d)(?:\+?86[- ]?)?(?:1\d{2}[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[- ]?\d{7,8}|\d{7,8})(?!\d)"
)


def account_of(person_id: int) -> int:
    """Return what stands in place of a Telegram id."""
    return NOWHERE + person_id


def has_no_chat(chat_id: int) -> bool:
    """Say whether nothing can be sent there."""
    return chat_id >= NOWHERE


def phone_in(words: str) -> str | None:
    """Return the telephone number that the words name; None when there is none."""
    found = _PHONE.search(words)
    return found[0] if found else None


def phone_of(resident: Person) -> str | None:
    """Return the number that was left by somebody who was registered; None without one."""
    phone = resident.settings.get(PHONE)
    return str(phone) if phone else None


def tail_of(resident: Person) -> str | None:
    """Return its last figures, by which one caller is told from another."""
    phone = phone_of(resident)
    return phone[-TAIL:] if phone else None


def without_phone(words: str) -> str:
    """Return the words without the telephone number, which not everybody has to read."""
    return re.sub(r"\s{2,}", " ", _PHONE.sub(" ", words)).strip()
