"""The dispatcher's card says what helps to decide, and afterwards who decided what."""

from dataclasses import replace

from tests.support import plot
from tests.support.town import Town, labels

TEAM = "派 工程组"


def test_whose_it_is_by_the_routes_is_a_tap_away(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    card = who.desk.sees(number, "🆕 待派单", "➡️ 该谁管:工程组(公共照明)")
    assert labels(card)[0] == TEAM
    assert len(labels(card)) <= 8

    who.desk.presses(TEAM, card)
    assert who.desk.toasts() == ["派出去了,等他们接"]
    worker = town.person("王师傅")
    worker.sees(number, "您方便吗")
    who.liu.sees_nothing()
    sent = who.desk.sees(number, "🙋 待接单", "📤 张调度", "09:1", "派给工程组")
    assert sent["message_id"] == card["message_id"]


def test_without_a_route_it_is_the_team_that_did_most_of_the_kind(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li, "有人乱停车,堵住车位了")
    who.desk.presses("👤 派给…")
    (label,) = [label for label in labels(who.desk.news()[-1]) if label.startswith("王师傅")]
    who.desk.presses(label)
    worker = town.person("王师傅")
    plot.finish(worker)
    other = plot.report(who.li, "5号楼1单元有人乱停车,堵住车位了")
    card = who.desk.sees(other, "🆕 待派单", "建议:工程组(同类 1 件")
    assert labels(card)[0] == TEAM


def test_nobody_is_suggested_for_what_nobody_has_done(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "建议广场加几把长椅")
    card = who.desk.sees(number, "🆕 待派单")
    assert not [label for label in labels(card) if "★" in label]
    assert "建议:" not in card["text"]


def test_the_direct_answer_stands_in_the_full_view_as_well(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("📄 看全部")
    who.desk.presses("💬 直接答复", who.desk.sees(number))
    who.desk.sees(number, "答复")


def test_the_only_one_alike_stands_on_the_button(town: Town) -> None:
    who = plot.cast(town)
    first = plot.report(who.li)
    assert "🔗 并到…" in labels(who.desk.sees(first))
    zhou = town.person("老周")
    zhou.sends(plot.REPORTED)
    zhou.presses("🆕 不是这件")
    number = plot.number_in(zhou.sees("收到了,编号")["text"])
    card = who.desk.sees(number, "🆕 待派单")
    assert f"🔗 并到 {first}" in labels(card)
    who.desk.presses(f"🔗 并到 {first}", card)
    who.desk.sees(f"{number} 并到哪一件", first)


def test_a_group_reads_who_sent_it_on(town: Town) -> None:
    room = town.person("张调度").enters("工作群", "待派")
    room.sends("/bind")
    room.presses("📥 待派")
    who = plot.cast(town)
    number = plot.taken(replace(who, desk=room))
    room.sees(number, "🔧 处理中", "📤 张调度")
    assert "派的" not in who.liu.has(number)[-1]["text"]
