/*
 * What the page says, in two equal languages. What the bot says comes from the bot.
 */

import { state } from "./state.mjs";

export const TEXTS = {
  zh: {
    tagline: "一个小区,几部手机,不用令牌也不用联网",
    clock: "小区的时间", plusHour: "+1 小时", plusDay: "+1 天", plusWeek: "+7 天",
    nextMorning: "早上 8 点", nextThursday: "周四 19 点",
    switches: "开关", outage: "Telegram 断线", kill: "停掉机器人", start: "启动机器人",
    reset: "重来", addPhone: "+ 手机", otherLanguage: "English",
    journey: "一件事走到哪一步", phones: "手机", noCase: "还没有新的事", number: "编号 {number}",
    tryThis: "试试看", hint: "以{resident}的身份写“3楼灯不亮了”,点 📎 选“💡 坏了的灯”,再点一下就报上了;接着轮到旁边的手机。",
    hintDispatch: "轮到{dispatcher}:放给志愿者,或者派给一位。", hintTake: "轮到{volunteer}:接下这件事;没人接,{dispatcher}可以直接派。",
    hintWork: "轮到接了的那位:到了说一声,办完点 📎 选“✨ 修好的灯”。",
    hintTell: "轮到{resident}:补一句话,或者发张照片。", hintHold: "先放着了;点上面的时间往前走,到日子会提醒。",
    hintAnswer: "轮到{resident}:好了没有?不回答就点“早上 8 点”,再加 2 小时,第二天 10 点会问三句。",
    hintAgain: "轮到{supervisor}:再办一次,还是这次不办。",
    hintOver: "这件到头了。再报一件,或者点“重来”;手机上的名字可以换人,右上角可以进群。",
    persona: "谁的手机", closePhone: "收起这部手机", rooms: "聊天", private: "私聊", wholeGroup: "全部话题",
    tongue: "手机语言:{language}", inside: "{count} 人", topicOpened: "话题“{name}”开了",
    topicRenamed: "话题改名为“{name}”", topicClosed: "话题关了",
    topicReopened: "话题又开了",
    botName: "邻里小助手", up: "在线", down: "机器人停了", outageShort: "连不上 Telegram",
    talk: "聊天记录", write: "写点什么", send: "发送", attach: "附件", commands: "命令",
    keyboard: "快捷键盘", cancel: "取消", ok: "知道了", alert: "提示",
    captionHint: "输入框里的字会跟照片一起发出",
    sampleLight: "💡 坏了的灯", sampleLit: "✨ 修好的灯", sampleLeak: "💧 漏水", sampleRubbish: "🧹 垃圾",
    sampleAlbum: "🖼 三张一起", sampleVoice: "🎤 一段语音", sampleLocation: "📍 位置",
    sampleVideo: "🎬 一段视频", sampleDocument: "📄 一份文件", sampleSticker: "👍 表情贴纸",
    sampleOriginal: "📎 原图当文件", sampleBomb: "💣 打不开的图", ownFile: "📎 自己的文件",
    placesHint: "发哪里的位置?", spotGate: "东区大门", spotSquare: "中心广场", spotGarage: "地下车库",
    spotWest: "西区大门", latitude: "纬度", longitude: "经度", sendPlace: "发这个点", back: "返回",
    samplePoll: "🗳 投票", pollHint: "问什么,有哪些选项?", pollQuestion: "问题", pollOption: "选项",
    pollNamed: "实名投票", pollHidden: "匿名投票", pollQuiz: "答题", pollClosed: "投票已结束",
    pollSeveral: "可选几项", pollFirst: "答题:第一项是答案", sendPoll: "发这个投票", pollTotal: "{count} 人投了",
    forwarded: "转发的消息", ownPhoto: "📷 自己的照片", play: "播放语音", pause: "暂停", photo: "照片", video: "视频",
    voice: "语音", location: "位置", file: "文件", edited: "已编辑", silent: "静音", reply: "回复", edit: "修改",
    replying: "回复:{text}", editing: "修改:{text}", lost: "沙盒没有回应,正在重连 …",
    resident: "居民", volunteer: "志愿者", property_staff: "物业", dispatcher: "调度",
    grid_worker: "网格员", supervisor: "督办", organizer: "组织者", admin: "管理员",
    submitted: "待派单", needs_info: "待补充", offered: "待接单", in_progress: "处理中",
    on_hold: "暂停", returned: "退回待定", resolved: "待回访", reopen_requested: "申请再办",
    closed_solved: "办结", closed_unsolved: "办结(未解决)", merged: "并案",
    declined: "不归我们管", withdrawn: "已撤回",
  },
  en: {
    tagline: "One neighbourhood, a few phones, no token and no network",
    clock: "The neighbourhood's time", plusHour: "+1 h", plusDay: "+1 day", plusWeek: "+7 days",
    nextMorning: "next morning", nextThursday: "next Thursday",
    switches: "Switches", outage: "Telegram is down", kill: "kill the bot", start: "start the bot",
    reset: "reset", addPhone: "+ phone", otherLanguage: "中文",
    journey: "Where the case is", phones: "Phones", noCase: "No new case yet", number: "No. {number}",
    tryThis: "Try", hint: "as {resident} write “3楼灯不亮了”, press 📎 and “💡 broken light”; one more tap files it. Then go on with the phone beside.",
    hintDispatch: "{dispatcher} is next: ask the volunteers, or give it to somebody.", hintTake: "{volunteer} is next: take it; or {dispatcher} gives it to somebody.",
    hintWork: "Whoever took it is next: say when you are there; when it is done press 📎 and “✨ mended light”.",
    hintTell: "{resident} is next: add a word or a photo.", hintHold: "On hold. Move the clock above: it will be remembered on its day.",
    hintAnswer: "{resident} is next: is it solved? Or press “next morning” and twice “+1 h”: at ten three questions come.",
    hintAgain: "{supervisor} is next: do it again, or not this time.",
    hintOver: "This one is over. Report another or press “reset”; names can be changed, and a phone can open a group.",
    persona: "Whose phone", closePhone: "Put this phone away", rooms: "Chat", private: "private", wholeGroup: "all topics",
    tongue: "Language of the phone: {language}", inside: "{count} people", topicOpened: "Topic “{name}” opened",
    topicRenamed: "Topic renamed to “{name}”", topicClosed: "Topic closed",
    topicReopened: "Topic opened again",
    botName: "Linli", up: "online", down: "bot stopped", outageShort: "Telegram is unreachable",
    talk: "Conversation", write: "Message", send: "Send", attach: "Attach", commands: "Commands",
    keyboard: "Quick keyboard", cancel: "Cancel", ok: "OK", alert: "Alert",
    captionHint: "The words in the text field go with the photo",
    sampleLight: "💡 broken light", sampleLit: "✨ mended light", sampleLeak: "💧 leak", sampleRubbish: "🧹 rubbish",
    sampleAlbum: "🖼 all three", sampleVoice: "🎤 voice message", sampleLocation: "📍 location",
    sampleVideo: "🎬 video", sampleDocument: "📄 document", sampleSticker: "👍 sticker",
    sampleOriginal: "📎 photo as file", sampleBomb: "💣 bad picture", ownFile: "📎 own file",
    placesHint: "Which place?", spotGate: "East gate", spotSquare: "Central square", spotGarage: "Car park",
    spotWest: "West gate", latitude: "Latitude", longitude: "Longitude", sendPlace: "Send this point", back: "Back",
    samplePoll: "🗳 poll", pollHint: "What is asked, and what can be chosen?", pollQuestion: "Question", pollOption: "Option",
    pollNamed: "Public poll", pollHidden: "Anonymous poll", pollQuiz: "Quiz", pollClosed: "Poll closed",
    pollSeveral: "several answers", pollFirst: "quiz: the first is right", sendPoll: "Send this poll", pollTotal: "{count} voted",
    forwarded: "Forwarded", ownPhoto: "📷 own photo", play: "Play", pause: "Pause", photo: "photo", video: "video",
    voice: "voice message", location: "location", file: "file", edited: "edited", silent: "silent", reply: "Reply", edit: "Edit",
    replying: "Reply to: {text}", editing: "Edit: {text}", lost: "The sandbox does not answer, trying again …",
    resident: "resident", volunteer: "volunteer", property_staff: "property staff",
    dispatcher: "dispatcher", grid_worker: "grid worker", supervisor: "supervisor",
    organizer: "organizer", admin: "admin",
    submitted: "submitted", needs_info: "needs info", offered: "offered", in_progress: "in progress",
    on_hold: "on hold", returned: "returned", resolved: "resolved",
    reopen_requested: "reopening asked", closed_solved: "solved", closed_unsolved: "closed unsolved",
    merged: "merged", declined: "declined", withdrawn: "withdrawn",
  },
};

export function chosenLanguage() {
  const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  return wanted.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function t(key, facts = {}) {
  const text = TEXTS[state.language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

/** Put the words of the chosen language on every element that names a key. */
export function localise(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.matches(".asking input")) node.placeholder = t(node.dataset.tLabel);
    if (node.matches("button")) node.title = t(node.dataset.tLabel);
  }
}

export function setWords(node, key) {
  node.dataset.t = key;
  node.textContent = t(key);
}
