"""A stand-in for the bot: it echoes, keeps a list of due instants and speaks on the control line.

It reads what the sandbox gives a child (its environment) and DUE, instants that fall due.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp

API = f"{os.environ['BOT_API_URL']}{os.environ['BOT_TOKEN']}"
PERSON = 1001


class FakeBot:
    def __init__(self, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.due = [datetime.fromisoformat(text) for text in os.environ.get("DUE", "").split()]
        self.offset = 0
        self.shift = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.shift

    async def call(self, method: str, **given: Any) -> Any:
        async with self.session.post(f"{API}/{method}", json=given) as answer:
            return await answer.json()

    async def poll(self) -> None:
        while True:
            told = await self.call("getUpdates", offset=self.offset, timeout=20)
            for update in told.get("result", []):
                self.offset = update["update_id"] + 1
                if "message" in update:
                    await self.say(f"echo {update['message'].get('text')}")

    async def say(self, text: str) -> None:
        await self.call("sendMessage", chat_id=PERSON, text=text)

    async def tick(self) -> None:
        if "STUCK" in os.environ:
            return
        for instant in [due for due in self.due if due <= self.now()]:
            self.due.remove(instant)
            await self.say(f"due {instant.isoformat()} at {self.now():%Y-%m-%dT%H:%M}")

    async def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked["op"] == "idle":
            soon = self.now() + timedelta(seconds=2)
            return {
                "idle": all(due > soon for due in self.due),
                "next_due": min(self.due).isoformat() if self.due else None,
            }
        if asked["op"] == "clock":
            self.shift = datetime.fromisoformat(asked["now"]) - datetime.now(UTC)
            await self.tick()
        elif asked["op"] == "grant":
            if asked["name"] == "nobody":
                return {"ok": False, "error": "There is no such person."}
            await self.say(f"granted {asked['name']} {asked['roles']} {asked['language']}")
        elif asked["op"] == "reset":
            self.shift = datetime.fromisoformat(asked["now"]) - datetime.now(UTC)
            await self.say("the last words of the old life")
        return {}


async def main() -> None:
    if "DIE" in os.environ:
        sys.exit(int(os.environ["DIE"]))
    async with aiohttp.ClientSession() as session:
        bot = FakeBot(session)
        async with session.ws_connect(os.environ["SANDBOX_CONTROL"]) as line:
            await line.send_json({"op": "hello", "pid": os.getpid(), "username": "fake"})
            welcome = await line.receive_json()
            bot.shift = datetime.fromisoformat(welcome["now"]) - datetime.now(UTC)
            await bot.tick()
            polling = asyncio.create_task(bot.poll())
            await line.send_json({"op": "serving"})
            stop = asyncio.get_running_loop().create_task(_frames(line, bot))
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.cancel)
            await asyncio.wait([stop, polling], return_when=asyncio.FIRST_COMPLETED)
            polling.cancel()


async def _frames(line: aiohttp.ClientWebSocketResponse, bot: FakeBot) -> None:
    async for frame in line:
        asked = json.loads(frame.data)
        await line.send_json({"id": asked["id"], "ok": True, **await bot.answer(asked)})


if __name__ == "__main__":
    asyncio.run(main())
