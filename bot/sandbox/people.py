"""The people of the demo, read from the organisation file, and those who join later.

It reads `community.name`, `community.time_zone` and `[[people]]` and knows nothing of the rest.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.errors import SandboxFault, SimError, Wire

CHINESE = "zh_CN"
ROLES = (
    "resident",
    "volunteer",
    "property_staff",
    "dispatcher",
    "grid_worker",
    "supervisor",
    "organizer",
    "admin",
)


class OrganisationFault(SandboxFault):
    """The organisation file cannot be used; the message names the file and the field."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """What the sandbox needs of the organisation file."""

    name: str
    zone: ZoneInfo
    people: tuple["Seeded", ...]


@dataclass(frozen=True, slots=True)
class Seeded:
    """One of `[[people]]`: somebody who has been using the bot for some time."""

    id: int
    name: str
    roles: tuple[str, ...]
    language: str


@dataclass(slots=True)
class Person:
    """Somebody with a phone. `started` means that the bot may write to them."""

    id: int
    name: str
    language: str
    roles: tuple[str, ...] = ()
    started: bool = False
    blocked: bool = False
    deactivated: bool = False
    groups: list[int] = field(default_factory=list)

    def user(self) -> Wire:
        """Return the person as a Telegram `User`."""
        code = "zh-hans" if self.language.lower().startswith("zh") else self.language
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.name,
            "language_code": code.replace("_", "-").lower(),
        }

    def chat(self) -> Wire:
        """Return the person's private chat as a Telegram `Chat`."""
        return {"id": self.id, "type": "private", "first_name": self.name}

    def shown(self) -> Wire:
        """Return the person as the person side shows them."""
        return {
            "id": self.id,
            "name": self.name,
            "roles": list(self.roles),
            "language": self.language,
            "chats": [self.id, *self.groups],
        }


def read_organisation(path: Path) -> Organisation:
    """Read the organisation file; raises OrganisationFault with one sentence."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OrganisationFault(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:  # no UTF-8, or no TOML; it names the line
        raise OrganisationFault(f"{path}: {error}") from error
    community = table.get("community")
    if not isinstance(community, dict) or not isinstance(community.get("name"), str):
        raise OrganisationFault(f"{path}: community.name is missing")
    people = table.get("people", [])
    if not isinstance(people, list):
        raise OrganisationFault(f"{path}: people must be a list of tables ([[people]])")
    return Organisation(
        community["name"],
        _zone(path, community.get("time_zone", "Asia/Shanghai")),
        _once(_seeded(path, number, row) for number, row in enumerate(people, 1)),
    )


def _once(rows: Iterable["Seeded"]) -> tuple["Seeded", ...]:
    """Return everybody once: who serves in several parts has a row for each."""
    known: dict[int, Seeded] = {}
    for one in rows:
        before = known.get(one.id, one)
        known[one.id] = replace(before, roles=tuple(dict.fromkeys(before.roles + one.roles)))
    return tuple(known.values())


def _zone(path: Path, name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (KeyError, ValueError, OSError) as error:
        raise OrganisationFault(
            f"{path}: community.time_zone: there is no zone {name!r}"
        ) from error


def _seeded(path: Path, number: int, row: Any) -> Seeded:
    where = f"{path}: people[{number}]"
    if not isinstance(row, dict) or not isinstance(row.get("telegram_id"), int):
        raise OrganisationFault(f"{where}: telegram_id must be a whole number")
    if not isinstance(row.get("name"), str):
        raise OrganisationFault(f"{where}: name is missing")
    roles = row.get("roles", [])
    if not isinstance(roles, list) or any(role not in ROLES for role in roles):
        raise OrganisationFault(f"{where}: roles may be {', '.join(ROLES)}")
    return Seeded(row["telegram_id"], row["name"], tuple(roles), str(row.get("language", CHINESE)))


def bots_language(language: str) -> str:
    """Return which of the bot's two languages somebody with this one is spoken to in."""
    return CHINESE if language.lower().startswith("zh") else "en"


def check_roles(roles: list[Any]) -> tuple[str, ...]:
    """Return `roles` when each is known; raises SimError 400 naming the first that is not."""
    for role in roles:
        if role not in ROLES:
            raise SimError(400, f"There is no role {role!r}. Roles: {', '.join(ROLES)}.")
    return tuple(roles)
