"""Structured lines: ids and outcomes, never a message's text, a phone number or the token."""

import logging
import re
import sys
from typing import Any

import structlog

_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")
_HIDDEN = "<token>"
# httpx and aiohttp log whole addresses (token included), PTB logs raw updates.
_LOUD = ("httpx", "httpcore", "aiohttp", "telegram", "apscheduler", "alembic", "asyncio",
         "sqlalchemy", "aiosqlite", "tornado", "matplotlib")  # fmt: skip


def hide_token(text: str) -> str:
    """Return `text` with anything that looks like a token of a bot taken out."""
    return _TOKEN.sub(_HIDDEN, text)


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return hide_token(super().format(record))


def _hide_tokens(_logger: Any, _name: str, line: Any) -> Any:
    return {key: hide_token(v) if isinstance(v, str) else v for key, v in line.items()}


def set_up_logging(level: str) -> None:
    """Send lines of `level` and above to standard error, with tokens taken out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacting("%(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="%H:%M:%S", utc=False),
            structlog.processors.format_exc_info,
            _hide_tokens,
            structlog.processors.KeyValueRenderer(
                key_order=["timestamp", "level", "event"], drop_missing=True
            ),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def log(name: str) -> Any:
    """Return the logger of a room."""
    return structlog.get_logger(name)
