"""Voting in a poll over HTTP."""

from bot.sandbox import acting
from bot.sandbox.fields import Fields, ListOf, optional, read
from bot.sandbox.sim import SimHandler
from bot.sandbox.sim_poll import choose

_VOTE: Fields = {
    "from": int,
    "message_id": int,
    "chat": optional(int),
    "options": ListOf(int),
}


class VoteHandler(SimHandler):
    """POST /sim/vote."""

    async def post(self) -> None:
        """Choose options of a poll, or none to take a vote back."""
        wish = read(self.body(), _VOTE)
        world, person = self.state.world, self.actor(wish)
        chat = acting.chat_of(world, person, wish.get("chat"))
        choose(world, person, chat, wish["message_id"], wish["options"])
        self.send_json({"message_id": wish["message_id"]})
