/*
 * A phone: who holds it, which chat is open on it, and what that chat shows.
 */

import { call } from "./api.mjs";
import { bubbleOf, keyOf } from "./bubble.mjs";
import { chatOf } from "./chats.mjs";
import { Composer } from "./composer.mjs";
import { byId, el, NOTICE_MS, pill, TOAST_MS } from "./dom.mjs";
import { groupOf, personOf, state } from "./state.mjs";
import { setWords, t } from "./words.mjs";

const LOW = 160; // px from the end that still count as being there
const PARTS = [
  "persona", "role", "tongue", "close", "room", "presence", "avatar", "rooms", "talk", "empty",
  "toasts", "alert",
];

export class Phone {
  constructor(putAway) {
    this.root = byId("phone").content.firstElementChild.cloneNode(true);
    this.part = Object.fromEntries(PARTS.map((name) => [name, this.root.querySelector(`.${name}`)]));
    this.topic = null;
    this.composer = new Composer(this);
    this.#wire(putAway);
  }

  #wire(putAway) {
    const { persona, rooms, close, alert, talk, tongue } = this.part;
    persona.addEventListener("change", () => this.become(personOf(Number(persona.value))));
    rooms.addEventListener("change", () => this.enter(...rooms.value.split("/").map(Number)));
    close.addEventListener("click", () => putAway(this));
    tongue.addEventListener("click", () => this.#switchLanguage());
    alert.querySelector("button").addEventListener("click", () => this.#closeAlert());
    talk.addEventListener("scroll", () => this.#noteHeight(), { passive: true });
    for (const grown of ["load", "loadedmetadata"]) { // photos and films grow late
      talk.addEventListener(grown, () => this.low && this.toBottom(), true);
    }
    new ResizeObserver(() => this.low && this.toBottom()).observe(talk);
    this.root.addEventListener("keydown", (event) => event.key === "Escape" && this.composer.closeSheets());
  }

  // -- who holds it, and which chat is open

  become(person) {
    this.person = person;
    Object.assign(this.root.dataset, { person: person.id, role: person.roles[0] ?? "" });
    this.root.setAttribute("aria-label", person.name);
    return this.enter(person.id);
  }

  /** Open a chat, or one topic of a group. */
  enter(chatId, topic = 0) {
    this.chatId = chatId;
    this.topic = topic || null;
    this.composer.quote(null);
    this.redraw();
    return chatOf(chatId).refresh().catch((error) => this.refuse(error.message));
  }

  /** The neighbourhood began anew: topics have other ids, and whoever joined since is gone. */
  find() {
    this.person = personOf(this.person.id) ?? state.people[0];
    const there = groupOf(this.chatId) && this.person.chats.includes(this.chatId);
    this.topic = null;
    if (!there) this.chatId = this.person.id;
  }

  async #switchLanguage() {
    const language = this.person.language.startsWith("zh") ? "en" : "zh_CN";
    try {
      this.person.language = (await call("POST", "/sim/language", { from: this.person.id, language })).language;
      this.redraw();
    } catch (error) {
      this.refuse(error.message);
    }
  }

  get menu() {
    return chatOf(this.chatId).menus.get(this.person.id);
  }

  /** Everything anew: another person, another chat, another language. */
  redraw() {
    const { role, talk, alert, tongue } = this.part;
    this.#drawPersonas();
    this.#drawRooms();
    role.textContent = this.person.roles.map((one) => t(one)).join(" · ");
    tongue.textContent = this.person.language.startsWith("zh") ? "中" : "EN";
    tongue.title = t("tongue", { language: this.person.language });
    tongue.setAttribute("aria-label", tongue.title);
    alert.hidden = true;
    this.composer.closeSheets();
    talk.replaceChildren();
    this.low = true;
    this.show(chatOf(this.chatId).list(), []);
    this.showPresence();
  }

  #drawPersonas() {
    const { persona } = this.part;
    const byRole = Map.groupBy?.(state.people, (one) => one.roles[0] ?? "") ?? new Map([["", state.people]]);
    const options = (people) => people.map((one) => el("option", { value: one.id }, one.name));
    persona.replaceChildren(
      ...[...byRole].flatMap(([role, people]) =>
        role ? [el("optgroup", { label: t(role) }, ...options(people))] : options(people)),
    );
    persona.value = this.person.id;
  }

  #drawRooms() {
    const { rooms, room, avatar } = this.part;
    const groups = (this.person.chats ?? []).filter((id) => id < 0).map(groupOf).filter(Boolean);
    rooms.replaceChildren(roomOption(this.person.id, t("private")), ...groups.map(groupOptions));
    rooms.value = `${this.chatId}/${this.topic ?? 0}`;
    const group = groupOf(this.chatId);
    const topic = group?.topics.find(({ id }) => id === this.topic);
    room.textContent = group ? [group.title, topic?.name].filter(Boolean).join(" · ") : t("botName");
    avatar.textContent = [...(group?.title ?? "邻")][0];
    this.root.classList.toggle("in-group", Boolean(group));
  }

  showPresence() {
    const mood = state.outage ? "outageShort" : (state.botUp ? "up" : "down");
    this.root.classList.toggle("offline", mood !== "up");
    const group = groupOf(this.chatId);
    if (mood !== "up" || !group) return setWords(this.part.presence, mood);
    delete this.part.presence.dataset.t;
    this.part.presence.textContent = t("inside", { count: Object.keys(group.members).length });
  }

  // -- what comes in

  show(messages, toasts) {
    const { low } = this; // asked before the bubbles grow
    const ours = messages.filter((one) => this.topic === null || one.topic === this.topic);
    const keys = new Set(ours.map(keyOf));
    const added = [...keys].map((key) => this.#place(key)).some(Boolean);
    this.#drawDescription();
    this.composer.drawKeyboard();
    this.composer.noteForced(ours);
    if (low || (added && ours.some((one) => one.from === this.person.id))) this.toBottom();
    for (const toast of toasts) this.#toast(toast);
  }

  /** What the bot says of itself, in a chat where nothing was said yet. */
  #drawDescription() {
    const words = this.chatId > 0 && chatOf(this.chatId).list().length === 0 ? this.menu?.description : "";
    this.part.empty.textContent = words ?? "";
    this.part.empty.hidden = !words;
  }

  /** Draw one bubble (a message or a whole album) where it belongs; true when it is new. */
  #place(key) {
    const { talk } = this.part;
    const old = talk.querySelector(`[data-key="${key}"]`);
    const members = chatOf(this.chatId).list(this.topic).filter((message) => keyOf(message) === key);
    if (members.length === 0) {
      old?.remove();
      return false;
    }
    const bubble = bubbleOf(this, members, key);
    if (old) {
      swap(old, bubble, talk);
      return false;
    }
    insertInOrder(talk, bubble);
    return true;
  }

  toBottom() {
    const { talk } = this.part;
    talk.scrollTop = talk.scrollHeight;
    this.height = talk.scrollHeight;
    this.low = true;
  }

  /** Whether the newest messages are in sight, so that the next ones should be as well. */
  #noteHeight() {
    const { talk } = this.part;
    if (this.low && talk.scrollHeight > this.height) return this.toBottom(); // a photo grew: nobody scrolled
    this.height = talk.scrollHeight;
    this.low = talk.scrollHeight - talk.scrollTop - talk.clientHeight < LOW;
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
    this.composer.focus();
  }

  refuse(text) {
    pill(this.part.toasts, text, "refusal", NOTICE_MS);
  }
}

const roomOption = (chatId, words, topic = 0) => el("option", { value: `${chatId}/${topic}` }, words);

/** A group is one entry; a forum is one for each topic and one for all of them. */
function groupOptions({ id, title, topics }) {
  if (topics.length === 0) return roomOption(id, title);
  const each = topics.map((topic) => roomOption(id, topic.name, topic.id));
  return el("optgroup", { label: title }, roomOption(id, t("wholeGroup")), ...each);
}

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
