"""What people do and see: /sim/people, message, edit, press and chats."""

from base64 import b64encode
from typing import Any

import pytest

from tests.unit.sandbox.conftest import DISPATCHER, GROUP, RESIDENT, VOLUNTEER, Hands

HERE = {"latitude": 31.2, "longitude": 121.5}
CARD = {"phone_number": "+8613800000000"}
MESSAGE_FIELDS = {
    "seq", "message_id", "from", "text", "entities", "media", "album", "buttons", "keyboard",
    "edited", "deleted", "silent", "reactions", "reply_to", "date", "topic", "service",
    "force_reply", "poll",
}  # fmt: skip


async def test_people_are_listed_and_join(hands: Hands) -> None:
    people = await hands.sim("GET", "people")
    assert people[0] == {
        "id": RESIDENT,
        "name": "王阿姨",
        "roles": ["resident"],
        "language": "zh",
        "chats": [RESIDENT, GROUP],
    }
    new = await hands.sim("POST", "people", {"name": " 小刘 ", "language": "en"})
    assert (new["name"], new["language"], new["roles"]) == ("小刘", "en", ["resident"])
    assert [p["id"] for p in await hands.sim("GET", "people")] == [1001, 1002, 1003, new["id"]]
    told = await hands.sim("POST", "people", {"name": "x", "roles": ["volunteer"]}, status=409)
    assert "not connected" in told["error"]


async def test_a_text_is_told_to_the_bot_and_shown(hands: Hands) -> None:
    first = await hands.say(RESIDENT, "/start p_7KQ")
    second = await hands.say(RESIDENT, "  3楼灯不亮 ", reply_to=first)
    message = (await hands.updates())[1]["message"]
    assert message["text"] == "3楼灯不亮"
    assert message["reply_to_message"]["message_id"] == first
    assert message["from"] == {
        "id": RESIDENT,
        "is_bot": False,
        "first_name": "王阿姨",
        "language_code": "zh-hans",
    }
    shown = await hands.chat(RESIDENT)
    assert [set(m) for m in shown["messages"]] == [MESSAGE_FIELDS, MESSAGE_FIELDS]
    last = shown["messages"][1]
    assert (last["message_id"], last["from"], last["reply_to"]) == (second, RESIDENT, first)
    assert last["date"].startswith("2026-11-17T09:10:")
    assert last["date"].endswith("+08:00")
    assert shown["seq"] == last["seq"]
    assert (await hands.chat(RESIDENT, after=last["seq"]))["messages"] == []


async def test_a_long_text_is_cut_as_a_phone_does(hands: Hands) -> None:
    told = await hands.sim("POST", "message", {"from": RESIDENT, "text": "灯" * 5000})
    assert len(told["message_ids"]) == 2
    texts = [u["message"]["text"] for u in await hands.updates()]
    assert [len(text) for text in texts] == [4096, 904]


async def test_an_edit_gets_a_new_number_and_is_told(hands: Hands) -> None:
    id_ = await hands.say(RESIDENT, "old")
    before = (await hands.chat(RESIDENT))["seq"]
    await hands.sim("POST", "edit", {"from": RESIDENT, "message_id": id_, "text": "/new"})
    shown = (await hands.chat(RESIDENT, after=before))["messages"]
    assert [(m["message_id"], m["text"], m["edited"]) for m in shown] == [(id_, "/new", True)]
    edited = (await hands.updates())[1]["edited_message"]
    assert edited["entities"] == [{"type": "bot_command", "offset": 0, "length": 4}]
    told = await hands.sim(
        "POST", "edit", {"from": DISPATCHER, "message_id": id_, "text": "x"}, status=404
    )
    assert str(id_) in told["error"]


async def test_a_press_must_meet_a_button_that_is_there_now(hands: Hands) -> None:
    rows = [
        [{"text": "★ 提交 ", "callback_data": "v1:ok"}, {"text": "打电话", "url": "https://x.cn"}]
    ]
    sent = await hands.api(
        "sendMessage", chat_id=RESIDENT, text="?", reply_markup={"inline_keyboard": rows}
    )
    press: dict[str, Any] = {"from": RESIDENT, "message_id": sent["message_id"]}
    await hands.sim("POST", "press", press | {"label": "★ 提交"})
    await hands.sim("POST", "press", press | {"data": "v1:ok"})
    for query in (u["callback_query"] for u in await hands.updates()):
        assert query["data"] == "v1:ok"
        assert query["message"]["message_id"] == sent["message_id"]
    told = await hands.sim("POST", "press", press | {"label": "取消"}, status=409)
    assert "★ 提交" in told["error"]
    assert "打电话" in told["error"]
    await hands.sim("POST", "press", press | {"label": "打电话"}, status=409)
    await hands.sim("POST", "press", press, status=400)
    await hands.sim("POST", "press", press | {"from": VOLUNTEER, "data": "v1:ok"}, status=404)
    told = await hands.sim(
        "POST", "press", press | {"from": VOLUNTEER, "chat": RESIDENT, "data": "x"}, status=403
    )
    assert "Zhang" in told["error"]
    await hands.api("editMessageText", chat_id=RESIDENT, message_id=sent["message_id"], text="done")
    told = await hands.sim("POST", "press", press | {"data": "v1:ok"}, status=409)
    assert "none" in told["error"]


async def test_a_press_in_a_group_carries_the_group(hands: Hands) -> None:
    button = {"inline_keyboard": [[{"text": "x", "callback_data": "a"}]]}
    sent = await hands.api("sendMessage", chat_id=GROUP, text="?", reply_markup=button)
    press = {"from": VOLUNTEER, "chat": GROUP, "message_id": sent["message_id"], "label": "x"}
    told = await hands.sim("POST", "press", press)
    query = (await hands.updates())[0]["callback_query"]
    assert query["message"]["chat"] == {"id": GROUP, "type": "group", "title": "幸福社区"}
    assert query["from"]["id"] == VOLUNTEER
    await hands.api("answerCallbackQuery", callback_query_id=told["callback_id"], text="!")
    assert [t["to"] for t in (await hands.chat(GROUP))["toasts"]] == [VOLUNTEER]


async def test_who_blocked_the_bot_cannot_write_to_it(hands: Hands) -> None:
    await hands.sim("POST", "block", {"from": RESIDENT})
    await hands.sim("POST", "message", {"from": RESIDENT, "text": "x"}, status=409)
    await hands.sim("POST", "unblock", {"from": RESIDENT})
    changes = [u["my_chat_member"] for u in await hands.updates()]
    assert [c["new_chat_member"]["status"] for c in changes] == ["kicked", "member"]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("message", {"from": 1001, "text": "x", "colour": 1}, 400, "'colour'"),
        ("message", {"text": "x"}, 400, "'from' is missing"),
        ("message", {"from": "1001", "text": "x"}, 400, "'from' must be a whole number"),
        ("message", {"from": True, "text": "x"}, 400, "'from' must be a whole number"),
        ("message", {"from": 9, "text": "x"}, 404, "no person 9"),
        ("message", {"from": 1001, "text": "x", "chat": 1002}, 403, "not in the chat"),
        ("message", {"from": 1001, "text": "x", "chat": -5}, 404, "no chat -5"),
        ("message", {"from": 1001, "text": " "}, 400, "empty"),
        ("message", {"from": 1001}, 400, "Exactly one of"),
        ("message", {"from": 1001, "text": "x", "photo": "light"}, 400, "Exactly one of"),
        ("message", {"from": 1001, "photo": "!!"}, 400, "ready sample"),
        ("message", {"from": 1001, "photos": []}, 400, "1 to 10"),
        ("message", {"from": 1001, "photos": ["light"] * 11}, 400, "1 to 10"),
        ("message", {"from": 1001, "location": {"latitude": 1}}, 400, "longitude"),
        ("message", {"from": 1001, "contact": {}}, 400, "phone_number"),
        ("message", {"from": 1001, "location": {**HERE, "latitude": 90.1}}, 400, "-90 to 90"),
        ("message", {"from": 1001, "location": {**HERE, "longitude": -181}}, 400, "-180 to 180"),
        ("message", {"from": 1001, "location": {**HERE, "latitude": 10**400}}, 400, "-90 to 90"),
        ("message", {"from": 1001, "location": {**HERE, "latitude": "1"}}, 400, "a number"),
        ("message", {"from": 1001, "location": {**HERE, "latitude": True}}, 400, "a number"),
        ("message", {"from": 1001, "location": {**HERE, "height": 3}}, 400, "'location.height'"),
        ("message", {"from": 1001, "location": [1, 2]}, 400, "'location' must be an object"),
        ("message", {"from": 1001, "contact": {**CARD, "colour": 1}}, 400, "'contact.colour'"),
        ("message", {"from": 1001, "contact": {**CARD, "first_name": 5}}, 400, "must be a text"),
        ("message", {"from": 1001, "contact": {**CARD, "user_id": "5"}}, 400, "'contact.user_id'"),
        ("message", {"from": 1001, "contact": {"phone_number": "1" * 33}}, 400, "at most 32"),
        ("message", {"from": 1001, "sticker": ""}, 400, "'sticker' is empty"),
        ("message", {"from": 1001, "sticker": "👍" * 33}, 400, "at most 32"),
        ("message", {"from": 1001, "location": HERE, "caption": "x"}, 400, "location has no capt"),
        ("message", {"from": 1001, "contact": CARD, "caption": "x"}, 400, "contact has no caption"),
        ("message", {"from": 1001, "sticker": "👍", "caption": "x"}, 400, "sticker has no caption"),
        ("message", {"from": 1001, "text": "x", "caption": "x"}, 400, "text has no caption"),
        ("message", {"from": 1001, "photo": "voice"}, 400, "light, lit, leak, rubbish."),
        ("message", {"from": 1001, "photo": "document"}, 400, "light, lit, leak, rubbish."),
        ("message", {"from": 1001, "photo": "bomb"}, 400, "light, lit, leak, rubbish."),
        (
            "message",
            {"from": 1001, "photos": ["light", "video"]},
            400,
            "light, lit, leak, rubbish.",
        ),
        ("message", {"from": 1001, "photos": ["light", 5]}, 400, "a list of texts"),
        ("message", {"from": 1001, "voice": "light"}, 400, "a ready sample: voice."),
        ("message", {"from": 1001, "video": "voice"}, 400, "a ready sample: video."),
        ("message", {"from": 1001, "text": "x", "topic": True}, 400, "'topic' must be"),
        ("message", {"from": 1001, "text": "x", "topic": [1]}, 400, "'topic' must be"),
        ("message", {"from": 1001, "text": "x", "reply_to": 99}, 404, "99"),
        ("message", [], 400, "object"),
        ("people", {"name": ""}, 400, "'name' is empty"),
        ("people", {"name": "长" * 65}, 400, "at most 64"),
        ("people", {"name": "x", "language": "e" * 36}, 400, "at most 35"),
        ("people", {"name": "x", "roles": ["king"]}, 400, "king"),
        ("people", {"name": "x", "roles": [["admin"]]}, 400, "a list of texts"),
        ("press", {"from": 1001, "message_id": 99, "data": "x"}, 404, "99"),
        ("kick", {"from": 1001, "chat": 1001}, 400, "group"),
        ("edit", {"from": 1001, "message_id": 1}, 400, "'text' is missing"),
    ],
)
async def test_bad_wishes_are_sentences(
    hands: Hands, path: str, body: Any, status: int, words: str
) -> None:
    told = await hands.sim("POST", path, body, status=status)
    assert words in told["error"]
    assert await hands.updates() == []


async def test_unknown_chats_and_query_fields(hands: Hands) -> None:
    await hands.sim("GET", "chats/5", status=404)
    told = await hands.sim("GET", f"chats/{RESIDENT}", status=400, before=1)
    assert "'before'" in told["error"]


@pytest.mark.parametrize("number", ["x", "", "nan", "inf", "-inf", "1e3", "1.5", "1" * 5000])
async def test_a_whole_number_of_a_query_is_one(hands: Hands, number: str) -> None:
    for path, given in (
        (f"chats/{RESIDENT}", {"after": number}),
        ("calls", {"after": number}),
        ("menu", {"person": number}),
        ("menu", {"person": RESIDENT, "chat": number}),
    ):
        told = await hands.sim("GET", path, status=400, **given)
        assert told["error"].endswith("must be a whole number.")


@pytest.mark.parametrize("seconds", ["x", "nan", "inf", "1e999", "0", "-1", "601"])
async def test_a_time_out_is_a_span_that_ends(hands: Hands, seconds: str) -> None:
    told = await hands.sim("GET", "idle", status=400, timeout=seconds)
    assert "timeout" in told["error"]


async def test_a_chat_with_an_endless_number_does_not_exist(hands: Hands) -> None:
    told = await hands.sim("GET", "chats/" + "1" * 5000, status=400)
    assert told["error"].endswith("must be a whole number.")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "message"),
        ("POST", "people"),
        ("POST", "groups"),
        ("POST", "faults"),
        ("DELETE", "faults"),
        ("POST", "clock"),
        ("POST", "bot"),
        ("POST", "reset"),
        ("GET", "files/none"),
        ("GET", "events"),
    ],
)
async def test_an_unknown_field_of_a_query_is_refused_whatever_is_posted(
    hands: Hands, method: str, path: str
) -> None:
    await hands.sim("POST", "faults", {"method": "getMe", "status": 500})
    told = await hands.sim(method, path, {}, status=400, x=1)
    assert told["error"] == "There is no field 'x' here."
    assert len((await hands.sim("GET", "faults"))["faults"]) == 1


@pytest.mark.parametrize("sample", ["light", "voice", "video", "document", "original", "bomb"])
async def test_every_sample_can_be_sent_as_a_paper(hands: Hands, sample: str) -> None:
    await hands.sim("POST", "message", {"from": RESIDENT, "document": sample})
    assert (await hands.updates())[0]["message"]["document"]["file_name"].startswith(sample)


@pytest.mark.parametrize("kind", ["photo", "voice", "video", "document"])
async def test_files_come_through_with_their_bytes(hands: Hands, kind: str) -> None:
    name = "light" if kind == "photo" else kind
    told = await hands.sim("POST", "message", {"from": RESIDENT, kind: name, "caption": "看"})
    message = (await hands.updates())[0]["message"]
    part = message[kind][-1] if kind == "photo" else message[kind]
    assert (message["caption"], message["message_id"]) == ("看", told["message_ids"][0])
    media = (await hands.chat(RESIDENT))["messages"][0]["media"]
    assert (media[0]["type"], media[0]["file_id"]) == (kind, part["file_id"])
    async with hands.session.get(hands.url + media[0]["url"]) as answer:
        content = await answer.read()
    assert len(content) == part["file_size"] > 500
    again = {"from": RESIDENT, kind: b64encode(content).decode()}
    await hands.sim("POST", "message", again)
    message = (await hands.updates())[1]["message"]
    same = message[kind][-1] if kind == "photo" else message[kind]
    assert same["file_unique_id"] == part["file_unique_id"]
    assert same["file_id"] != part["file_id"]


async def test_an_album_shares_one_group(hands: Hands) -> None:
    wish = {"from": RESIDENT, "photos": ["light", "leak", "rubbish"], "caption": "三张"}
    assert (await hands.sim("POST", "message", wish))["message_ids"] == [1, 2, 3]
    messages = [u["message"] for u in await hands.updates()]
    assert len({m["media_group_id"] for m in messages}) == 1
    assert [m.get("caption") for m in messages] == ["三张", None, None]
    sizes = messages[0]["photo"]
    assert [(s["width"], s["height"]) for s in sizes] == [(90, 67), (320, 240), (640, 480)]
    assert len({s["file_unique_id"] for s in sizes}) == 3


async def test_voice_knows_its_length(hands: Hands) -> None:
    await hands.sim("POST", "message", {"from": RESIDENT, "voice": "voice"})
    voice = (await hands.updates())[0]["message"]["voice"]
    assert (voice["duration"], voice["mime_type"]) == (4, "audio/ogg")


async def test_places_cards_and_stickers(hands: Hands) -> None:
    for wish in (
        {"location": {"latitude": 31.2, "longitude": 121.5}},
        {"contact": {"phone_number": "+8613800000000"}},
        {"sticker": "👍"},
    ):
        await hands.sim("POST", "message", {"from": RESIDENT, **wish})
    place, card, sticker = [u["message"] for u in await hands.updates()]
    assert place["location"] == {"latitude": 31.2, "longitude": 121.5}
    assert card["contact"]["user_id"] == RESIDENT
    assert sticker["sticker"]["emoji"] == "👍"
    shown = (await hands.chat(RESIDENT))["messages"]
    assert [m["media"][0]["type"] for m in shown] == ["location", "contact", "sticker"]
    assert shown[0]["media"][0]["latitude"] == 31.2


async def test_silence_reactions_and_deletion_are_shown(hands: Hands) -> None:
    theirs = await hands.say(RESIDENT, "灯坏了")
    given = {"chat_id": RESIDENT, "message_id": theirs}
    seen = [{"type": "emoji", "emoji": "👀"}]
    await hands.api("setMessageReaction", **given, reaction=seen)
    wrong = [{"type": "emoji", "emoji": "✅"}]
    assert await hands.refused("setMessageReaction", **given, reaction=wrong) == (
        "400 Bad Request: REACTION_INVALID"
    )
    sent = await hands.api("sendMessage", chat_id=RESIDENT, text="shh", disable_notification=True)
    await hands.api("deleteMessage", chat_id=RESIDENT, message_id=sent["message_id"])
    first, second = (await hands.chat(RESIDENT))["messages"]
    assert (first["reactions"], first["silent"], first["deleted"]) == (["👀"], False, False)
    assert (second["text"], second["silent"], second["deleted"]) == ("shh", True, True)
