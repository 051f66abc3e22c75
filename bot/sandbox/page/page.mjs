/*
 * The page of the sandbox: phones side by side, each held by one person of the neighbourhood.
 *
 * It knows only the person side of the server (/sim/*), as any other program that plays
 * residents does. It must not know the bot's texts, its callback data nor its database: what a
 * phone shows is what the bot has sent. Whatever comes from outside goes into the page as
 * text nodes, never as markup.
 */

const TEXTS = {
  zh: {
    tagline: "一个小区,几部手机,不用令牌也不用联网",
    clock: "小区的时间", plusHour: "+1 小时", plusDay: "+1 天",
    nextMorning: "早上 8 点", nextThursday: "周四 19 点",
    switches: "开关", outage: "Telegram 断线", kill: "停掉机器人", start: "启动机器人",
    reset: "重来", addPhone: "+ 手机", otherLanguage: "English",
    journey: "一件事走到哪一步", phones: "手机", noCase: "还没有新的事", number: "编号 {number}",
    tryThis: "试试看", hint: "以{name}的身份写“3楼灯不亮了”,点 📎 选“💡 坏了的灯”,再点一下就报上了;接着轮到旁边的手机。",
    persona: "谁的手机", closePhone: "收起这部手机", rooms: "聊天", private: "私聊", group: "小区群",
    botName: "邻里小助手", up: "在线", down: "机器人停了", outageShort: "连不上 Telegram",
    talk: "聊天记录", write: "写点什么", send: "发送", attach: "附件", commands: "命令",
    keyboard: "快捷键盘", cancel: "取消", ok: "知道了", alert: "提示",
    captionHint: "输入框里的字会跟照片一起发出",
    sampleLight: "💡 坏了的灯", sampleLeak: "💧 漏水", sampleRubbish: "🧹 垃圾",
    sampleAlbum: "🖼 三张一起", sampleVoice: "🎤 一段语音", sampleLocation: "📍 位置",
    ownPhoto: "📷 自己的照片", play: "播放语音", pause: "暂停", photo: "照片", video: "视频",
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
    clock: "The neighbourhood's time", plusHour: "+1 h", plusDay: "+1 day",
    nextMorning: "next morning", nextThursday: "next Thursday",
    switches: "Switches", outage: "Telegram is down", kill: "kill the bot", start: "start the bot",
    reset: "reset", addPhone: "+ phone", otherLanguage: "中文",
    journey: "Where the case is", phones: "Phones", noCase: "No new case yet", number: "No. {number}",
    tryThis: "Try", hint: "as {name} write “3楼灯不亮了”, press 📎 and “💡 broken light”; one more tap files it. Then go on with the phone beside.",
    persona: "Whose phone", closePhone: "Put this phone away", rooms: "Chat", private: "private", group: "group",
    botName: "Linli", up: "online", down: "the bot is stopped", outageShort: "Telegram is unreachable",
    talk: "Conversation", write: "Message", send: "Send", attach: "Attach", commands: "Commands",
    keyboard: "Quick keyboard", cancel: "Cancel", ok: "OK", alert: "Alert",
    captionHint: "The words in the text field go with the photo",
    sampleLight: "💡 broken light", sampleLeak: "💧 leak", sampleRubbish: "🧹 rubbish",
    sampleAlbum: "🖼 all three", sampleVoice: "🎤 voice message", sampleLocation: "📍 location",
    ownPhoto: "📷 own photo", play: "Play", pause: "Pause", photo: "photo", video: "video",
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

const ICONS = {
  submitted: "🆕", needs_info: "❓", offered: "🙋", in_progress: "🔧", on_hold: "⏸", returned: "↩",
  resolved: "📷", reopen_requested: "🔁", closed_solved: "✅", closed_unsolved: "⚠", merged: "🔗",
  declined: "🚫", withdrawn: "⬛",
};
const STAGES = ["submitted", "offered", "in_progress", "resolved", "closed_solved"];
/** How far along the stages a case stands that has left the straight way. */
const BESIDE = {
  needs_info: "submitted", returned: "offered", on_hold: "in_progress",
  reopen_requested: "resolved", closed_unsolved: "resolved",
  merged: "submitted", declined: "submitted", withdrawn: "submitted",
};
const FIRST_PHONES = ["resident", "dispatcher", "volunteer", "supervisor"];
const OUTAGE = { method: "*", times: -1, status: 502, description: "Bad Gateway" };
const GATE = { latitude: 31.2304, longitude: 121.4737 };
const START = "START";
const TOAST_MS = 4500;
const NOTICE_MS = 7000;

const state = {
  language: chosenLanguage(),
  people: [],
  chats: new Map(), // chat id -> Chat
  phones: [],
  botUp: true,
  outage: false,
  offset: "+00:00", // of the community's zone
  set: { clock: 0, at: 0 }, // the sandbox's clock (ms) when performance.now() was `at`
  journey: null, // {number, status, seq} of the newest card seen
};

// ---- words -------------------------------------------------------------------------------

function chosenLanguage() {
  const wanted = new URLSearchParams(location.search).get("lang") ?? navigator.language;
  return wanted.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function t(key, facts = {}) {
  const text = TEXTS[state.language][key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

/** Put the words of the chosen language on every element that names a key. */
function localise(root) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
    if (node.matches("button")) node.title = t(node.dataset.tLabel);
  }
}

function setWords(node, key) {
  node.dataset.t = key;
  node.textContent = t(key);
}

// ---- small tools -------------------------------------------------------------------------

const byId = (id) => document.getElementById(id);

/** An element with properties (`class`, `on*` handlers, attributes) and children; no markup. */
function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Ask the server; its refusal becomes an Error with its sentence. */
async function call(method, path, body) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.error ?? `${answer.status} ${answer.statusText}`);
  return data;
}

function pill(place, text, kind, lifetime) {
  const node = el("div", { class: `pill ${kind}` }, text);
  place.append(node);
  setTimeout(() => node.remove(), lifetime);
}

const notice = (text) => pill(byId("notices"), text, "refusal", NOTICE_MS);

/** Run the action of a header button: busy while it runs, its refusal shown. */
async function busily(button, action) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await action().catch((error) => notice(error.message));
  button.removeAttribute("aria-busy");
}

async function base64Of(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}

// ---- the clock ---------------------------------------------------------------------------

const offsetMs = () => {
  const [, sign, hours, minutes] = state.offset.match(/([+-])(\d\d):?(\d\d)/) ?? [0, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (hours * 60 + Number(minutes)) * 60_000;
};
const instantOf = (value) => (typeof value === "number" ? value * 1000 : Date.parse(value));
/** A Date whose UTC fields read as the wall clock of the community. */
const wallOf = (instant) => new Date(instant + offsetMs());
const sandboxNow = () => state.set.clock + performance.now() - state.set.at;
const locale = () => (state.language === "zh" ? "zh-CN" : "en-GB");

function written(instant, fields) {
  return new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...fields }).format(wallOf(instant));
}
const hoursOf = (instant) =>
  written(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayOf = (instant) => written(instant, { month: "long", day: "numeric", weekday: "short" });

function setClock(iso) {
  const offset = iso.match(/[+-]\d\d:?\d\d$/);
  if (offset) state.offset = offset[0];
  state.set = { clock: Date.parse(iso), at: performance.now() };
  showClock();
}

function showClock() {
  const now = sandboxNow();
  const date = { year: "numeric", month: "long", day: "numeric", weekday: "long" };
  for (const node of document.querySelectorAll(".hours")) node.textContent = hoursOf(now);
  byId("now").querySelector(".date").textContent = written(now, date);
  byId("now").dateTime = wallOf(now).toISOString().slice(0, 19) + state.offset;
}

/** The next time the community's clock shows that hour (on that weekday, if one is given). */
function nextAt(hour, weekday) {
  const wall = wallOf(sandboxNow());
  for (let ahead = 0; ; ahead += 1) {
    const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate()];
    const then = new Date(Date.UTC(year, month, day + ahead, hour));
    if (then > wall && (weekday === undefined || then.getUTCDay() === weekday)) {
      return then.toISOString().slice(0, 19) + state.offset;
    }
  }
}

const JUMPS = {
  hour: () => ({ advance: "PT1H" }),
  day: () => ({ advance: "PT24H" }),
  morning: () => ({ to: nextAt(8) }),
  thursday: () => ({ to: nextAt(19, 4) }),
};

async function jump(name) {
  byId("now").classList.add("moving");
  try {
    await call("POST", "/sim/clock", JUMPS[name]());
    setClock((await call("GET", "/sim/clock")).now);
  } finally {
    byId("now").classList.remove("moving");
  }
}

// ---- the strip: where the newest case is -------------------------------------------------

const ANY_ICON = Object.values(ICONS).join("|");
const STATUS_OF = Object.fromEntries(Object.entries(ICONS).map(([status, icon]) => [icon, status]));
const NUMBER = /(?<![\d:.-])\d{3,6}(?![\d:年])/gu;
const ARROW = new RegExp(`→\\s*(${ANY_ICON})`, "u");
const LEADING = new RegExp(`^(${ANY_ICON})`, "mu");

/** Number (in the first line) and status (the icon that leads a line) of the case of a card. */
function readCard(text) {
  const plain = text.replaceAll("\ufe0f", "");
  const numbers = plain.split("\n", 1)[0].match(NUMBER) ?? [];
  const [, icon] = plain.match(ARROW) ?? plain.match(LEADING) ?? [];
  return numbers.length === 1 && icon ? { number: numbers[0], status: STATUS_OF[icon] } : null;
}

/** A live card has buttons or was edited; a bare new message rings beside it and lags behind. */
const isLive = ({ from, deleted, edited, buttons }) =>
  from === "bot" && !deleted && (edited || buttons?.length > 0);

function noteCards(messages) {
  for (const message of messages) {
    const card = isLive(message) && message.seq > (state.journey?.seq ?? 0) && readCard(message.text ?? "");
    if (card) state.journey = { ...card, seq: message.seq };
  }
  showJourney();
}

function showJourney() {
  const { number, status } = state.journey ?? {};
  const reached = STAGES.indexOf(BESIDE[status] ?? status);
  byId("number").textContent = number ? t("number", { number }) : t("noCase");
  byId("stages").replaceChildren(...STAGES.map((stage, index) => stageNode(stage, index - reached, status)));
  const aside = byId("aside");
  aside.hidden = !BESIDE[status];
  aside.dataset.status = status ?? "";
  aside.textContent = aside.hidden ? "" : `${ICONS[status]} ${t(status)}`;
}

function stageNode(stage, distance, status) {
  const properties = { "data-status": stage, class: distance <= 0 && status ? "passed" : "" };
  if (stage === status) Object.assign(properties, { class: "here", "aria-current": "step" });
  const icon = el("span", { class: "icon", "aria-hidden": "true" }, ICONS[stage]);
  return el("li", properties, icon, el("span", { class: "word" }, t(stage)));
}

// ---- chats: what the server knows --------------------------------------------------------

class Chat {
  constructor(id) {
    Object.assign(this, { id, seq: 0, messages: new Map(), running: null, again: false });
    this.menu = null; // {commands, keyboard, placeholder} once it is known
  }

  /** Fetch what is new; one request at a time, and one more if something came meanwhile. */
  refresh() {
    this.again = true;
    this.running ??= this.#catchUp();
    return this.running;
  }

  async #catchUp() {
    try {
      while (this.again) {
        this.again = false;
        const after = this.seq;
        const news = await call("GET", `/sim/chats/${this.id}?after=${after}`);
        this.menu = this.id > 0 ? await call("GET", `/sim/menu?person=${this.id}`) : {};
        if (after === this.seq) this.#apply(news, after); // else forgotten meanwhile
      }
    } finally {
      this.running = null;
    }
  }

  #apply({ seq, messages, toasts }, after) {
    if (after > 0 && seq > after && messages.length + toasts.length === 0) {
      startOver().catch((error) => notice(error.message)); // a change without content: a reset
      return;
    }
    for (const message of messages) this.messages.set(message.message_id, message);
    this.seq = seq;
    noteCards(messages);
    const fresh = after === 0 ? [] : toasts; // old toasts have faded long ago
    for (const phone of phonesOn(this.id)) phone.show(messages, fresh);
  }

  forget() {
    this.seq = 0;
    this.messages.clear();
    for (const phone of phonesOn(this.id)) phone.redraw();
  }

  /** Visible messages in order. */
  list() {
    const visible = [...this.messages.values()].filter((message) => !message.deleted);
    return visible.sort((one, other) => one.message_id - other.message_id);
  }

  /** The rows of keys under the text field; START in a chat where nothing was said yet. */
  keys() {
    if (this.id > 0 && this.menu && this.list().length === 0) return [[START]];
    return this.menu?.keyboard ?? [];
  }
}

function chatOf(id) {
  if (!state.chats.has(id)) state.chats.set(id, new Chat(id));
  return state.chats.get(id);
}

const phonesOn = (chatId) => state.phones.filter((phone) => phone.chatId === chatId);
const personOf = (id) => state.people.find((person) => person.id === id);

// ---- bubbles -----------------------------------------------------------------------------

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote",
};

/** Text from `start` to `end` with its entities (UTF-16 offsets, outer before inner) as nodes. */
function richText(text, entities = [], start = 0, end = text.length) {
  const nodes = [];
  let at = start;
  entities.forEach(({ type, offset, length }, index) => {
    const stop = offset + length;
    if (!TAGS[type] || offset < at || stop > end) return;
    const inner = richText(text, entities.slice(index + 1), offset, stop);
    nodes.push(text.slice(at, offset), el(TAGS[type], {}, ...inner));
    at = stop;
  });
  return [...nodes, text.slice(at, end)];
}

function mediaNode(media) {
  const draw = { photo: photoNode, voice: voiceNode, audio: voiceNode, video: videoNode };
  return (draw[media.type] ?? otherNode)(media);
}

function photoNode({ url }) {
  const image = el("img", { src: url, alt: t("photo") });
  return el("a", { class: "photo", href: url, target: "_blank", rel: "noopener" }, image);
}

function videoNode({ url }) {
  return el("video", { src: url, controls: true, preload: "metadata", "aria-label": t("video") });
}

function otherNode({ type, url, file_name: name, latitude, longitude, phone_number: phone }) {
  if (type === "location") {
    const place = latitude === undefined ? "" : `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
    return el("div", { class: "map" }, el("span", {}, "📍"), el("small", {}, place));
  }
  const words = name ?? phone ?? t("file");
  return url
    ? el("a", { class: "file", href: url, target: "_blank", rel: "noopener" }, `📄 ${words}`)
    : el("span", { class: "file" }, `📄 ${words}`);
}

function voiceNode({ url, duration }) {
  const length = el("small", {}, lengthOf(duration));
  const button = el("button", { type: "button", class: "play", "aria-label": t("play") }, "▶");
  const sound = new Audio();
  const showState = () => {
    button.textContent = sound.paused ? "▶" : "❚❚";
    button.setAttribute("aria-label", t(sound.paused ? "play" : "pause"));
  };
  for (const event of ["play", "pause", "ended"]) sound.addEventListener(event, showState);
  sound.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(sound.duration)) length.textContent = lengthOf(sound.duration);
  });
  sound.preload = "metadata";
  sound.src = url;
  button.addEventListener("click", () => (sound.paused ? sound.play() : sound.pause()));
  return el("div", { class: "voice" }, button, el("span", { class: "wave", "aria-hidden": "true" }), length);
}

function lengthOf(seconds) {
  if (!seconds) return "";
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function reactionsNode(reactions) {
  const emoji = (reactions ?? []).map((one) => (typeof one === "string" ? one : one.emoji));
  return emoji.length ? el("span", { class: "reactions" }, emoji.join(" ")) : null;
}

function metaNode(message) {
  const marks = [];
  if (message.edited) marks.push(el("span", { class: "edited" }, t("edited")));
  if (message.silent) marks.push(el("span", { class: "silent", title: t("silent") }, "🔕"));
  const time = el("time", {}, hoursOf(instantOf(message.date)));
  return el("span", { class: "meta" }, ...marks, time);
}

/** One line that reminds of a message, for quotes. */
function gist(message) {
  const kind = message?.media?.[0]?.type;
  return message?.text?.split("\n")[0].slice(0, 60) || t(TEXTS.en[kind] ? kind : "file");
}

// ---- a phone -----------------------------------------------------------------------------

class Phone {
  constructor() {
    this.root = byId("phone").content.firstElementChild.cloneNode(true);
    this.part = Object.fromEntries(
      ["persona", "role", "close", "presence", "rooms", "talk", "toasts", "quoting", "what",
        "unquote", "composer", "attach", "commands", "keyboard", "samples", "menu", "alert"]
        .map((name) => [name, this.root.querySelector(`.${name}`)]),
    );
    this.field = this.root.querySelector("textarea");
    this.file = this.root.querySelector("input[type=file]");
    this.#wire();
  }

  #wire() {
    const { persona, rooms, close, unquote, composer, attach, commands, samples, alert, talk } = this.part;
    persona.addEventListener("change", () => this.become(personOf(Number(persona.value))));
    rooms.addEventListener("change", () => this.enter(Number(rooms.value)));
    close.addEventListener("click", () => putAway(this));
    unquote.addEventListener("click", () => this.#quote(null));
    composer.addEventListener("submit", (event) => this.#submit(event));
    attach.addEventListener("click", () => this.#toggle(samples, attach));
    commands.addEventListener("click", () => this.#openCommands());
    alert.querySelector("button").addEventListener("click", () => this.#closeAlert());
    for (const button of samples.querySelectorAll("[data-sample]")) {
      button.addEventListener("click", () => this.#sendSample(button.dataset.sample));
    }
    this.file.addEventListener("change", () => this.#sendOwn());
    talk.addEventListener("scroll", () => this.#noteHeight(), { passive: true });
    talk.addEventListener("load", () => this.low && this.#toBottom(), true); // photos grow late
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.#closeSheets());
  }

  // -- who holds it, and which chat is open

  become(person) {
    this.person = person;
    Object.assign(this.root.dataset, { person: person.id, role: person.roles[0] ?? "" });
    this.root.setAttribute("aria-label", person.name);
    return this.enter(person.id);
  }

  enter(chatId) {
    this.chatId = chatId;
    this.#quote(null);
    this.redraw();
    return chatOf(chatId).refresh().catch((error) => this.refuse(error.message));
  }

  /** Everything anew: another person, another chat, another language. */
  redraw() {
    const { persona, role, rooms, talk, alert } = this.part;
    persona.replaceChildren(...state.people.map((one) => el("option", { value: one.id }, one.name)));
    persona.value = this.person.id;
    role.textContent = this.person.roles.map((one) => t(one)).join(" · ");
    const groups = (this.person.chats ?? []).filter((id) => id !== this.person.id);
    rooms.hidden = groups.length === 0;
    rooms.replaceChildren(...[this.person.id, ...groups].map(roomOption));
    rooms.value = this.chatId;
    alert.hidden = true;
    this.#closeSheets();
    talk.replaceChildren();
    this.low = true;
    this.show(chatOf(this.chatId).list(), []);
    this.showPresence();
  }

  showPresence() {
    const mood = state.outage ? "outageShort" : (state.botUp ? "up" : "down");
    this.root.classList.toggle("offline", mood !== "up");
    setWords(this.part.presence, mood);
  }

  // -- what comes in

  show(messages, toasts) {
    const { low } = this; // asked before the bubbles grow
    const keys = new Set(messages.map(keyOf));
    const added = [...keys].map((key) => this.#place(key)).some(Boolean);
    this.#drawKeyboard();
    if (low || (added && messages.some((one) => one.from === this.person.id))) this.#toBottom();
    for (const toast of toasts) this.#toast(toast);
  }

  /** Draw one bubble (a message or a whole album) where it belongs; true when it is new. */
  #place(key) {
    const { talk } = this.part;
    const old = talk.querySelector(`[data-key="${key}"]`);
    const members = chatOf(this.chatId).list().filter((message) => keyOf(message) === key);
    if (members.length === 0) {
      old?.remove();
      return false;
    }
    const bubble = this.#bubble(members, key);
    if (old) {
      swap(old, bubble, talk);
      return false;
    }
    insertInOrder(talk, bubble);
    return true;
  }

  #bubble(members, key) {
    const newest = members.at(-1);
    const worded = members.find((message) => message.text) ?? newest;
    const mine = newest.from === this.person.id;
    const media = members.flatMap((message) => message.media ?? []);
    const bubble = el("article", {
      class: `bubble ${mine ? "mine" : "theirs"}`, "data-key": key,
      "data-message-id": members[0].message_id, "data-from": newest.from,
    });
    const body = el("div", { class: "body" }, this.#sender(newest), this.#quoteNode(newest));
    if (media.length) {
      const count = Math.min(media.length, 4);
      body.append(el("div", { class: `media of-${count}` }, ...media.map(mediaNode)));
    }
    if (worded.text) body.append(el("p", { class: "text" }, ...richText(worded.text, worded.entities)));
    const feet = el("div", { class: "feet" }, reactionsNode(newest.reactions ?? worded.reactions), metaNode(newest));
    body.append(feet, this.#actions(worded, mine));
    bubble.append(body);
    for (const row of newest.buttons ?? []) bubble.append(this.#buttonRow(newest, row));
    bubble.dataset.day = dayOf(instantOf(newest.date));
    return bubble;
  }

  #sender(message) {
    const another = message.from !== "bot" && message.from !== this.person.id;
    return another ? el("b", { class: "sender" }, personOf(message.from)?.name ?? `${message.from}`) : null;
  }

  #quoteNode(message) {
    if (!message.reply_to) return null;
    const quoted = chatOf(this.chatId).messages.get(message.reply_to);
    return el("blockquote", { class: "quoted" }, gist(quoted));
  }

  #actions(message, mine) {
    const reply = () => this.#quote({ kind: "replying", message });
    const edit = () => this.#quote({ kind: "editing", message });
    const actions = el("span", { class: "actions" });
    actions.append(el("button", { type: "button", click: reply, "aria-label": t("reply"), title: t("reply") }, "↩"));
    if (mine && message.text && !message.media?.length) {
      actions.append(el("button", { type: "button", click: edit, "aria-label": t("edit"), title: t("edit") }, "✎"));
    }
    return actions;
  }

  #buttonRow(message, row) {
    return el("div", { class: "row" }, ...row.map((button) => this.#button(message, button)));
  }

  #button(message, { label, data, url, style }) {
    const look = `inline ${style ?? ""}`;
    if (url && /^(https?|tg|tel):/.test(url)) {
      return el("a", { class: look, href: url, target: "_blank", rel: "noopener" }, label);
    }
    const press = { from: this.person.id, chat: this.chatId, message_id: message.message_id };
    Object.assign(press, data ? { data } : { label });
    const node = el("button", { type: "button", class: look }, label);
    node.addEventListener("click", () => this.#send("/sim/press", press, node));
    return node;
  }

  #drawKeyboard() {
    const { keyboard } = this.part;
    const { menu } = chatOf(this.chatId);
    const rows = chatOf(this.chatId).keys();
    keyboard.hidden = rows.length === 0;
    this.part.commands.hidden = !menu?.commands?.length;
    this.field.placeholder = menu?.placeholder || t("write");
    if (keyboard.dataset.drawn === JSON.stringify(rows)) return;
    keyboard.dataset.drawn = JSON.stringify(rows);
    keyboard.replaceChildren(...rows.map((row) => this.#keyRow(row)));
    this.#toBottom();
  }

  #keyRow(row) {
    const key = (label) => {
      const look = label === START ? "key first" : "key";
      const node = el("button", { type: "button", class: look }, label);
      const text = label === START ? "/start" : label; // as Telegram's own first button does
      node.addEventListener("click", () => this.#say({ text }, node));
      return node;
    };
    return el("div", { class: "row" }, ...row.map(key));
  }

  #toBottom() {
    const { talk } = this.part;
    talk.scrollTop = talk.scrollHeight;
    this.height = talk.scrollHeight;
    this.low = true;
  }

  /** Whether the newest messages are in sight, so that the next ones should be as well. */
  #noteHeight() {
    const { talk } = this.part;
    if (this.low && talk.scrollHeight > this.height) return this.#toBottom(); // a photo grew: nobody scrolled
    this.height = talk.scrollHeight;
    this.low = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 160;
  }

  // -- short words over the chat

  #toast({ to, text, alert }) {
    if (to !== this.person.id || !text) return;
    if (!alert) {
      pill(this.part.toasts, text, "toast", TOAST_MS);
      return;
    }
    this.part.alert.querySelector("p").textContent = text;
    this.part.alert.hidden = false;
    this.part.alert.querySelector("button").focus({ preventScroll: true });
  }

  #closeAlert() {
    this.part.alert.hidden = true;
    this.field.focus({ preventScroll: true });
  }

  refuse(text) {
    pill(this.part.toasts, text, "refusal", NOTICE_MS);
  }

  // -- what goes out

  async #send(path, body, button) {
    if (button?.getAttribute("aria-busy") === "true") return false;
    button?.setAttribute("aria-busy", "true");
    try {
      await call("POST", path, body);
      return true;
    } catch (error) {
      this.refuse(error.message);
      return false;
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  /** Send a message of this person into the open chat, as a reply where one is being written. */
  async #say(content, button) {
    const body = { from: this.person.id, ...content };
    if (this.chatId !== this.person.id) body.chat = this.chatId;
    if (this.quoted?.kind === "replying") body.reply_to = this.quoted.message.message_id;
    this.#closeSheets();
    const sent = await this.#send("/sim/message", body, button);
    if (sent) this.#quote(null);
    return sent;
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const changed = this.quoted?.kind === "editing" ? this.quoted.message.message_id : null;
    this.field.value = "";
    const sent = changed
      ? await this.#send("/sim/edit", { from: this.person.id, message_id: changed, text })
      : await this.#say({ text });
    if (!sent) this.field.value ||= text;
    else if (changed) this.#quote(null);
  }

  #onKey(event) {
    const composing = event.isComposing || event.keyCode === 229; // choosing a Chinese word
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      this.part.composer.requestSubmit();
    }
  }

  /** Photos and the like; the words in the field go along as their caption. */
  async #sendMedia(content) {
    const caption = this.field.value.trim();
    const sent = await this.#say(caption ? { ...content, caption } : content, this.part.attach);
    if (sent) this.field.value = "";
  }

  #sendSample(name) {
    if (name === "own") return this.file.click();
    if (name === "voice") return this.#say({ voice: "voice" });
    if (name === "location") return this.#say({ location: GATE });
    if (name === "album") return this.#sendMedia({ photos: ["light", "leak", "rubbish"] });
    return this.#sendMedia({ photo: name });
  }

  async #sendOwn() {
    const photos = await Promise.all([...this.file.files].map(base64Of));
    this.file.value = "";
    if (photos.length) await this.#sendMedia(photos.length > 1 ? { photos } : { photo: photos[0] });
  }

  #quote(quoted) {
    const { quoting, what } = this.part;
    this.quoted = quoted;
    quoting.hidden = !quoted;
    what.textContent = quoted ? t(quoted.kind, { text: gist(quoted.message) }) : "";
    if (!quoted) return;
    if (quoted.kind === "editing") this.field.value = quoted.message.text;
    this.field.focus({ preventScroll: true });
  }

  // -- sheets above the composer

  #toggle(sheet, button) {
    const open = sheet.hidden;
    this.#closeSheets();
    sheet.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) sheet.querySelector("button")?.focus({ preventScroll: true });
  }

  #closeSheets() {
    const { samples, menu, attach, commands } = this.part;
    samples.hidden = true;
    menu.hidden = true;
    attach.setAttribute("aria-expanded", "false");
    commands.setAttribute("aria-expanded", "false");
  }

  #openCommands() {
    const { menu, commands } = this.part;
    menu.replaceChildren(...chatOf(this.chatId).menu.commands.map((one) => this.#command(one)));
    this.#toggle(menu, commands);
  }

  #command({ command, description }) {
    const send = () => this.#say({ text: `/${command}` });
    return el("button", { type: "button", click: send }, el("b", {}, `/${command}`), ` ${description}`);
  }
}

/** The photos of an album are one bubble, everything else is its own. */
const keyOf = (message) => message.album ?? message.message_id;

const roomOption = (id) => el("option", { value: id }, t(id < 0 ? "group" : "private"));

/** Put a changed bubble in the old one's place, with the keyboard focus where it was. */
function swap(old, bubble, talk) {
  const focused = old.contains(document.activeElement) ? document.activeElement.textContent : null;
  bubble.classList.add("changed");
  old.replaceWith(bubble);
  if (focused === null) return;
  const same = [...bubble.querySelectorAll("button")].find((one) => one.textContent === focused);
  (same ?? talk).focus({ preventScroll: true });
}

function insertInOrder(talk, bubble) {
  const idOf = (node) => Number(node.dataset.messageId);
  let after = talk.lastElementChild;
  while (after && (after.matches(".day") || idOf(after) > idOf(bubble))) {
    after = after.previousElementSibling;
  }
  if (after?.dataset.day === bubble.dataset.day) after.after(bubble);
  else if (after) after.after(el("div", { class: "day" }, bubble.dataset.day), bubble);
  else talk.prepend(el("div", { class: "day" }, bubble.dataset.day), bubble);
}

// ---- the row of phones -------------------------------------------------------------------

const holderOf = (role) =>
  state.people.find((person) => person.roles.length === 1 && person.roles[0] === role);

function addPhone(person) {
  const phone = new Phone();
  localise(phone.root);
  state.phones.push(phone);
  byId("phones").append(phone.root);
  showClock();
  return phone.become(person);
}

async function addAnotherPhone() {
  state.people = await call("GET", "/sim/people");
  const shown = new Set(state.phones.map((phone) => phone.person.id));
  const next = state.people.find((person) => !shown.has(person.id)) ?? state.people[0];
  const added = addPhone(next);
  state.phones.at(-1).root.scrollIntoView({ behavior: "smooth", inline: "end" });
  return added;
}

function putAway(phone) {
  state.phones = state.phones.filter((one) => one !== phone);
  phone.root.remove();
  byId("phones").focus({ preventScroll: true });
}

/** A phone that has never spoken to the bot presses START, so that its home card is there. */
async function greet() {
  for (const phone of state.phones) {
    if (chatOf(phone.person.id).messages.size > 0) continue;
    await call("POST", "/sim/message", { from: phone.person.id, text: "/start" })
      .catch((error) => phone.refuse(error.message));
  }
}

async function reset() {
  if (!state.botUp && !byId("bot").hidden) await toggleBot(); // only the bot can seed its database
  await call("POST", "/sim/reset", {});
  await startOver();
  await greet();
}

/** Forget what was shown and fetch it again: the neighbourhood is back at its seed. */
async function startOver() {
  state.journey = null;
  setOutage(false);
  showJourney();
  for (const chat of state.chats.values()) chat.forget();
  setClock((await call("GET", "/sim/clock")).now);
  await refreshAll();
}

const refreshAll = () => Promise.all(state.phones.map((phone) => chatOf(phone.chatId).refresh()));

// ---- switches and events -----------------------------------------------------------------

function setOutage(on) {
  state.outage = on;
  byId("outage").setAttribute("aria-checked", String(on));
  for (const phone of state.phones) phone.showPresence();
}

async function toggleOutage() {
  const on = !state.outage;
  await (on ? call("POST", "/sim/faults", OUTAGE) : call("DELETE", "/sim/faults"));
  setOutage(on);
}

function setBot(up) {
  state.botUp = up;
  setWords(byId("bot"), up ? "kill" : "start");
  for (const phone of state.phones) phone.showPresence();
}

async function toggleBot() {
  const action = state.botUp ? "kill" : "start";
  await call("POST", "/sim/bot", { action });
  setBot(action === "start");
}

function setLanguage(language) {
  state.language = language;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
  drawAll();
}

function drawAll() {
  localise(document);
  const { name } = holderOf("resident") ?? state.people[0] ?? {};
  byId("hint").textContent = name ? t("hint", { name }) : "";
  showJourney();
  showClock();
  for (const phone of state.phones) phone.redraw();
}

function onEvent({ chat, seq, bot, clock }) {
  if (clock) setClock(clock);
  if (bot) setBot(bot === "up");
  if (chat === undefined || phonesOn(chat).length === 0) return;
  if (seq === undefined || seq > chatOf(chat).seq) chatOf(chat).refresh().catch((error) => notice(error.message));
}

function listen() {
  const events = new EventSource("/sim/events");
  let lost = false;
  events.addEventListener("message", (event) => onEvent(JSON.parse(event.data)));
  events.addEventListener("open", () => {
    if (lost) refreshAll().catch((error) => notice(error.message));
    lost = false;
  });
  events.addEventListener("error", () => {
    if (!lost) notice(t("lost"));
    lost = true;
  });
}

function wire() {
  const press = (id, action) => {
    const button = byId(id);
    button.addEventListener("click", () => busily(button, action));
  };
  press("outage", toggleOutage);
  press("bot", toggleBot);
  press("reset", reset);
  press("add", addAnotherPhone);
  byId("language").addEventListener("click", () => setLanguage(state.language === "zh" ? "en" : "zh"));
  for (const button of document.querySelectorAll("[data-jump]")) {
    button.addEventListener("click", () => busily(button, () => jump(button.dataset.jump)));
  }
  setInterval(showClock, 1000);
}

async function open() {
  wire();
  setLanguage(state.language);
  setClock((await call("GET", "/sim/clock")).now);
  state.people = await call("GET", "/sim/people");
  const { bot, own } = await call("GET", "/sim/bot");
  const { faults } = await call("GET", "/sim/faults");
  byId("bot").hidden = !own;
  setBot(bot === "up");
  setOutage(faults.some(({ method, times }) => method === OUTAGE.method && times === OUTAGE.times));
  drawAll();
  listen();
  await Promise.all(FIRST_PHONES.map(holderOf).filter(Boolean).map(addPhone));
  await greet();
}

open().catch((error) => notice(error.message));
