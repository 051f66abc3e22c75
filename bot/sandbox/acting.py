"""What people do with their phones: write, edit, press, block. Each becomes an update.

It refuses, in a sentence, what a real phone would not let one do.
"""

import binascii
from base64 import b64decode
from typing import Any

from bot.clock import new_id
from bot.sandbox.entities import detect
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.groups import tell_place
from bot.sandbox.media import SAMPLES, fitting, keep, sample, wire_of
from bot.sandbox.members import KICKED, MANAGES, MEMBER, place, status_of
from bot.sandbox.people import Person
from bot.sandbox.polls import poll_of, show_in
from bot.sandbox.sim_poll import poll_content
from bot.sandbox.sim_show import buttons
from bot.sandbox.topics import thread, topic_of
from bot.sandbox.world import BOT, Chat, Kept, Query, Topic, World

TEXT_LIMIT = 4096
_CAPTION_LIMIT = 1024
_ALBUM = 10
_WITHOUT_CAPTION = ("text", "location", "contact", "sticker", "poll")


def chat_of(world: World, person: Person, chat_id: int | None) -> Chat:
    """Return the chat where somebody acts, their own by default; raises SimError 403 or 404."""
    if chat_id is None or chat_id == person.id:
        return world.chats[person.id]
    if chat_id not in world.chats:
        raise SimError(404, f"There is no chat {chat_id}.")
    if chat_id not in person.groups:
        raise SimError(403, f"{person.name} is not in the chat {chat_id}.")
    return world.chats[chat_id]


def _must_reach(person: Person, chat: Chat) -> None:
    if chat.id == person.id and person.blocked:
        raise SimError(409, f"{person.name} has blocked the bot; POST /sim/unblock first.")
    if person.deactivated:
        raise SimError(409, f"{person.name}'s account is deactivated.")


def write(world: World, person: Person, chat: Chat, wish: Wire) -> list[int]:
    """Send what `wish` holds as one message, an album, or the pieces of a long text."""
    _must_reach(person, chat)
    contents = _contents(world, person, wish)
    replied = _replied(chat, wish.get("reply_to"))
    topic = _topic(chat, wish.get("topic")) or topic_of(chat, replied)
    if not chat.open and status_of(chat, person) not in MANAGES:
        raise SimError(409, "Only administrators write in this chat.")
    if topic is not None and topic.closed and status_of(chat, person) not in MANAGES:
        raise SimError(409, f"The topic {topic.name!r} is closed.")
    contents = [content | thread(chat, topic, None) for content in contents]
    contents[0] |= thread(chat, topic, replied)
    return [_send(world, person, chat, content).id for content in contents]


def _send(world: World, person: Person, chat: Chat, content: Wire) -> Kept:
    if chat.id == person.id:
        person.started = True
    kept = world.post(chat, person.user(), content)
    if "poll" in content:
        show_in(poll_of(world, kept), chat, kept, forwarded="forward_origin" in content)
    if not chat.kicked:
        world.updates.put("message", kept.wire)
    return kept


def _topic(chat: Chat, wanted: object) -> Topic | None:
    if wanted is None:
        return None
    for topic in chat.topics.values():
        if wanted in (topic.id, topic.name):
            return topic
    names = ", ".join(f"{topic.id} ({topic.name})" for topic in chat.topics.values()) or "none"
    raise SimError(404, f"There is no topic {wanted!r} in this chat; topics: {names}.")


def _replied(chat: Chat, message_id: int | None) -> Kept | None:
    if message_id is None:
        return None
    kept = chat.messages.get(message_id)
    if kept is None or kept.deleted:
        raise SimError(404, f"There is no message {message_id} in this chat to reply to.")
    return kept


def _contents(world: World, person: Person, wish: Wire) -> list[Wire]:
    for kind in _WITHOUT_CAPTION:
        if kind in wish and "caption" in wish:
            raise SimError(400, f"A {kind} has no caption.")
    if "text" in wish:
        return [_text(piece) for piece in _pieces(wish["text"])]
    if "photos" in wish:
        return _album(world, wish)
    if alone := _alone(world, person, wish):
        return [alone]
    kind = next(kind for kind in ("photo", "voice", "video", "document") if kind in wish)
    return [_file(world, kind, wish[kind]) | _caption(wish)]


def _alone(world: World, person: Person, wish: Wire) -> Wire:
    """Return what is neither words nor a file; empty where there is none."""
    if "location" in wish:
        return {"location": wish["location"]}
    if "contact" in wish:
        return {"contact": _contact(person, wish["contact"])}
    if "poll" in wish:
        return poll_content(world, person, wish["poll"])
    return {"sticker": _sticker(wish["sticker"])} if "sticker" in wish else {}


def _pieces(text: str) -> list[str]:
    # A phone cuts what is too long for one message into several.
    whole = text.strip()
    if not whole:
        raise SimError(400, "The text is empty.")
    cut = [whole[at : at + TEXT_LIMIT].strip() for at in range(0, len(whole), TEXT_LIMIT)]
    return [piece for piece in cut if piece]


def _text(text: str) -> Wire:
    content: Wire = {"text": text}
    if entities := detect(text):
        content["entities"] = entities
    return content


def _caption(wish: Wire) -> Wire:
    caption = str(wish.get("caption", "")).strip()
    if len(caption) > _CAPTION_LIMIT:
        raise SimError(400, f"A caption has at most {_CAPTION_LIMIT} letters.")
    if not caption:
        return {}
    content: Wire = {"caption": caption}
    if entities := detect(caption):
        content["caption_entities"] = entities
    return content


def _album(world: World, wish: Wire) -> list[Wire]:
    photos = wish["photos"]
    if not 1 <= len(photos) <= _ALBUM:
        raise SimError(400, f"photos is a list of 1 to {_ALBUM} samples or base64 texts.")
    contents = [_file(world, "photo", photo) for photo in photos]
    if len(contents) > 1:
        album = new_id()
        contents = [content | {"media_group_id": album} for content in contents]
    contents[0] |= _caption(wish)
    return contents


def _file(world: World, kind: str, source: str) -> Wire:
    if source in fitting(kind):
        name, content = sample(source)
    else:
        name, content = f"{kind}.bin", _decoded(kind, source)
    return wire_of(world.files, keep(world.files, kind, content, name=name), {})


def _decoded(kind: str, source: str) -> bytes:
    try:
        content = b64decode(source.partition("base64,")[2] or source, validate=True)
    except (binascii.Error, ValueError):
        content = b""
    if not content or source in SAMPLES:  # "document" could be read as base64
        raise SimError(400, f"{kind} is base64 or a ready sample: {', '.join(fitting(kind))}.")
    return content


def _contact(person: Person, card: Wire) -> Wire:
    """Return a card as Telegram's `Contact`; one without a first name is the person's own."""
    own: Wire = {"first_name": person.name, "user_id": person.id}
    return card if "first_name" in card else own | card


def _sticker(emoji: str) -> Wire:
    return {
        "file_id": f"CAAD-sticker-{emoji.encode().hex()[:16]}",
        "file_unique_id": f"CAAD{emoji.encode().hex()[:12]}",
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
    }


def edit(world: World, person: Person, message_id: int, text: str, chat_id: int | None) -> None:
    """Change one of one's own messages: its text, or the caption of a file."""
    chat, kept = _own_message(world, person, message_id, chat_id)
    _must_reach(person, chat)
    captioned = "text" not in kept.wire
    drops = ("caption", "caption_entities") if captioned else ("text", "entities")
    if not captioned and not 0 < len(text.strip()) <= TEXT_LIMIT:
        raise SimError(400, f"A text has 1 to {TEXT_LIMIT} letters.")
    content = _caption({"caption": text}) if captioned else _text(text.strip())
    kept.wire = {key: value for key, value in kept.wire.items() if key not in drops} | content
    kept.wire["edit_date"] = world.timestamp()
    world.touch(chat, kept)
    if not chat.kicked:
        world.updates.put("edited_message", kept.wire)


def _own_message(
    world: World, person: Person, message_id: int, chat_id: int | None
) -> tuple[Chat, Kept]:
    for where in (person.id, *person.groups) if chat_id is None else (chat_id,):
        chat = chat_of(world, person, where)
        kept = chat.messages.get(message_id)
        if kept is None or kept.deleted or kept.id in chat.topics:
            continue
        if kept.sender == person.id:
            return chat, kept
    raise SimError(404, f"{person.name} has not written a message {message_id}.")


def delete(world: World, person: Person, message_id: int) -> None:
    """Delete a message of the private chat for both sides; a bot is told nothing of it."""
    chat = chat_of(world, person, None)
    kept = chat.messages.get(message_id)
    if kept is None or kept.deleted:
        raise SimError(404, f"There is no message {message_id} in this chat.")
    kept.deleted = True
    world.touch(chat, kept)


def press(world: World, person: Person, chat: Chat, message_id: int, wish: Wire) -> Query:
    """Press the button that `wish` names by label or data and return the query."""
    _must_reach(person, chat)
    kept = chat.messages.get(message_id)
    if kept is None or kept.deleted or kept.sender != BOT:
        raise SimError(404, f"There is no message {message_id} of the bot in this chat.")
    data = _data_of(kept, wish)
    query = world.ask(person, chat)
    if not chat.kicked:
        world.updates.put(
            "callback_query",
            {
                "id": query.id,
                "from": person.user(),
                "message": kept.wire,
                "chat_instance": str(chat.id),
                "data": data,
            },
        )
    return query


def _data_of(kept: Kept, wish: Wire) -> str:
    there = [button for row in buttons(kept) for button in row]
    for button in there:
        if "label" in wish and button["text"].strip() != wish["label"].strip():
            continue
        if "data" in wish and button.get("callback_data") != wish["data"]:
            continue
        if "callback_data" not in button:
            raise SimError(409, f"The button {button['text']!r} only opens {button.get('url')}.")
        return str(button["callback_data"])
    labels = ", ".join(repr(button["text"]) for button in there) or "none"
    raise SimError(409, f"This button is not on message {kept.id} now; buttons there: {labels}.")


def set_blocked(world: World, person: Person, *, blocked: bool) -> None:
    """Block or unblock the bot in private; a second time changes nothing."""
    if person.blocked == blocked:
        return
    person.blocked = blocked
    chat = world.chats[person.id]
    before, after = (MEMBER, KICKED) if blocked else (KICKED, MEMBER)
    tell_place(world, person, chat, place(world.bot, before), place(world.bot, after))
    if not blocked:
        person.started = True


def check_one(wish: Wire, kinds: tuple[str, ...]) -> None:
    """Raise SimError 400 unless exactly one of `kinds` is there."""
    given: list[Any] = [kind for kind in kinds if kind in wish]
    if len(given) != 1:
        raise SimError(400, f"Exactly one of {', '.join(kinds)} is needed.")
