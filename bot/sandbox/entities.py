"""Telegram's HTML: text and entities, offsets in UTF-16 units, faults in Telegram's words.

Telegram's rules are narrower than HTML's (a lone `<` is a fault, only four named references
exist, faults carry byte offsets), therefore this is a scanner of its own. It knows nothing of
messages.
"""

import re
from dataclasses import dataclass, field
from html import unescape

from bot.sandbox.errors import ApiError, Wire, bad_request

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
_END_TAG = re.compile(r"</([^\s>]*)\s*>")
_TAG_NAME = re.compile(r"<([^\s>]*)")
_ATTRIBUTE = re.compile(r"""\s+(?:([^\s=>]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?)?""")
_DETECTED = re.compile(
    r"(?P<bot_command>(?<![\w/<>&])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?![\w/]))"
    r"|(?P<url>https?://[^\s<>\"\u3000-\u303f\uff00-\uffef]+)"
    r"|(?P<mention>(?<!\w)@[A-Za-z]\w{3,31})"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)"
)


def utf16(text: str) -> int:
    """Return the length of `text` in UTF-16 units, as Telegram counts offsets."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def _fault(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    extra: dict[str, str]


@dataclass(slots=True)
class _Scanner:
    """One pass over the source; `length` counts the UTF-16 units written so far."""

    source: str
    at: int = 0
    length: int = 0
    text: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    entities: list[Wire] = field(default_factory=list)

    def write(self, piece: str) -> None:
        self.text.append(piece)
        self.length += utf16(piece)

    def offset(self) -> int:
        return len(self.source[: self.at].encode())

    def run(self) -> None:
        while self.at < len(self.source):
            letter = self.source[self.at]
            if letter == "<":
                self.end_tag() if self.source.startswith("</", self.at) else self.start_tag()
            elif letter == "&":
                self.reference()
            else:
                end = re.compile("[<&]|$").search(self.source, self.at)
                assert end is not None
                stop = end.start() if end.start() > self.at else len(self.source)
                self.write(self.source[self.at : stop])
                self.at = stop
        if self.opened:
            raise _fault(f'Can\'t find end tag corresponding to start tag "{self.opened[-1].tag}"')

    def reference(self) -> None:
        found = _REFERENCE.match(self.source, self.at)
        self.write(unescape(found.group()) if found else "&")
        self.at = found.end() if found else self.at + 1

    def start_tag(self) -> None:
        name = _TAG_NAME.match(self.source, self.at)
        assert name is not None
        tag, where = name.group(1).lower(), self.offset()
        if name.end() == len(self.source):
            raise _fault(f"Unclosed start tag at byte offset {where}")
        if tag not in _TAGS:
            raise _fault(f'Unsupported start tag "{tag}" at byte offset {where}')
        at, given = name.end(), dict[str, str]()
        while attribute := _ATTRIBUTE.match(self.source, at):
            at = attribute.end()
            if attribute.group(1):
                given[attribute.group(1).lower()] = unescape(
                    attribute.group(2) or attribute.group(3) or attribute.group(4) or ""
                )
        if not self.source.startswith(">", at):
            raise _fault(f"Unclosed start tag at byte offset {where}")
        if tag == "span" and given.get("class") != "tg-spoiler":
            raise _fault(f'Tag "span" must have class "tg-spoiler" at byte offset {where}')
        self.opened.append(_Open(tag, self.length, given))
        self.at = at + 1

    def end_tag(self) -> None:
        where = self.offset()
        if not self.opened:
            raise _fault(f"Unexpected end tag at byte offset {where}")
        found = _END_TAG.match(self.source, self.at)
        if found is None:
            raise _fault(f"Unclosed end tag at byte offset {where}")
        begun, name = self.opened[-1], found.group(1).lower()
        if name not in ("", begun.tag):
            raise _fault(
                f"Unmatched end tag at byte offset {where}, "
                f'expected "</{begun.tag}>", found "</{name}>"'
            )
        self.opened.pop()
        self.at = found.end()
        if self.length > begun.offset:
            self.close(begun)

    def close(self, begun: _Open) -> None:
        entity: Wire = {
            "type": _TAGS[begun.tag],
            "offset": begun.offset,
            "length": self.length - begun.offset,
        }
        given = begun.extra
        if begun.tag == "a":
            written = "".join(self.text)[-entity["length"] :]
            entity["url"] = given.get("href") or written
        elif begun.tag == "blockquote" and "expandable" in given:
            entity["type"] = "expandable_blockquote"
        elif begun.tag == "tg-emoji":
            entity["custom_emoji_id"] = given.get("emoji-id", "")
        elif begun.tag in ("code", "pre") and given.get("class", "").startswith("language-"):
            entity["language"] = given["class"].removeprefix("language-")
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[Wire]]:
    """Return the text and its entities; raises ApiError `can't parse entities: ...`."""
    scanner = _Scanner(source)
    scanner.run()
    found = [_without_language(entity) for entity in _joined(scanner.entities)]
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return trimmed("".join(scanner.text), found)


def _joined(entities: list[Wire]) -> list[Wire]:
    # <pre><code class="language-x"> is one block of code that knows its language.
    spans = {(e["offset"], e["length"]): e for e in entities if e["type"] == "pre"}
    kept: list[Wire] = []
    for entity in entities:
        block = spans.get((entity["offset"], entity["length"]))
        if entity["type"] == "code" and block is not None:
            if "language" in entity:
                block["language"] = entity["language"]
        else:
            kept.append(entity)
    return kept


def _without_language(entity: Wire) -> Wire:
    if entity["type"] == "code":
        entity.pop("language", None)
    return entity


def trimmed(text: str, entities: list[Wire]) -> tuple[str, list[Wire]]:
    """Cut the white space at both ends, as Telegram does, and move the entities with it."""
    cut = utf16(text) - utf16(text.lstrip())
    kept = text.strip()
    whole = utf16(kept)
    moved: list[Wire] = []
    for entity in entities:
        begin = max(0, entity["offset"] - cut)
        end = min(whole, entity["offset"] - cut + entity["length"])
        if end > begin:
            moved.append(entity | {"offset": begin, "length": end - begin})
    return kept, moved


def detect(text: str) -> list[Wire]:
    """Return the entities that Telegram finds by itself: commands, links, mentions, hashtags."""
    return [
        {
            "type": str(found.lastgroup),
            "offset": utf16(text[: found.start()]),
            "length": utf16(found.group()),
        }
        for found in _DETECTED.finditer(text)
    ]
