"""The documents of a meeting, prepared outside the writer's turn when their letter goes out."""

from collections.abc import Callable
from typing import Any

from bot.domain.letter import Letter, MeetingFile
from bot.paper import calendar_entry, minutes, pack
from bot.services import guarded, meeting_paper
from storage.unit_of_work import Database

File = tuple[str, bytes]  # its name, and what is in it
_READ = {
    MeetingFile.ENTRY: meeting_paper.entry,
    MeetingFile.PACK: meeting_paper.pack,
    MeetingFile.WORD: meeting_paper.minutes,
    MeetingFile.PAGE: meeting_paper.minutes,
}
_WRITE: dict[MeetingFile, Callable[[dict[str, Any], str], File]] = {
    MeetingFile.ENTRY: calendar_entry.write,
    MeetingFile.PACK: pack.write,
    MeetingFile.WORD: minutes.write_word,
    MeetingFile.PAGE: minutes.write_page,
}


async def prepare(database: Database, letter: Letter, what: MeetingFile) -> Callable[[], File]:
    """Return what writes the document; all but the entry for a calendar are in Chinese."""
    async with database.looking() as uow:
        facts = await _READ[what](uow, letter.community_id, letter.facts["id"])
        facts = await guarded.facts(uow, letter.community_id, facts)
    language = letter.language if what is MeetingFile.ENTRY else meeting_paper.LANGUAGE
    return lambda: _WRITE[what](facts, language)
