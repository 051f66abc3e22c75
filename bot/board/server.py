"""Serves the lobby's screen: one page to read, for a large screen and for a phone.

It reads, and can do nothing else: it has neither forms nor cookies. What it answers is kept for
some seconds, so that however many look at it the bot has the same to do.
"""

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tornado.web import Application, HTTPError, RequestHandler, StaticFileHandler

from bot import as_json
from bot.clock import Clock
from bot.services import board, figures
from bot.texts import LANGUAGES, plain
from bot.web import Server
from storage.unit_of_work import Database

PAGE = Path(__file__).parent / "page"
FRESH = 15.0  # seconds for which an answer is good
_WORDS = (
    *("title", "waiting", "doing", "finished", "empty", "more", "by", "done", "late"),
    *("today", "call", "language", "away", "month", "few", "of"),
    *figures.THREE,
)
_LANGUAGES = {"zh": "zh_CN", "en": "en"}
_HEADERS = {
    "Server": "linli",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; "
    "frame-ancestors 'none'; form-action 'none'",
}


@dataclass(slots=True)
class _Answers:
    """What was read lately, by community and language."""

    database: Database
    clock: Clock
    held: dict[tuple[str, str], tuple[float, str]] = field(default_factory=dict)

    async def of(self, code: str, language: str) -> str:
        """Return the facts as JSON; raises HTTPError 404 for a community that is not there."""
        at, text = self.held.get((code, language), (0.0, ""))
        if text and self.clock.monotonic() - at < FRESH:
            return text
        async with self.database.looking() as uow:
            known = await board.communities(uow)
            if code not in known:
                raise HTTPError(404)
            facts = await board.facts(uow, known[code])
        text = as_json.written(_in_words(facts, language))
        self.held[code, language] = self.clock.monotonic(), text
        return text

    async def communities(self) -> list[dict[str, str]]:
        """Return code and name of the communities that there are."""
        async with self.database.looking() as uow:
            return await board.names(uow)


def _in_words(facts: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the facts with all that is read in one language."""
    columns = {
        name: {
            "total": column["total"],
            "rows": [{**row, "name": row["name"][language]} for row in column["rows"]],
        }
        for name, column in facts["columns"].items()
    }
    return {**facts, "columns": columns, "words": words_in(language), "language": language}


def words_in(language: str) -> dict[str, str]:
    """Return the words of the page; what stands in braces is filled in there."""
    blanks = {name: f"{{{name}}}" for name in ("when", "n", "phone", "hours")}
    return {name: plain(f"board.{name}", language, **blanks) for name in _WORDS}


class _Handler(RequestHandler):
    def set_default_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self.finish(f"{status_code} {self._reason}")


class _Board(_Handler):
    """Answers with the facts of one community; without a code with those that there are."""

    def initialize(self, answers: _Answers) -> None:
        self._answers = answers

    async def get(self, code: str) -> None:
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if not code:
            self.finish(as_json.written(await self._answers.communities()))
            return
        asked = self.get_query_argument("lang", "zh")
        language = _LANGUAGES.get(asked, LANGUAGES[0])
        self.finish(await self._answers.of(code, language))


class _Page(StaticFileHandler):
    """The page itself, and what belongs to it."""

    def set_extra_headers(self, _path: str) -> None:
        for name, value in _HEADERS.items():
            self.set_header(name, value)


def board_server(database: Database, clock: Clock) -> Server:
    """Return the server of the screen."""
    answers = _Answers(database, clock)
    application = Application(
        [
            (r"/board/([a-z0-9_-]*)", _Board, {"answers": answers}),
            (r"/(.*)", _Page, {"path": str(PAGE), "default_filename": "index.html"}),
        ],
        default_handler_class=_Handler,
        log_function=_log_defects,
    )
    return Server(application, "BOARD_ADDRESS")


def _log_defects(handler: RequestHandler) -> None:
    if handler.get_status() >= 500:  # noqa: PLR2004 - a defect of ours
        logging.getLogger(__name__).error("the board answered %s", handler.get_status())
