"""Methods about files: photo, voice, video, document, album, and getting the bytes back."""

from typing import Any

from telegram.constants import FileSizeLimit, MediaGroupLimit

from bot.clock import new_id
from bot.sandbox.checks import Call, Upload
from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.files import StoredFile
from bot.sandbox.media import KINDS, keep, wire_of
from bot.sandbox.methods_text import change
from bot.sandbox.world import World
from bot.sandbox.writing import caption_content, deliver, open_to_write, own_message

_GROUPABLE = frozenset({"photo", "video", "document"})
_POLE, _DATE_LINE = 90, 180  # degrees
_REPLACED = ("text", "entities", "link_preview_options", "caption", "caption_entities", *KINDS)


def send_photo(world: World, call: Call) -> Wire:
    """Send a photo by upload or `file_id`."""
    return _send(world, call, "photo")


def send_document(world: World, call: Call) -> Wire:
    """Send a document by upload or `file_id`."""
    return _send(world, call, "document")


def send_voice(world: World, call: Call) -> Wire:
    """Send a voice message by upload or `file_id`."""
    return _send(world, call, "voice")


def send_video(world: World, call: Call) -> Wire:
    """Send a video by upload or `file_id`."""
    return _send(world, call, "video")


def _send(world: World, call: Call, kind: str) -> Wire:
    chat = open_to_write(world, call.get("chat_id"))
    source = call.uploads.get(kind) or call.get(kind)
    content = _media(world, call, kind, source) | caption_content(call.given)
    if call.get("has_spoiler"):
        content["has_media_spoiler"] = True
    return deliver(world, chat, call, content).wire


def send_location(world: World, call: Call) -> Wire:
    """Send a point on the map."""
    chat = open_to_write(world, call.get("chat_id"))
    latitude, longitude = call.get("latitude"), call.get("longitude")
    if latitude is None or longitude is None:
        raise bad_request("latitude and longitude must be non-empty")
    if not (abs(latitude) <= _POLE and abs(longitude) <= _DATE_LINE):
        raise bad_request("invalid location specified")
    place: Wire = {"latitude": latitude, "longitude": longitude}
    if call.get("horizontal_accuracy") is not None:
        place["horizontal_accuracy"] = call.get("horizontal_accuracy")
    return deliver(world, chat, call, {"location": place}).wire


def _media(world: World, call: Call, kind: str, source: Upload | str | None) -> Wire:
    if isinstance(source, str) and source.startswith("attach://"):
        source = call.uploads.get(source.removeprefix("attach://"))
    if not source:
        raise bad_request(f"there is no {kind} in the request")
    if isinstance(source, str):
        return wire_of(world.files, _known(world, kind, source), call.given)
    limit = FileSizeLimit.PHOTOSIZE_UPLOAD if kind == "photo" else FileSizeLimit.FILESIZE_UPLOAD
    if len(source.content) > limit:
        raise bad_request("file is too big")
    if not source.content:
        raise bad_request("file must be non-empty")
    stored = keep(world.files, kind, source.content, name=source.name, mime=source.mime)
    return wire_of(world.files, stored, call.given)


def _known(world: World, kind: str, file_id: str) -> StoredFile:
    if file_id.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    stored = world.files.find(file_id)
    if stored.kind != kind:
        raise bad_request(
            f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
        )
    return stored


def _item(world: World, call: Call, item: Any) -> Wire:
    if not isinstance(item, dict) or item.get("type") not in _GROUPABLE:
        raise bad_request("can't parse input media: unknown type")
    content = _media(world, call, item["type"], item.get("media"))
    return content | caption_content(item)


def send_media_group(world: World, call: Call) -> list[Wire]:
    """Send an album of 2 to 10 photos and videos, or documents."""
    chat = open_to_write(world, call.get("chat_id"))
    items = call.get("media")
    low, high = MediaGroupLimit.MIN_MEDIA_LENGTH, MediaGroupLimit.MAX_MEDIA_LENGTH
    if not isinstance(items, list) or not low <= len(items) <= high:
        raise bad_request("media group must have 2-10 items")
    contents = [_item(world, call, item) for item in items]
    if len({"document" in content for content in contents}) > 1:
        raise bad_request("documents can't be mixed with other types in a media group")
    album = {"media_group_id": new_id()}
    return [deliver(world, chat, call, content | album).wire for content in contents]


def edit_message_media(world: World, call: Call) -> Wire:
    """Put another file into a message."""
    chat, kept = own_message(world, call)
    content = _item(world, call, call.get("media"))
    return change(world, call, chat, kept, drops=_REPLACED, content=content)


def get_file(world: World, call: Call) -> Wire:
    """Tell where the bytes of a file are fetched."""
    stored = world.files.find(call.get("file_id"))
    if len(stored.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
        raise bad_request("file is too big")
    return stored.wire() | {"file_path": stored.path}
