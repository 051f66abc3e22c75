"""Methods about polls: send one, forward a message, stop a poll."""

from typing import Any

from telegram.constants import PollLimit

from bot.sandbox.checks import Call
from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.keyboards import read_markup
from bot.sandbox.polls import QUIZ, REGULAR, begin, end, end_due, poll_of, show_in
from bot.sandbox.world import BOT, Kept, World
from bot.sandbox.writing import deliver, find_chat, open_chat, open_to_write, words

_FEWEST = 2  # options; a poll with one is good for nothing
_NOT_HERE = (
    *("media", "explanation_media", "members_only", "country_codes", "shuffle_options"),
    *("allow_adding_options", "hide_results_until_closes"),
)
_NOT_IN_OPTIONS = "can't parse poll option"
_FORWARDED = (
    *("text", "entities", "caption", "caption_entities", "photo", "video", "document", "voice"),
    *("location", "link_preview_options", "poll"),
)


def send_poll(world: World, call: Call) -> Wire:
    """Send a native poll, or a quiz."""
    chat = open_to_write(world, call.get("chat_id"))
    for name in _NOT_HERE:
        if call.get(name):
            raise bad_request(f"the sandbox knows no {name} of a poll")
    wire = {**_question(call), **_options(call), **_kind(call), **_times(world, call)}
    wire |= _worded(call, "description", PollLimit.MAX_DESCRIPTION_CHARACTERS)
    poll = begin(world, wire, own=True, closed=bool(call.get("is_closed")))
    kept = deliver(world, chat, call, {"poll": poll.seen(forwarded=False)})
    show_in(poll, chat, kept, forwarded=False)
    return kept.wire


def _question(call: Call) -> Wire:
    text, entities = words(call.get("question", ""), call.get("question_parse_mode"), None)
    if not text:
        raise bad_request("poll question must be non-empty")
    if len(text) > PollLimit.MAX_QUESTION_LENGTH:
        raise bad_request(f"poll question length must not exceed {PollLimit.MAX_QUESTION_LENGTH}")
    del entities  # only emoji of one's own are allowed there, and the sandbox has none
    return {"question": text}


def _options(call: Call) -> Wire:
    given = call.get("options")
    if not isinstance(given, list):
        raise bad_request("can't parse options JSON object")
    if len(given) < _FEWEST:
        raise bad_request("poll must have at least 2 option")
    if len(given) > PollLimit.MAX_OPTION_NUMBER:
        raise bad_request(f"poll can't have more than {PollLimit.MAX_OPTION_NUMBER} options")
    texts = [_option(one) for one in given]
    if len(set(texts)) < len(texts):
        raise bad_request("POLL_OPTION_DUPLICATE")
    options = [{"persistent_id": str(at), "text": text} for at, text in enumerate(texts)]
    return {"options": options}


def _option(given: Any) -> str:
    if isinstance(given, dict) and not set(given) <= {"text", "text_parse_mode", "text_entities"}:
        raise bad_request(f"{_NOT_IN_OPTIONS}: unknown field")
    text = given.get("text") if isinstance(given, dict) else given
    if not isinstance(text, str):
        raise bad_request(f"{_NOT_IN_OPTIONS}: a text expected")
    text = text.strip()
    if not text:
        raise bad_request("poll options must be non-empty")
    if len(text) > PollLimit.MAX_OPTION_LENGTH:
        raise bad_request(f"poll options length must not exceed {PollLimit.MAX_OPTION_LENGTH}")
    return text


def _kind(call: Call) -> Wire:
    kind = call.get("type", REGULAR)
    if kind not in (QUIZ, REGULAR):
        raise bad_request("unsupported poll type specified")
    wire: Wire = {
        "type": kind,
        "is_anonymous": call.get("is_anonymous", True),
        "allows_multiple_answers": call.get("allows_multiple_answers", False),
        "allows_revoting": call.get("allows_revoting", kind == REGULAR),
        "members_only": False,
    }
    if kind == REGULAR:
        if call.get("correct_option_ids") is not None or call.get("explanation"):
            raise bad_request("only a quiz has a correct option and an explanation")
        return wire
    return wire | _right(call) | _explanation(call)


def _right(call: Call) -> Wire:
    given, most = call.get("correct_option_ids"), len(call.get("options"))
    if not isinstance(given, list) or not given:
        raise bad_request("quiz poll must have correct answers")
    whole = all(type(one) is int and 0 <= one < most for one in given)
    if not whole or given != sorted(set(given)):
        raise bad_request("wrong correct option ID specified")
    if len(given) > 1 and not call.get("allows_multiple_answers"):
        raise bad_request("quiz poll must have exactly one correct answer")
    return {"correct_option_ids": given}


def _explanation(call: Call) -> Wire:
    worded = _worded(call, "explanation", PollLimit.MAX_EXPLANATION_LENGTH)
    if worded.get("explanation", "").count("\n") > PollLimit.MAX_EXPLANATION_LINE_FEEDS:
        raise bad_request("poll explanation must have at most 2 line feeds")
    return worded


def _worded(call: Call, name: str, most: int) -> Wire:
    text, entities = words(
        call.get(name, ""), call.get(f"{name}_parse_mode"), call.get(f"{name}_entities")
    )
    if len(text) > most:
        raise bad_request(f"poll {name} length must not exceed {most}")
    wire: Wire = {name: text} if text else {}
    return wire | ({f"{name}_entities": entities} if entities else {})


def _times(world: World, call: Call) -> Wire:
    span, at = call.get("open_period"), call.get("close_date")
    if span is not None and at is not None:
        raise bad_request("only one of open_period and close_date can be used")
    if span is None and at is None:
        return {}
    left = span if at is None else at - world.timestamp()
    if not PollLimit.MIN_OPEN_PERIOD <= left <= PollLimit.MAX_OPEN_PERIOD:
        raise bad_request("wrong poll open period specified")
    ends = {"close_date": world.timestamp() + left}
    return ends if span is None else ends | {"open_period": span}


def forward_message(world: World, call: Call) -> Wire:
    """Send a message on as it is: without its buttons, and with a word whose it was."""
    kept = _to_forward(world, call)
    chat = open_to_write(world, call.get("chat_id"))
    origin: Wire = kept.wire.get("forward_origin") or {
        "type": "user",
        "sender_user": kept.wire["from"],
        "date": kept.wire["date"],
    }
    content = {key: kept.wire[key] for key in _FORWARDED if key in kept.wire}
    poll = poll_of(world, kept) if "poll" in kept.wire else None
    if poll is not None:
        content["poll"] = poll.seen(forwarded=True)
    sent = deliver(world, chat, call, content | {"forward_origin": origin})
    if poll is not None:
        show_in(poll, chat, sent, forwarded=True)
    return sent.wire


def _to_forward(world: World, call: Call) -> Kept:
    kept = find_chat(world, call.get("from_chat_id")).messages.get(call.get("message_id"))
    if kept is None or kept.deleted:
        raise bad_request("message to forward not found")
    if kept.wire.get("has_protected_content"):
        raise bad_request("message can't be forwarded")
    return kept


def stop_poll(world: World, call: Call) -> Wire:
    """Close a poll of the bot's own for good; what was forwarded is not its to stop."""
    chat = open_chat(world, call.get("chat_id"))
    kept = chat.messages.get(call.get("message_id"))
    if kept is None or kept.deleted or "poll" not in kept.wire:
        raise bad_request("message with poll to stop not found")
    if kept.sender != BOT or "forward_origin" in kept.wire:
        raise bad_request("poll can't be stopped")
    markup = read_markup(call.get("reply_markup"), inline_only=True)
    end_due(world)
    poll = poll_of(world, kept)
    if poll.closed:
        raise bad_request("poll has already been closed")
    kept.wire = {key: value for key, value in kept.wire.items() if key != "reply_markup"}
    if markup.inline:
        kept.wire["reply_markup"] = markup.inline
    end(world, poll)
    return poll.seen(forwarded=False, in_message=False)
