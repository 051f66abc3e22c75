"""The page in a real Chromium: a case is pressed through by labels, from phone to phone."""

from pathlib import Path
from urllib.parse import quote, urljoin

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


async def test_what_neighbours_join_is_asked_about_promised_paused_and_in_large_text(
    opened: Opened,
) -> None:
    resident, neighbour = opened.phone(RESIDENT), opened.phone("老周")
    dispatcher, worker = opened.phone(DISPATCHER), opened.phone("王师傅")
    names = quote(f"{RESIDENT},老周,{DISPATCHER},王师傅")
    await opened.page.goto(urljoin(opened.page.url, f"/?phones={names}"))
    await resident.write("/settings")
    await resident.press("🔠 大字 ⬜")
    await resident.write("2单元电梯停了不动")
    await resident.press("✅ 对,提交")
    await neighbour.write("电梯又坏了")
    await neighbour.press("🙋 我也遇到")
    await expect(neighbour.card("一共 2 位邻居遇到")).to_be_in_viewport()

    await dispatcher.press("❓ 问居民")
    await dispatcher.write("停在几楼?/一楼/别的楼层")
    await dispatcher.press("✅ 发给居民")
    await resident.press("一楼")
    await expect(dispatcher.card("居民回话了")).to_contain_text("一楼")
    await expect(resident.root.get_by_text("补充", exact=False)).to_have_count(1)  # one live card

    await dispatcher.press("👤 派给…")
    await dispatcher.root.locator("button.inline", has_text="王师傅").click()
    await worker.press("🕐 说个时间")
    await worker.press("📅 别的日子")
    week = worker.root.locator(".row", has_text="日22").locator("button.inline")
    await expect(week).to_have_count(7)
    assert len({box["y"] for one in await week.all() if (box := await one.bounding_box())}) == 1
    await worker.press("✖ 先不弄了")
    await worker.press("⏸ 先停一停")
    await worker.press("🔩 等配件")
    await worker.press("三18")
    await expect(opened.page.locator("#aside")).to_have_attribute("data-status", "on_hold")
    assert opened.complaints == []


async def test_four_phones_open_with_their_home_cards(opened: Opened) -> None:
    for name in (RESIDENT, DISPATCHER, VOLUNTEER, SUPERVISOR):
        phone = opened.phone(name)
        await expect(phone.card("您好,我是幸福里社区小助手")).to_be_visible()
        await expect(phone.root.locator(".keyboard .key")).to_have_count(4)
    await expect(opened.page.locator("#hint")).to_contain_text(RESIDENT)
    assert opened.complaints == []


async def test_a_case_is_pressed_through_to_its_end(opened: Opened, tmp_path: Path) -> None:
    await report_a_light(opened)
    await do_it(opened)
    resident = opened.phone(RESIDENT)
    await expect(resident.card("修好了吗")).to_be_in_viewport()
    picture = await opened.page.screenshot(path=tmp_path / "resolved.png")
    await expect(opened.page.locator("#hint")).to_contain_text(f"轮到{RESIDENT}")
    await resident.press("👍 好了")
    await opened.stands_at("closed_solved")
    assert picture.startswith(b"\x89PNG")
    assert opened.complaints == []


async def test_a_no_the_next_day_leads_to_doing_it_again(opened: Opened) -> None:
    await report_a_light(opened)
    await do_it(opened)
    await opened.jumps("早上 8 点", "+1 小时", "+1 小时")
    resident, supervisor = opened.phone(RESIDENT), opened.phone(SUPERVISOR)
    await expect(resident.card("问题解决了吗?")).to_be_in_viewport()
    await resident.press("❌ 没解决")
    await resident.press("😐 一般")
    await expect(resident.card("没给您办好")).to_be_in_viewport()
    await resident.press("🔁 再办一次")
    await expect(opened.page.locator("#aside")).to_have_attribute("data-status", "reopen_requested")
    await supervisor.press("🔁 再办一次")
    await supervisor.press("🙋 放给志愿者")
    await opened.stands_at("offered")
    for name in (DISPATCHER, SUPERVISOR):  # the card under which was pressed, and no second one
        cards = opened.phone(name).root.locator("article.bubble", has_text="报的")
        await expect(cards).to_have_count(1)
        await expect(cards).to_contain_text("第 1 次再办")
    assert opened.complaints == []


async def test_three_taps_end_it_the_next_day(opened: Opened) -> None:
    await report_a_light(opened)
    await do_it(opened)
    await opened.jumps("早上 8 点", "+1 小时", "+1 小时")
    resident = opened.phone(RESIDENT)
    for label in ("✅ 解决了", "😊 满意", "🙏 谢谢师傅"):
        await resident.press(label)
    await expect(resident.card("谢谢您")).to_be_in_viewport()
    await opened.stands_at("closed_solved")
    assert opened.complaints == []


async def test_a_photo_answers_a_card_and_words_are_changed(opened: Opened) -> None:
    resident = opened.phone(RESIDENT)
    await resident.write("3楼灯不亮了")
    await resident.act_on(resident.card("请您看一眼"), "回复")
    await resident.send_sample("💧 漏水")
    await expect(resident.mine("请您看一眼").locator(".photo")).to_be_visible()
    await expect(resident.card("照片1张")).to_be_visible()
    await resident.act_on(resident.mine("3楼灯不亮了").first, "修改")
    await resident.write("4楼灯不亮了")
    await expect(resident.mine("4楼灯不亮了").first.locator(".edited")).to_be_visible()
    for sample in ("🎤 一段语音", "🎬 一段视频", "📄 一份文件"):
        await resident.send_sample(sample)
    await resident.send_sample("📍 位置")
    await resident.root.get_by_role("button", name="中心广场").click()
    for kind in (".voice", "video", ".file", ".map"):
        await expect(resident.root.locator(kind)).to_have_count(1)
    assert opened.complaints == []


async def test_a_photo_sent_as_a_file_is_seen_once_checked_and_a_bad_one_is_explained(
    opened: Opened,
) -> None:
    resident, dispatcher = opened.phone(RESIDENT), opened.phone(DISPATCHER)
    await resident.send_sample("📎 原图当文件", "3楼灯不亮了")
    await resident.press("✅ 对,提交")
    await expect(dispatcher.card("的照片").locator(".photo img")).to_be_visible()
    await expect(dispatcher.card("照片1张")).to_be_visible()
    await resident.act_on(resident.card("收到了,编号"), "回复")
    await resident.send_sample("💣 打不开的图")
    await expect(resident.card("没能加上")).to_contain_text("当“照片”发给我")
    await expect(dispatcher.card("1张照片打不开")).to_be_visible()
    assert opened.complaints == []


async def test_a_phone_opens_a_topic_and_speaks_another_language(opened: Opened) -> None:
    dispatcher, supervisor = opened.phone(DISPATCHER), opened.phone(SUPERVISOR)
    await dispatcher.root.locator("select.rooms").select_option(label="待派")
    await supervisor.root.locator("select.rooms").select_option(label="全部话题")
    await dispatcher.write("这件谁去?")
    await expect(supervisor.card("这件谁去?").locator(".topic")).to_have_text("待派")
    await supervisor.root.locator("select.rooms").select_option(label="办理")
    await expect(supervisor.root.locator("article.bubble")).to_have_count(0)
    volunteer = opened.phone(VOLUNTEER)
    await volunteer.root.locator(".tongue").click()
    await expect(volunteer.root.locator(".tongue")).to_have_text("EN")
    await volunteer.root.locator("select.persona").select_option(label="王师傅")
    await expect(opened.phone("王师傅").root.locator(".role")).to_have_text("物业")
    assert opened.complaints == []
