"""What all handlers share: only this machine, only this page, and never the token in a log.

The sandbox is open to whoever can reach it, so a foreign web page must not: `Host` must be this
machine's (a rebound name is refused) and `Origin`, when a browser sends one, must be ours.
"""

import json
import logging
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from bot.sandbox.errors import SimError, Wire
from bot.sandbox.fields import parse_object, unknown

log = logging.getLogger(__name__)
_HERE = frozenset({"127.0.0.1", "localhost"})


def is_at_home(host: str, origin: str | None) -> bool:
    """Tell whether a request came by this machine's name and from our own page or no page."""
    if urlsplit(f"//{host}").hostname not in _HERE:
        return False
    return origin is None or origin == f"http://{host}"


class HomeHandler(RequestHandler):
    """A handler that refuses strangers and reports faults without the address that was called."""

    def prepare(self) -> None:
        """Refuse a foreign Host or Origin with 403."""
        headers = self.request.headers
        if not is_at_home(headers.get("Host", ""), headers.get("Origin")):
            raise HTTPError(403, reason="Forbidden")

    def set_default_headers(self) -> None:
        """Keep browsers from guessing types and from showing us inside other pages."""
        self.set_header("Server", "linli-sandbox")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        self.set_header(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: data:; "
            "frame-ancestors 'none'",
        )

    def send_json(self, value: Any, status: int = 200) -> None:
        """Answer with JSON, all ASCII as Telegram's: whatever is in it, it can be sent."""
        self.set_status(status)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer every fault with a sentence."""
        fault = kwargs.get("exc_info", (None, None, None))[1]
        sentence = fault.sentence if isinstance(fault, SimError) else self._reason
        status = fault.status if isinstance(fault, SimError) else status_code
        self.send_json({"error": sentence}, status)

    def log_exception(
        self,
        typ: type[BaseException] | None,
        value: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        """Log defects only, by the handler's name: the address may hold the token."""
        if typ is None or value is None or isinstance(value, (HTTPError, SimError)):
            return
        log.error("%s failed", type(self).__name__, exc_info=(typ, value, tb))

    def body(self) -> Wire:
        """Return the JSON object that was posted, to an address without a query; SimError 400."""
        self.query()
        return parse_object(self.request.body)

    def query(self, *known: str) -> dict[str, str]:
        """Return the query's fields; raises SimError 400 for one that is not `known`."""
        given = {name: self.get_query_argument(name) for name in self.request.query_arguments}
        for name in given:
            if name not in known:
                raise unknown(name, known)
        return given

    def drop_connection(self) -> None:
        """Close the connection without an answer, as a network does."""
        self.detach().close()
