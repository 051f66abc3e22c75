/*
 * What goes out of a phone: words, files and places, presses, replies and edits; and the keyboards.
 */

import { call } from "./api.mjs";
import { gist } from "./bubble.mjs";
import { chatOf, START } from "./chats.mjs";
import { base64Of, el } from "./dom.mjs";
import { pollIn } from "./poll.mjs";
import { t } from "./words.mjs";

/** Ready places; the page needs no map to send one. */
const SPOTS = {
  gate: { latitude: 31.2304, longitude: 121.4737 },
  square: { latitude: 31.2311, longitude: 121.4742 },
  garage: { latitude: 31.2308, longitude: 121.4749 },
  west: { latitude: 31.2299, longitude: 121.4701 },
};
const ALONE = {
  voice: { voice: "voice" },
  sticker: { sticker: "👍" },
};
const CAPTIONED = {
  album: { photos: ["light", "leak", "rubbish"] },
  video: { video: "video" },
  document: { document: "document" },
  original: { document: "original" },
  bomb: { document: "bomb" },
};
const PARTS = [
  "quoting", "what", "unquote", "composer", "attach", "commands", "keyboard", "samples", "places",
  "menu", "asking",
];

export class Composer {
  constructor(phone) {
    const { root } = phone;
    this.phone = phone;
    this.part = Object.fromEntries(PARTS.map((name) => [name, root.querySelector(`.${name}`)]));
    this.field = this.part.composer.querySelector("textarea");
    this.file = root.querySelector("input[type=file]");
    this.forced = ""; // the newest message that has asked for a reply, and where
    this.#wire();
  }

  #wire() {
    const { unquote, composer, attach, commands, samples, places, asking } = this.part;
    unquote.addEventListener("click", () => this.quote(null));
    composer.addEventListener("submit", (event) => this.#submit(event));
    attach.addEventListener("click", () => this.#toggle(samples, attach));
    commands.addEventListener("click", () => this.#openCommands());
    for (const button of samples.querySelectorAll("[data-sample]")) {
      button.addEventListener("click", () => this.#sendSample(button.dataset.sample));
    }
    for (const button of places.querySelectorAll("[data-spot]")) {
      button.addEventListener("click", () => this.say({ location: SPOTS[button.dataset.spot] }, attach));
    }
    places.querySelector(".back").addEventListener("click", () => this.#toggle(samples, attach));
    asking.querySelector(".back").addEventListener("click", () => this.#toggle(samples, attach));
    asking.addEventListener("submit", (event) => this.#sendPoll(event));
    places.addEventListener("submit", (event) => this.#sendPoint(event));
    this.file.addEventListener("change", () => this.#sendOwn());
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }

  // -- what goes out

  async post(path, body, button) {
    if (button?.getAttribute("aria-busy") === "true") return false;
    button?.setAttribute("aria-busy", "true");
    try {
      await call("POST", path, body);
      return true;
    } catch (error) {
      this.phone.refuse(error.message);
      return false;
    } finally {
      button?.removeAttribute("aria-busy");
    }
  }

  /** Send a message of this person into the open chat, as a reply where one is being written. */
  async say(content, button) {
    const { person, chatId, topic } = this.phone;
    const body = { from: person.id, ...content };
    if (chatId !== person.id) body.chat = chatId;
    if (topic !== null) body.topic = topic;
    if (this.quoted?.kind === "replying") body.reply_to = this.quoted.message.message_id;
    this.closeSheets();
    const sent = await this.post("/sim/message", body, button);
    if (sent) this.quote(null);
    return sent;
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    if (!text) return;
    const changed = this.quoted?.kind === "editing" ? this.quoted.message.message_id : null;
    this.field.value = "";
    const sent = changed ? await this.#change(changed, text) : await this.say({ text });
    if (!sent) this.field.value ||= text;
    else if (changed) this.quote(null);
  }

  #change(message, text) {
    const { person, chatId } = this.phone;
    return this.post("/sim/edit", { from: person.id, chat: chatId, message_id: message, text });
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
    const editing = this.quoted?.kind === "editing";
    const caption = editing ? "" : this.field.value.trim();
    const sent = await this.say(caption ? { ...content, caption } : content, this.part.attach);
    if (sent) this.field.value = "";
  }

  #sendSample(name) {
    if (name === "own" || name === "ownFile") return this.#chooseOwn(name === "ownFile");
    if (name === "location") return this.#toggle(this.part.places, this.part.attach);
    if (name === "poll") return this.#toggle(this.part.asking, this.part.attach);
    if (ALONE[name]) return this.say(ALONE[name], this.part.attach);
    return this.#sendMedia(CAPTIONED[name] ?? { photo: name });
  }

  #chooseOwn(asFile) {
    this.asFile = asFile;
    this.file.accept = asFile ? "" : "image/*";
    this.file.click();
  }

  async #sendOwn() {
    const chosen = await Promise.all([...this.file.files].map(base64Of));
    this.file.value = "";
    if (this.asFile) for (const document of chosen) await this.#sendMedia({ document });
    else if (chosen.length) await this.#sendMedia(chosen.length > 1 ? { photos: chosen } : { photo: chosen[0] });
  }

  #sendPoint(event) {
    event.preventDefault();
    const { latitude, longitude } = this.part.places.elements;
    this.say({ location: { latitude: latitude.valueAsNumber, longitude: longitude.valueAsNumber } }, this.part.attach);
  }

  async #sendPoll(event) {
    event.preventDefault();
    const { asking, attach } = this.part;
    if (await this.say({ poll: pollIn(asking) }, attach)) asking.reset();
  }

  // -- replying and changing

  /** Begin or end writing a reply to a message, or changing one's own. */
  quote(quoted) {
    const { quoting, what } = this.part;
    const ends = this.quoted?.kind === "editing" && !quoted;
    this.quoted = quoted;
    quoting.hidden = !quoted;
    what.textContent = quoted ? t(quoted.kind, { text: gist(quoted.message) }) : "";
    if (ends) this.field.value = "";
    if (!quoted) return;
    if (quoted.kind === "editing") this.field.value = quoted.message.text;
    this.focus();
  }

  /** A message that asks for a reply opens it, once, as Telegram does. */
  noteForced(messages) {
    const asking = messages.findLast((one) => one.from === "bot" && one.force_reply && !one.deleted);
    const key = `${this.phone.chatId}/${asking?.message_id}`;
    if (!asking || key === this.forced || asking !== chatOf(this.phone.chatId).list().at(-1)) return;
    this.forced = key;
    this.quote({ kind: "replying", message: asking });
    this.field.placeholder = asking.force_reply.placeholder || this.field.placeholder;
  }

  // -- the keyboard below, and the sheets above

  drawKeyboard() {
    const { keyboard, commands } = this.part;
    const { person, chatId, menu } = this.phone;
    const rows = chatOf(chatId).keys(person.id);
    keyboard.hidden = rows.length === 0;
    commands.hidden = !menu?.commands?.length;
    this.field.placeholder = menu?.placeholder || t("write");
    if (keyboard.dataset.drawn === JSON.stringify(rows)) return;
    keyboard.dataset.drawn = JSON.stringify(rows);
    keyboard.replaceChildren(...rows.map((row) => this.#keyRow(row)));
    this.phone.toBottom();
  }

  #keyRow(row) {
    const key = (label) => {
      const look = label === START ? "key first" : "key";
      const node = el("button", { type: "button", class: look }, label);
      const text = label === START ? "/start" : label; // as Telegram's own first button does
      node.addEventListener("click", () => this.say({ text }, node));
      return node;
    };
    return el("div", { class: "row" }, ...row.map(key));
  }

  #toggle(sheet, button) {
    const open = sheet.hidden;
    this.closeSheets();
    sheet.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) sheet.querySelector("button")?.focus({ preventScroll: true });
  }

  closeSheets() {
    const { samples, places, menu, asking, attach, commands } = this.part;
    for (const sheet of [samples, places, menu, asking]) sheet.hidden = true;
    for (const button of [attach, commands]) button.setAttribute("aria-expanded", "false");
  }

  #openCommands() {
    const { menu, commands } = this.part;
    menu.replaceChildren(...this.phone.menu.commands.map((one) => this.#command(one)));
    this.#toggle(menu, commands);
  }

  #command({ command, description }) {
    const send = () => this.say({ text: `/${command}` });
    return el("button", { type: "button", click: send }, el("b", {}, `/${command}`), ` ${description}`);
  }
}
