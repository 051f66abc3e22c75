"""The Bot API over HTTP: /bot<TOKEN>/<method> and /file/bot<TOKEN>/<path>.

It reads a call in any of Telegram's four manners, lets the faults have it first, and answers.
"""

import re
from urllib.parse import unquote

from bot.clock import pause
from bot.sandbox.checks import Call, Upload, check
from bot.sandbox.errors import ApiError, Wire, bad_request
from bot.sandbox.faults import Fault
from bot.sandbox.fields import parse_json
from bot.sandbox.methods import GET_UPDATES, METHODS, NAMES, camel
from bot.sandbox.state import State
from bot.sandbox.updates import Poll
from bot.sandbox.web import HomeHandler
from bot.sandbox.webhook import refuse_poll
from bot.sandbox.world import bot_user

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{3,100}")


class Dropped(Exception):
    """The connection is to be closed without an answer."""


def check_token(state: State, token: str) -> Wire:
    """Return the bot as a Telegram `User`; raises ApiError 404 or 401."""
    if not _TOKEN.fullmatch(token):
        raise ApiError(404, "Not Found")
    if state.token is not None and token != state.token:
        raise ApiError(401, "Unauthorized")
    return bot_user(int(token.partition(":")[0]), state.world.organisation.name)


async def suffer(fault: Fault | None) -> None:
    """Let a fault have the call first; raises Dropped or ApiError when it ends there."""
    if fault is None:
        return
    await pause(fault.delay)
    if fault.drop == "before":
        raise Dropped
    if error := fault.error():
        raise error


class MethodHandler(HomeHandler):
    """One call of the Bot API."""

    state: State
    _poll: Poll | None = None

    def initialize(self, state: State) -> None:
        """Take over what is shared."""
        self.state = state

    async def get(self, token: str, method: str) -> None:
        """Answer a call whose parameters stand in the address."""
        await self._answer(unquote(token), method)

    async def post(self, token: str, method: str) -> None:
        """Answer a call with a form, parts or JSON."""
        await self._answer(unquote(token), method)

    def on_connection_close(self) -> None:
        """Forget a poller that has gone."""
        if self._poll is not None:
            self._poll.close()

    async def _answer(self, token: str, method: str) -> None:
        name = NAMES.get(method.lower(), "")
        given: Wire = {}
        uploads: dict[str, Upload] = {}
        self.state.working += name != GET_UPDATES
        try:
            bot = self.state.world.bot = check_token(self.state, token)
            given, uploads = self._parameters()
            status, answer = await self._through(name, given, uploads, bot)
        except ApiError as error:
            status, answer = error.status, error.body()
        except Dropped:
            self.state.calls.note(camel(name), given, uploads, 0, None)
            self.drop_connection()
            return
        finally:
            self.state.working -= name != GET_UPDATES
        self.state.calls.note(camel(name or "unknown"), given, uploads, status, answer)
        self.send_json(answer, status)

    async def _through(
        self, name: str, given: Wire, uploads: dict[str, Upload], bot: Wire
    ) -> tuple[int, Wire]:
        if not name:
            raise ApiError(404, "Not Found: method not found")
        fault = self.state.faults.take(name)
        await suffer(fault)
        try:
            call = Call(name, check(name, given, uploads), uploads, bot)
            return 200, {"ok": True, "result": await self._run(name, call)}
        finally:
            if fault is not None and fault.drop == "after":
                raise Dropped

    async def _run(self, name: str, call: Call) -> object:
        world = self.state.world
        if name != GET_UPDATES:
            return METHODS[name](world, call)
        refuse_poll(world.webhook)
        world.updates.allow(call.get("allowed_updates"))
        self._poll = Poll()
        return await world.updates.poll(
            self._poll,
            offset=call.get("offset", 0),
            limit=call.get("limit", 100),
            timeout=call.get("timeout", 0),
        )

    def _parameters(self) -> tuple[Wire, dict[str, Upload]]:
        request = self.request
        try:
            given: Wire = {name: texts[-1].decode() for name, texts in request.arguments.items()}
        except UnicodeDecodeError:
            raise _not_utf8() from None
        if request.headers.get("Content-Type", "").startswith("application/json") and request.body:
            given |= _json_object(request.body)
        uploads = {
            name: Upload(files[-1]["filename"], files[-1]["body"], files[-1]["content_type"])
            for name, files in request.files.items()
        }
        return given, uploads

    def write_error(self, status_code: int, **_kwargs: object) -> None:
        """Answer a defect as Telegram does."""
        words = {403: "Forbidden", 404: "Not Found"}.get(status_code, "Internal Server Error")
        self.send_json({"ok": False, "error_code": status_code, "description": words}, status_code)


def _not_utf8() -> ApiError:
    return bad_request("strings must be encoded in UTF-8")


def _json_object(body: bytes) -> Wire:
    try:
        value = parse_json(body)
    except UnicodeError:
        raise _not_utf8() from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected")
    return value


class FileHandler(HomeHandler):
    """The bytes of a file under the path that `getFile` gave."""

    state: State

    def initialize(self, state: State) -> None:
        """Take over what is shared."""
        self.state = state

    async def get(self, token: str, path: str) -> None:
        """Answer with the bytes; a fault for every method strikes here too."""
        try:
            check_token(self.state, unquote(token))
            await suffer(self.state.faults.take("file"))
            content = self._content(path)
        except ApiError as error:
            self.send_json(error.body(), error.status)
        except Dropped:
            self.drop_connection()
        else:
            self.set_header("Content-Type", "application/octet-stream")
            self.finish(content)

    def _content(self, path: str) -> bytes:
        stored = self.state.world.files.at(path)
        if stored is None:
            raise ApiError(404, "Not Found")
        return stored.content
