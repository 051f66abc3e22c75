"""The file with all that is kept of somebody, prepared outside the writer's turn."""

import json
from collections.abc import Callable
from typing import Any

from bot.domain.letter import Letter
from bot.services import privacy
from bot.texts import words
from storage.unit_of_work import Database

_NAMED_IN = "zh_CN"  # in English they are called as in the database
File = tuple[str, bytes]  # its name, and what is in it


async def prepare(database: Database, letter: Letter) -> Callable[[], File]:
    """Return what writes the file, for whom the letter is, with its tables named in words."""
    async with database.looking() as uow:
        held = await privacy.document(uow, letter.chat_id, uow.now)
    name = f"linli_{held['made_at'][:10]}.json"
    return lambda: (name, write(held, letter.language))


def write(held: dict[str, Any], language: str) -> bytes:
    """Return the document as JSON that people can read, UTF-8."""
    named = {
        **held,
        "communities": [_named(one, language) for one in held.get("communities", ())],
        "account": _named(held["account"], language),
    }
    return json.dumps(named, ensure_ascii=False, indent=2, default=str).encode()


def _named(tables: dict[str, Any], language: str) -> dict[str, Any]:
    said = words()["exported"] if language == _NAMED_IN else {}
    return {said.get(one, one): rows for one, rows in tables.items()}
