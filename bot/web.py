"""One small HTTP server at one address: the lobby's screen, the webhook, the figures of health."""

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

LARGEST = 1024 * 1024  # bytes of a request


class AddressFault(Exception):
    """The address cannot be served at; the text is a sentence for the operator."""


class Server:
    """Serves an application; `port` is known after `open`."""

    def __init__(self, application: Application, setting: str) -> None:
        self._application, self._setting = application, setting
        self._server: HTTPServer | None = None
        self.port = 0

    def open(self, address: tuple[str, int] | None) -> None:
        """Serve at host and port from now on, at None nowhere.

        Raises AddressFault when the address is taken or not ours.
        """
        if address is None:
            return
        host, port = address
        try:
            doors = bind_sockets(port, address=host)
        except OSError as error:
            raise AddressFault(
                f"{self._setting}: {host}:{port} cannot be used: {error.strerror}."
            ) from None
        # What a proxy says of where a request comes from is not believed.
        self._server = HTTPServer(
            self._application, xheaders=False, max_body_size=LARGEST, max_buffer_size=2 * LARGEST
        )
        self._server.add_sockets(doors)
        self.port = doors[0].getsockname()[1]

    async def close(self) -> None:
        """Take nobody else in, and let those go who are being answered."""
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()
