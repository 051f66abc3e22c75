"""Groups and forums: topics, who is what, what the bot may, and whose menu is whose."""

from typing import Any

import pytest

from tests.unit.sandbox.conftest import DISPATCHER, GROUP, RESIDENT, STAFF, VOLUNTEER, Hands

BAD = "400 Bad Request: "


async def _topics(hands: Hands, chat: int = STAFF) -> dict[str, int]:
    return {topic["name"]: topic["id"] for topic in (await hands.chat(chat))["topics"]}


async def test_the_staff_group_waits_to_be_bound(hands: Hands) -> None:
    (found,) = [one for one in await hands.sim("GET", "groups") if one["id"] == STAFF]
    assert (found["title"], found["type"], found["bot"]) == (
        "工作群",
        "supergroup",
        "administrator",
    )
    assert found["members"] == {str(DISPATCHER): "administrator"}
    assert list(await _topics(hands)) == ["待派", "办理", "督办"]
    everyone = {one["id"]: one["chats"] for one in await hands.sim("GET", "people")}
    assert everyone[DISPATCHER] == [DISPATCHER, GROUP, STAFF]
    assert everyone[RESIDENT] == [RESIDENT, GROUP]
    assert await hands.updates() == []


async def test_a_message_stands_in_its_topic(hands: Hands) -> None:
    topics = await _topics(hands)
    first = await hands.say(DISPATCHER, "派谁", chat=STAFF, topic="待派")
    reply = await hands.say(DISPATCHER, "王师傅", chat=STAFF, reply_to=first)
    await hands.say(DISPATCHER, "大家好", chat=STAFF)
    said, answer, general = [one["message"] for one in await hands.updates()]
    assert said["chat"]["is_forum"] is True
    assert (said["message_thread_id"], said["is_topic_message"]) == (topics["待派"], True)
    assert said["reply_to_message"]["forum_topic_created"]["name"] == "待派"
    assert answer["message_thread_id"] == topics["待派"]
    assert answer["reply_to_message"]["text"] == "派谁"
    assert "message_thread_id" not in general
    shown = {one["message_id"]: one for one in (await hands.chat(STAFF))["messages"]}
    assert (shown[first]["topic"], shown[first]["reply_to"]) == (topics["待派"], None)
    assert (shown[reply]["topic"], shown[reply]["reply_to"]) == (topics["待派"], first)
    told = await hands.sim(
        "POST",
        "message",
        {"from": DISPATCHER, "text": "x", "chat": STAFF, "topic": "无"},
        status=404,
    )
    assert "待派" in told["error"]


async def test_a_supergroup_numbers_its_messages_by_itself(hands: Hands) -> None:
    mine = await hands.say(DISPATCHER, "一")
    theirs = await hands.say(DISPATCHER, "二", chat=STAFF)
    assert (mine, theirs) == (1, 4)
    edit = {"from": DISPATCHER, "message_id": theirs, "text": "三", "chat": STAFF}
    await hands.sim("POST", "edit", edit)
    edited = (await hands.updates())[-1]["edited_message"]
    assert (edited["chat"]["id"], edited["text"]) == (STAFF, "三")


async def test_the_bot_sends_into_topics(hands: Hands) -> None:
    topics = await _topics(hands)
    where = {"chat_id": STAFF, "message_thread_id": topics["办理"]}
    sent = await hands.api("sendMessage", **where, text="x")
    assert sent["message_thread_id"] == topics["办理"]
    answer = await hands.api(
        "sendPhoto",
        chat_id=STAFF,
        photo=await _photo(hands),
        reply_parameters={"message_id": sent["message_id"]},
    )
    assert answer["message_thread_id"] == topics["办理"]
    for chat, thread in ((STAFF, 99), (GROUP, topics["办理"]), (RESIDENT, 1)):
        given = {"chat_id": chat, "message_thread_id": thread}
        for method, more in (
            ("sendMessage", {"text": "x"}),
            ("sendChatAction", {"action": "typing"}),
        ):
            assert await hands.refused(method, **given, **more) == BAD + "message thread not found"


async def _photo(hands: Hands) -> str:
    await hands.sim("POST", "message", {"from": RESIDENT, "photo": "light"})
    return str((await hands.updates())[-1]["message"]["photo"][-1]["file_id"])


async def test_topics_are_opened_renamed_and_closed(hands: Hands) -> None:
    made = await hands.api("createForumTopic", chat_id=STAFF, name=" 急事 ")
    where = {"chat_id": STAFF, "message_thread_id": made["message_thread_id"]}
    assert made["name"] == "急事"
    assert await hands.api("editForumTopic", **where, name="很急") is True
    assert await hands.refused("editForumTopic", **where, name="很急") == BAD + "TOPIC_NOT_MODIFIED"
    assert await hands.api("closeForumTopic", **where) is True
    assert await hands.refused("closeForumTopic", **where) == BAD + "TOPIC_NOT_MODIFIED"
    shown = await hands.chat(STAFF)
    assert shown["topics"][-1] == {"id": made["message_thread_id"], "name": "很急", "closed": True}
    assert [one["service"]["type"] for one in shown["messages"][-3:]] == [
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
    ]
    wrong = where | {"message_thread_id": 99}
    assert await hands.refused("closeForumTopic", **wrong) == BAD + "TOPIC_ID_INVALID"
    assert await hands.refused("createForumTopic", chat_id=GROUP, name="x") == (
        BAD + "the chat is not a forum"
    )
    assert await hands.refused("createForumTopic", chat_id=STAFF, name="x" * 129) == (
        BAD + "topic name must be from 1 to 128 characters"
    )


async def test_without_the_right_topics_stay_as_they_are(hands: Hands) -> None:
    topics = await _topics(hands)
    where = {"chat_id": STAFF, "message_thread_id": topics["督办"]}
    await hands.api("closeForumTopic", **where)
    assert (await hands.api("sendMessage", **where, text="x"))["text"] == "x"
    place = {"from": DISPATCHER, "chat": STAFF, "status": "administrator", "rights": []}
    await hands.sim("POST", "place", place)
    (update,) = await hands.updates()
    changed = update["my_chat_member"]
    assert changed["old_chat_member"]["can_manage_topics"] is True
    assert changed["new_chat_member"]["can_manage_topics"] is False
    assert await hands.refused("sendMessage", **where, text="x") == BAD + "TOPIC_CLOSED"
    assert await hands.refused("createForumTopic", chat_id=STAFF, name="x") == (
        BAD + "not enough rights to create a topic"
    )
    assert await hands.refused("reopenForumTopic", **where) == (
        BAD + "not enough rights to edit the topic"
    )


async def test_who_is_what(hands: Hands) -> None:
    for chat, who, status in (
        (STAFF, DISPATCHER, "administrator"),
        (STAFF, RESIDENT, "left"),
        (STAFF, 7_000_000_009, "administrator"),
        (GROUP, RESIDENT, "member"),
        (RESIDENT, RESIDENT, "member"),
    ):
        assert (await hands.api("getChatMember", chat_id=chat, user_id=who))["status"] == status
    leaders = await hands.api("getChatAdministrators", chat_id=STAFF)
    assert [one["user"]["id"] for one in leaders] == [DISPATCHER, 7_000_000_009]
    assert await hands.refused("getChatAdministrators", chat_id=RESIDENT) == (
        BAD + "there are no administrators in the private chat"
    )
    assert await hands.refused("getChatMember", chat_id=STAFF, user_id=5) == BAD + "user not found"
    place = {"chat": STAFF, "person": VOLUNTEER, "status": "member"}
    await hands.sim("POST", "place", place | {"from": VOLUNTEER}, status=403)
    shown = await hands.sim("POST", "place", place | {"from": DISPATCHER})
    assert shown["members"] == {str(DISPATCHER): "administrator", str(VOLUNTEER): "member"}
    assert (await hands.api("getChatMemberCount", chat_id=STAFF)) == 3
    await hands.sim("POST", "place", place | {"from": DISPATCHER, "status": "king"}, status=400)


async def test_members_are_told_only_when_asked_for(hands: Hands) -> None:
    place = {"from": DISPATCHER, "chat": STAFF, "person": VOLUNTEER}
    await hands.sim("POST", "place", place | {"status": "member"})
    assert await hands.updates(allowed_updates=["chat_member"]) == []
    await hands.sim("POST", "place", place | {"status": "left"})
    (update,) = await hands.updates()
    assert update["chat_member"]["new_chat_member"]["status"] == "left"


async def test_the_bot_is_added_to_a_new_group(hands: Hands) -> None:
    made = await hands.sim(
        "POST",
        "groups",
        {"from": VOLUNTEER, "title": "巡逻", "topics": ["夜里"], "members": [RESIDENT]},
    )
    chat = made["id"]
    assert made["members"] == {str(VOLUNTEER): "creator", str(RESIDENT): "member"}
    assert await hands.refused("sendMessage", chat_id=chat, text="x") == (
        "403 Forbidden: bot is not a member of the supergroup chat"
    )
    await hands.sim("POST", "invite", {"from": RESIDENT, "chat": chat})
    await hands.say(RESIDENT, "/bind@linli_sandbox_bot", chat=chat)
    added, said = await hands.updates()
    change = added["my_chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
        "left",
        "member",
    )
    assert (said["message"]["chat"]["id"], said["message"]["text"][:5]) == (chat, "/bind")
    await hands.sim("POST", "kick", {"from": VOLUNTEER, "chat": chat})
    assert await hands.refused("getChat", chat_id=chat) == (
        "403 Forbidden: bot was kicked from the supergroup chat"
    )


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("groups", {"from": 1001, "title": " "}, "'title' is empty"),
        ("groups", {"from": 1001, "title": "长" * 129}, "at most 128"),
        ("groups", {"from": 1001, "title": "x", "topics": [""]}, "1 to 128"),
        ("groups", {"from": 1001, "title": "x", "topics": [["x"]]}, "a list of texts"),
        ("groups", {"from": 1001, "title": "x", "members": [[1]]}, "a list of whole numbers"),
        ("groups", {"from": 1001, "title": "x", "members": [True]}, "a list of whole numbers"),
        ("groups", {"from": 1001, "title": "x", "members": 1002}, "'members' must be a list"),
        ("topics", {"from": 1001, "chat": GROUP, "name": "x"}, "no topics"),
        ("place", {"from": 1002, "chat": STAFF, "status": "owner"}, "status is one of"),
        (
            "place",
            {"from": 1002, "chat": STAFF, "status": "member", "rights": ["can_fly"]},
            "can_fly",
        ),
        (
            "place",
            {"from": 1002, "chat": STAFF, "status": "member", "rights": [{}]},
            "a list of texts",
        ),
        ("language", {"from": 1001, "language": " "}, "'language' is empty"),
        ("language", {"from": 1001, "language": "e" * 36}, "at most 35"),
    ],
)
async def test_bad_wishes_about_groups_are_sentences(
    hands: Hands, path: str, body: dict[str, Any], words: str
) -> None:
    told = await hands.sim("POST", path, body, status=400)
    assert words in told["error"]


async def test_the_bot_deletes_several_and_sends_places(hands: Hands) -> None:
    theirs = await hands.say(DISPATCHER, "x", chat=STAFF)
    own = await hands.api("sendLocation", chat_id=STAFF, latitude=31.2, longitude=121.5)
    assert own["location"] == {"latitude": 31.2, "longitude": 121.5}
    assert await hands.api(
        "deleteMessages", chat_id=STAFF, message_ids=[theirs, own["message_id"], 999]
    )
    assert [one["deleted"] for one in (await hands.chat(STAFF))["messages"][-2:]] == [True, True]
    foreign = await hands.say(RESIDENT, "x", chat=GROUP)
    assert await hands.refused("deleteMessages", chat_id=GROUP, message_ids=[foreign]) == (
        BAD + "message can't be deleted"
    )
    assert await hands.refused("sendLocation", chat_id=STAFF, latitude=91, longitude=0) == (
        BAD + "invalid location specified"
    )


async def test_everybody_sees_the_menu_that_is_theirs(hands: Hands) -> None:
    async def commands(scope: dict[str, Any], word: str, language: str = "") -> None:
        given = [{"command": word, "description": word}]
        await hands.api("setMyCommands", commands=given, scope=scope, language_code=language)

    async def sees(person: int, chat: int) -> str:
        menu = await hands.sim("GET", "menu", person=person, chat=chat)
        return str(menu["commands"][0]["command"])

    await commands({"type": "default"}, "default")
    await commands({"type": "all_private_chats"}, "private")
    await commands({"type": "all_private_chats"}, "privat_en", "en")
    await commands({"type": "all_group_chats"}, "group")
    await commands({"type": "all_chat_administrators"}, "leader")
    assert await sees(RESIDENT, RESIDENT) == "private"
    assert await sees(VOLUNTEER, VOLUNTEER) == "privat_en"
    assert await sees(RESIDENT, GROUP) == "group"
    assert await sees(DISPATCHER, STAFF) == "leader"
    await commands({"type": "chat", "chat_id": RESIDENT}, "own")
    assert await sees(RESIDENT, RESIDENT) == "own"
    await hands.sim("POST", "language", {"from": DISPATCHER, "language": "en"})
    assert await sees(DISPATCHER, DISPATCHER) == "privat_en"
    await hands.api("setMyDescription", description="很长")
    await hands.api("setMyDescription", description="long", language_code="en")
    menu = await hands.sim("GET", "menu", person=VOLUNTEER)
    assert (menu["description"], menu["short_description"]) == ("long", "")


async def test_a_forced_reply_is_shown_and_checked(hands: Hands) -> None:
    markup = {"force_reply": True, "input_field_placeholder": "写在这里"}
    await hands.api("sendMessage", chat_id=RESIDENT, text="?", reply_markup=markup)
    (shown,) = (await hands.chat(RESIDENT))["messages"]
    assert shown["force_reply"] == {"placeholder": "写在这里"}
    wrong = await hands.refused(
        "sendMessage", chat_id=RESIDENT, text="?", reply_markup=markup | {"colour": "red"}
    )
    assert wrong == BAD + 'can\'t parse reply markup: there is no field "colour"'
