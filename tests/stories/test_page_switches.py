"""The switches of the page in a real Chromium: troubles, time, languages, one phone more."""

import pytest
from playwright.async_api import expect

from tests.support.page import (
    DISPATCHER,
    RESIDENT,
    SUPERVISOR,
    VOLUNTEER,
    Opened,
    do_it,
    report_a_light,
)

pytestmark = pytest.mark.browser
HOTLINE, CALLING = "010-5550 1234", "☎ 找人帮忙"


async def test_telegram_goes_down_and_comes_back(opened: Opened) -> None:
    resident = opened.phone(RESIDENT)
    await expect(resident.presence).to_have_text("在线")
    for name in (RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR):  # what waits is tried in its order
        await expect(opened.phone(name).card("幸福里社区小助手")).to_be_visible()
    await opened.switch("Telegram 断线")
    await expect(opened.page.locator("#outage")).to_have_attribute("aria-checked", "true")
    for name in (RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR):
        await expect(opened.phone(name).presence).to_have_text("连不上 Telegram")

    await resident.write(CALLING)
    await expect(resident.mine(CALLING)).to_be_visible()
    await opened.jumps("+1 小时")
    await expect(resident.card(HOTLINE)).to_have_count(0)
    await opened.switch("Telegram 断线")

    await expect(resident.presence).to_have_text("在线")
    await expect(resident.card(HOTLINE)).to_be_in_viewport()
    assert opened.complaints == []


async def test_everything_begins_anew_in_the_middle_of_an_outage(opened: Opened) -> None:
    await report_a_light(opened)
    await opened.switch("Telegram 断线")
    await opened.jumps("+1 小时")
    await opened.switch("重来")

    resident = opened.phone(RESIDENT)
    await expect(resident.presence).to_have_text("在线")
    await expect(resident.card("收到了,编号")).to_have_count(0)
    await expect(resident.card("您好,我是幸福里社区小助手")).to_be_visible()
    await expect(opened.page.locator("#stages li.here")).to_have_count(0)
    await report_a_light(opened)
    assert opened.complaints == []


async def test_the_bot_is_killed_and_started_again(opened: Opened) -> None:
    resident = opened.phone(RESIDENT)
    await opened.switch("停掉机器人")
    await expect(resident.presence).to_have_text("机器人停了")
    await resident.write(CALLING)
    await opened.jumps("+1 小时")  # alone
    await expect(resident.card(HOTLINE)).to_have_count(0)

    await opened.switch("启动机器人")
    await expect(opened.page.locator("#bot")).to_have_text("停掉机器人")
    await expect(resident.presence).to_have_text("在线")
    await expect(resident.card(HOTLINE)).to_be_in_viewport()

    await opened.switch("停掉机器人")
    await opened.switch("重来")  # starts it, since only the bot can seed
    await expect(resident.presence).to_have_text("在线")
    await expect(resident.card(HOTLINE)).to_have_count(0)
    await report_a_light(opened)
    assert opened.complaints == []


async def test_whoever_may_not_press_in_a_group_reads_who_may(opened: Opened) -> None:
    dispatcher, supervisor = opened.phone(DISPATCHER), opened.phone(SUPERVISOR)
    for one in (dispatcher, supervisor):
        await one.enter("待派")
    await dispatcher.write("/bind")
    await dispatcher.press("📥 待派")
    await expect(dispatcher.card("从现在起这里是 📥 待派")).to_be_visible()
    await report_a_light(opened)

    await supervisor.press("🙋 放给志愿者")
    await expect(supervisor.alert).to_contain_text("这一步要由调度来做。")
    await expect(dispatcher.alert).to_be_hidden()
    await opened.stands_at("submitted")
    await supervisor.alert.get_by_role("button", name="知道了").click()
    await expect(supervisor.alert).to_be_hidden()

    await dispatcher.press("🙋 放给志愿者")
    await opened.stands_at("offered")
    await expect(supervisor.card("待接单")).to_be_visible()
    assert opened.complaints == []


async def test_a_phone_is_added_and_put_away(opened: Opened) -> None:
    phones = opened.page.locator("section.phone")
    await expect(phones).to_have_count(4)
    await opened.switch("+ 手机")
    await expect(phones).to_have_count(5)
    added = phones.last
    assert await added.get_attribute("aria-label") not in {
        RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR,
    }  # fmt: skip
    await expect(added.locator(".presence")).to_have_text("在线")
    await added.locator("select.persona").select_option(label="老周")
    neighbour = opened.phone("老周")
    await neighbour.write(CALLING)
    await expect(neighbour.card(HOTLINE)).to_be_in_viewport()
    await neighbour.root.get_by_role("button", name="收起这部手机").click()
    await expect(phones).to_have_count(4)
    assert opened.complaints == []


async def test_the_page_speaks_english_and_chinese_again(opened: Opened) -> None:
    await opened.switch("English")
    await expect(opened.page.locator("html")).to_have_attribute("lang", "en")
    await expect(opened.page.locator("#outage")).to_have_text("Telegram is down")
    await expect(opened.phone(RESIDENT).presence).to_have_text("online")
    assert "lang=en" in opened.page.url
    await opened.page.reload()
    await expect(opened.page.locator("#reset")).to_have_text("reset")
    await opened.switch("kill the bot")
    await expect(opened.phone(RESIDENT).presence).to_have_text("bot stopped")
    await opened.switch("start the bot")
    await opened.switch("中文")
    await expect(opened.phone(RESIDENT).presence).to_have_text("在线")
    assert opened.complaints == []


async def test_commands_are_chosen_from_a_menu(opened: Opened) -> None:
    dispatcher = opened.phone(DISPATCHER)
    menu = dispatcher.root.locator(".menu")
    await expect(menu).to_be_hidden()
    await dispatcher.root.get_by_role("button", name="命令").click()
    await menu.get_by_role("button", name="/help").click()
    await expect(menu).to_be_hidden()
    await expect(dispatcher.mine("/help")).to_be_visible()
    await expect(dispatcher.card("怎么用幸福里社区小助手")).to_be_in_viewport()
    assert opened.complaints == []


async def test_a_toast_answers_a_press(opened: Opened) -> None:
    await report_a_light(opened)
    await do_it(opened)
    resident = opened.phone(RESIDENT)
    await resident.press("👍 好了")
    thanks = resident.toast.get_by_text("谢谢您!")
    await expect(thanks).to_be_visible()
    await expect(opened.phone(VOLUNTEER).toast.get_by_text("谢谢您!")).to_have_count(0)
    await expect(thanks).to_have_count(0)  # it fades
    assert opened.complaints == []


async def test_the_clock_goes_to_the_next_day_week_and_thursday(opened: Opened) -> None:
    now = opened.page.locator("#now")
    await expect(now).to_contain_text("2026年11月17日星期二")
    for label, day, hour in (
        ("+1 天", "11月18日星期三", "09:1"),
        ("周四 19 点", "11月19日星期四", "19:0"),
        ("周四 19 点", "11月26日星期四", "19:0"),
        ("早上 8 点", "11月27日星期五", "08:0"),
        ("+7 天", "12月4日星期五", "08:0"),
    ):
        await opened.jumps(label)
        await expect(now).to_contain_text(day)
        await expect(now.locator(".hours")).to_contain_text(hour)
        await expect(opened.phone(RESIDENT).root.locator(".status .hours")).to_contain_text(hour)
    assert opened.complaints == []
