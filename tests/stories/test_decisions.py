"""What dispatchers, handlers, supervisors and residents decide about a case."""

from tests.support import plot
from tests.support.town import Town, labels


def test_not_yet_lets_the_supervisor_have_it_done_again(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    number = plot.resolved(who)

    who.li.presses("👎 还没好")
    offer = who.li.sees(f"对不起,{number} 没给您办好", "要我们再办一次吗?")
    assert labels(offer) == ["🔁 再办一次", "先放着", "☎ 打电话给我", "✍️ 我写一句"]
    who.zhao.sees_nothing()
    who.li.presses("🔁 再办一次")
    assert who.li.toasts() == ["登记了,督办会答复您"]
    who.li.sees(f"{number} 登记再办了", "今天20:00 前督办答复您")
    card = who.zhao.sees(number, "🔁 申请再办 · 刘志愿", "上次:修好了", "今天20:00 前要答复居民")
    assert labels(card)[:2] == ["🔁 再办一次", "❌ 这次不办"]

    who.zhao.presses("🔁 再办一次")
    who.zhao.sees(f"{number} 再办一次,谁来办?")
    who.zhao.presses("🙋 放给志愿者")
    assert who.zhao.toasts() == ["重新办了"]
    who.li.sees(f"🔁 {number} 重新办")
    who.desk.sees(number, "🙋 待接单", "第 1 次再办")
    chen.sees(number, "您方便吗")
    assert not [one for one in who.liu.news() if "🙋 我去" in labels(one)], "not the same again"

    chen.presses("🙋 我去")
    who.li.sees(f"{number} 有人接了", "陈志愿")


def test_the_supervisor_refuses_with_a_reason_that_the_resident_reads(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)

    who.zhao.presses("❌ 这次不办")
    who.zhao.sees(number, "这次为什么不办?")
    who.zhao.sends("灯具停产")
    who.zhao.sees("这样发给居民,行吗?", f"{number} 暂时解决不了", "督办说:灯具停产")
    who.zhao.presses("✏️ 改一改")
    who.zhao.sends("灯具停产,等统一更换")
    who.li.sees_nothing()
    who.zhao.presses("✅ 发给居民")

    assert who.zhao.toasts() == ["发给居民了"]
    who.zhao.sees(number, "⚠️ 办结(未解决)")
    who.li.sees(f"{number} 暂时解决不了", "督办说:灯具停产,等统一更换")
    who.li.sees(f"{number} 没能解决", "灯具停产,等统一更换")
    who.desk.sees(number, "办结(未解决)")


def test_a_supervisor_may_think_again_before_refusing(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)

    who.zhao.presses("❌ 这次不办")
    who.zhao.presses("✖ 先不弄了")

    card = who.zhao.sees(number, "🔁 申请再办")
    assert "🔁 再办一次" in labels(card)
    who.li.sees_nothing()


def test_what_is_not_ours_is_declined_with_a_reason_and_whom_to_ask(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "路口红绿灯不亮了")

    who.desk.presses("🚫 不归我们")
    who.desk.sees(number, "不归我们管,归谁?")
    who.desk.presses("市政")
    who.desk.sees(number, "一句话告诉居民该找谁")
    who.desk.sends("打 122 找交警")
    who.desk.sees("这样发给居民,行吗?", number, "这归市政部门管", "打 122 找交警")
    who.li.sees_nothing()
    who.desk.presses("✅ 发给居民")

    assert who.desk.toasts() == ["发给居民了"]
    who.li.sees(f"{number} 不属于我们管", "原因:这归市政部门管", "您可以找:打 122 找交警")
    who.desk.sees(number, "🚫 不归我们管")


def test_the_buttons_of_a_decline_that_has_begun_anew_are_old(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "路口红绿灯不亮了")
    who.desk.presses("🚫 不归我们")
    who.desk.presses("市政")
    who.desk.sends("打 122 找交警")
    preview = who.desk.sees("这样发给居民,行吗?")
    who.desk.sends(number)
    who.desk.presses("🚫 不归我们", who.desk.has(number, "🆕")[-1])
    for old in ("✏️ 改一改", "✅ 发给居民"):
        who.desk.presses(old, preview)
        assert who.desk.toasts() == ["这条更新过了,给您看最新的"], old
    assert not who.desk.has("没弄成"), "nothing has failed"
    who.li.sees_nothing()


def test_a_decline_can_be_worded_again_and_left(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)

    who.desk.presses("🚫 不归我们")
    who.desk.presses("电力")
    who.desk.sends("打 95")
    who.desk.presses("✏️ 改一改")
    who.desk.sends("打 95598 找供电公司")
    who.desk.sees("这样发给居民,行吗?", "打 95598 找供电公司")
    who.desk.sends("取消")

    who.desk.sees(number, "🆕 待派单")
    who.li.sees_nothing()


def test_a_case_is_given_to_one_person(town: Town) -> None:
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)

    who.desk.presses("👤 派给…")
    who.desk.sees(f"{number} 派给谁?")
    (label,) = [label for label in labels(who.desk.news()[-1]) if label.startswith("王师傅")]
    who.desk.presses(label)

    assert who.desk.toasts() == ["派好了"]
    wang.sees(f"您接了 {number}", "公共照明 · 3号楼2单元")
    who.li.sees(f"{number} 有人接了", "王师傅")
    who.liu.sees_nothing()


def test_a_handler_gives_a_case_back_with_one_tap(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)

    who.liu.presses("↩️ 去不了")

    assert who.liu.toasts() == ["好的,换别人去,没关系"]
    town.person("陈志愿").sees(number, "您方便吗")
    who.desk.sees(number, "🙋 待接单")
    assert not [one for one in who.desk.news() if not one["edited"]], "nothing rings"
    who.li.sees(f"{number} 正在找人")
    assert not [one for one in who.liu.shown() if "🙋 我去" in labels(one)]


def test_a_report_is_withdrawn_and_restored(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    who.li.presses("↩️ 撤回")
    who.li.sees(f"撤回 {number}?", "正在找人")
    who.li.presses("继续办")
    who.li.sees(f"{number} 正在找人")
    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 撤回")
    who.li.sees(f"{number} 已撤回", "24 小时内可以恢复")
    who.desk.sees(number, "⬛ 已撤回")
    assert not [one for one in who.liu.shown() if "🙋 我去" in labels(one)]

    town.wait("PT23H")
    who.li.presses("↩️ 恢复")
    assert who.li.toasts() == ["恢复了,接着办"]
    who.li.sees(f"{number} 正在找人")


def test_after_a_day_a_withdrawn_report_stays_withdrawn(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 撤回")

    town.wait("PT25H")
    who.li.presses("↩️ 恢复")

    assert who.li.toasts() == ["时间过了,不能再改。有事请再报一次。"]
    who.li.sees(f"{number} 已撤回")


def test_whoever_has_the_case_hears_that_it_was_withdrawn(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)

    who.li.presses("↩️ 撤回")
    who.li.sees(f"撤回 {number}?", "刘志愿", "我先告诉他")
    who.li.presses("✖ 告诉他并撤回")

    who.liu.sees(f"{number} 不用去了", "居民自己撤回了")
    who.li.sees(f"{number} 已撤回")


def test_a_volunteer_who_has_no_time_is_not_asked_further(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    who.liu.presses("今天不方便")

    assert who.liu.toasts() == ["没关系,谢谢您!"]
    who.liu.sees(number, "没关系,谢谢您!")
    town.person("陈志愿").presses("🙋 我去")
    who.li.sees(f"{number} 有人接了", "陈志愿")


def test_an_answer_may_be_typed(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    who.li.sends("1")

    who.li.sees(f"谢谢您!{number} 办好了")
    who.desk.sees(number, "✅ 办结")
