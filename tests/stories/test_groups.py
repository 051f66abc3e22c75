"""The staff group: one card a case in a topic of it, pressed by whoever holds the role."""

from dataclasses import replace

from tests.support import plot
from tests.support.town import Neighbour, Town, labels


def _bound(town: Town) -> Neighbour:
    """Bind the topic for what is to be dispatched; return the dispatcher in it."""
    room = town.person("张调度").enters("工作群", "待派")
    room.sends("/bind")
    room.sees("这里做什么用?")
    room.presses("📥 待派")
    assert room.toasts() == ["在看群里的权限…"]
    room.sees("从现在起这里是 📥 待派", "张调度")
    return room


def test_a_topic_is_bound_and_shows_one_card_a_case(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    number = plot.report(who.li, "3号楼2单元502灯不亮了")

    card = room.sees(number, "🆕 待派单")
    assert "502" not in card["text"]
    assert labels(card)[:4] == ["派 工程组", "🙋 放给志愿者", "👤 派给…", "❓ 问居民"]
    who.desk.sees_nothing()

    room.presses("🙋 放给志愿者")
    assert room.toasts() == ["放给志愿者了"]
    changed = room.sees(number, "🙋 待接单")
    assert changed["message_id"] == card["message_id"], "edited in place"
    who.desk.sees_nothing()
    who.liu.presses("🙋 我去")
    assert room.sees(number, "刘志愿")["message_id"] == card["message_id"]


def test_the_steps_of_a_dialogue_go_on_in_private(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    number = plot.report(who.li)
    room.presses("❓ 问居民")
    assert room.toasts() == ["请到我们的私聊里接着弄"]
    who.desk.sees(f"{number} 问一句什么?")
    who.desk.sends("几楼?/一楼/二楼")
    who.desk.presses("✅ 发给居民")
    who.li.presses("二楼")
    room.sees(number, "🆕 待派单")
    who.desk.sees("居民回话了", "答:二楼")


def test_somebody_without_the_role_presses_in_vain(town: Town) -> None:
    _bound(town)
    who = plot.cast(town)
    plot.report(who.li)
    worker = town.person("王师傅").enters("工作群", "待派")
    worker.presses("🙋 放给志愿者")
    assert "这一步要由" in worker.toasts()[0]
    who.liu.sees_nothing()
    worker.sends("/bind")
    assert not worker.has("这里做什么用?", "王师傅")


def test_an_old_button_in_the_group_is_answered_with_the_card_of_now(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    number = plot.report(who.li)
    old = room.with_button("🙋 放给志愿者")
    with town.all_at_once():
        room.push("🙋 放给志愿者", old)
        room.push("🙋 放给志愿者", old)
    assert len(who.liu.has(number, "您方便吗")) == 1


def test_without_the_group_cards_come_in_private_again(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    number = plot.report(who.li)
    assert not who.desk.has(number, "🆕")
    town.restart_bot()
    with town.acting():
        town.sandbox.post(
            "/sim/place", from_=town.person("周管理").id, chat=room.room, status="kicked"
        )
    who.desk.sees("“📥 待派”群用不了了")
    who.desk.sees(number, "🆕 待派单")
    second = plot.report(who.li, "东区大门的门禁坏了")
    who.desk.sees(second, "🆕 待派单")


def test_a_group_may_be_let_go(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    room.sends("/unbind")
    room.sees("以后不发到这里了")
    number = plot.report(who.li)
    who.desk.sees(number, "🆕 待派单")
    room.sends("/unbind")
    room.sees("本来就没有派用场")


def test_a_deleted_topic_is_let_go(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    who.li.sends(plot.REPORTED)
    gone = "Bad Request: message thread not found"
    town.fault(method="sendMessage", status=400, description=gone)
    who.li.presses("✅ 对,提交")
    number = plot.number_in(who.li.sees("收到了,编号")["text"])
    assert not room.has(number)
    who.desk.sees("“📥 待派”群用不了了")
    who.desk.sees(number, "🆕 待派单")


def test_whoever_may_not_bind_is_told_so_in_private(town: Town) -> None:
    worker = town.person("孙网格").enters("工作群", "督办")
    worker.sends("/bind")
    assert not worker.shown()
    assert "这一步要由" in worker.town.person("孙网格").shown()[-1]["text"]


def test_only_who_runs_the_group_may_bind_it(town: Town) -> None:
    founder, desk = town.person("周管理"), town.person("张调度")
    room = desk.enters("工作群", "待派")
    _place(town, founder.id, room, person=desk.id, status="member")
    room.sends("/bind")
    room.sees("要由群管理员来定", "张调度 还不是这个群的管理员", "/bind")
    assert not room.has("这里做什么用?")

    _place(town, founder.id, room, person=desk.id, status="administrator")
    room.sends("/bind")
    room.sees("这里做什么用?")
    _place(town, founder.id, room, person=desk.id, status="member")
    room.presses("📥 待派")
    assert not room.has("从现在起这里是")
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.sees(number, "🆕 待派单")


def test_a_group_where_the_bot_may_not_write_is_not_bound(town: Town) -> None:
    founder = town.person("周管理")
    room = town.person("张调度").enters("工作群", "待派")
    _place(town, founder.id, room, status="member")
    town.sandbox.post("/sim/permissions", from_=founder.id, chat=room.room, open=False)
    room.sends("/bind")
    assert not room.shown()
    told = town.person("张调度")
    told.sees("我在“工作群”群里发不了消息", "请把我设成群管理员")

    _place(town, founder.id, room, status="administrator")
    room.sends("/bind")
    room.presses("📥 待派")
    room.sees("从现在起这里是 📥 待派")


def test_the_question_for_the_rights_survives_a_restart(town: Town) -> None:
    room = town.person("张调度").enters("工作群", "待派")
    town.fault(method="getChatMember", status=502, description="Bad Gateway", times=1)
    town.kill_bot()
    room.hand_in(text="/bind")
    town.start_bot()
    assert [one["text"] for one in room.shown() if "这里做什么用" in one["text"]] == [
        "这里做什么用?\n新的事情会发到这里,谁有权限谁就可以点。"
    ]


def _place(town: Town, by: int, room: Neighbour, **wanted: object) -> None:
    with town.acting():
        town.sandbox.post("/sim/place", from_=by, chat=room.room, **wanted)


def test_in_a_staff_group_nobody_reports_anything(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    li = _member(town, who.li, room)
    card = room.shown()[-1]
    for text in ("我家灯不亮了", "1", "取消", "/start", "/todo"):
        li.sends(text)
    li.sends(photo="light", reply_to=card["message_id"])
    room.sees_nothing()
    who.li.sees_nothing()
    assert not who.li.has("请您看一眼")

    li.presses("🙋 放给志愿者", card)
    assert li.toasts() == ["这一步要由调度来做。"]


def test_whoever_cannot_be_written_to_is_told_how(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    plot.report(who.li)
    town.block(who.desk)
    room.presses("❓ 问居民")
    assert "再点“开始”" in room.toasts()[0]

    town.unblock(who.desk)
    who.desk.sends("/start")
    room.presses("❓ 问居民")
    assert room.toasts() == ["请到我们的私聊里接着弄"]
    who.desk.sees("问一句什么?")


def test_somebody_new_in_the_group_is_written_to_after_start(town: Town) -> None:
    room = _bound(town)
    new = town.newcomer("小新")
    inside = _member(town, new, room)
    inside.sends("/bind")
    assert not new.shown()
    new.sends("/start")
    new.sees("您好")


def test_the_supervisors_have_a_topic_too(town: Town) -> None:
    room = town.person("张调度").enters("工作群", "督办")
    room.sends("/bind")
    room.presses("🔎 督办")
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")

    card = room.sees(number, "🔁 申请再办")
    assert who.zhao.sees(number, "🔁 申请再办"), "whoever decides hears of it by themselves too"
    room.presses("🔁 再办一次", card)
    assert room.toasts() == ["这一步要由督办来做。"]
    zhao = town.person("赵督办").enters("工作群", "督办")
    zhao.presses("🔁 再办一次", card)
    assert zhao.toasts() == ["请到我们的私聊里接着弄"]


def test_two_topics_of_one_group_have_a_card_each(town: Town) -> None:
    room = _bound(town)
    court = town.person("张调度").enters("工作群", "督办")
    court.sends("/bind")
    court.presses("🔎 督办")
    who = plot.cast(town)
    number = plot.resolved(replace(who, desk=room))
    (waiting,) = room.has(number)
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")

    asked = court.sees(number, "🔁 申请再办")
    assert {"🔁 再办一次", "❌ 这次不办"} <= set(labels(asked))
    (shown,) = room.has(number, "🔁 申请再办")
    assert shown["message_id"] == waiting["message_id"], "edited in its own topic"
    assert "🔁 再办一次" not in labels(shown), "the dispatchers do not decide about that"

    zhao = town.person("赵督办").enters("工作群", "督办")
    zhao.presses("🔁 再办一次", asked)
    who.zhao.presses("陈志愿 0件")
    assert room.sees(number, "🔧 处理中")["message_id"] == waiting["message_id"]
    assert court.sees(number, "🔧 处理中")["message_id"] == asked["message_id"]
    assert len(room.has(number)) == len(court.has(number)) == 1


def test_one_topic_may_serve_both(town: Town) -> None:
    room = _bound(town)
    room.sends("/bind")
    room.presses("🔎 督办")
    who = plot.cast(town)
    number = plot.resolved(replace(who, desk=room))
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")
    (card,) = room.has(number)
    assert "🔁 再办一次" in labels(card)


def test_pictures_of_the_card_come_in_private(town: Town) -> None:
    room = _bound(town)
    who = plot.cast(town)
    who.li.sends(photo="light", caption="3号楼2单元502灯不亮了")
    who.li.presses("✅ 对,提交")
    card = room.sees("照片1张")
    assert not card["media"], "a picture from home is not for a group"
    room.presses("🖼 看照片", card)
    assert room.toasts() == ["请到我们的私聊里接着弄"]
    assert [one for one in who.desk.news() if one["media"]]


def _member(town: Town, who: Neighbour, room: Neighbour) -> Neighbour:
    """Let somebody into the group of `room`; return them there."""
    town.sandbox.post("/sim/place", from_=room.id, chat=room.room, person=who.id, status="member")
    return who.enters("工作群", room.topic)
