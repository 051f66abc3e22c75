/*
 * Chats as the server tells them: messages by id, kept up to date, handed to the phones that show them.
 */

import { call } from "./api.mjs";
import { noteCards } from "./board.mjs";
import { phonesOn, state } from "./state.mjs";

export const START = "START";

class Chat {
  constructor(id) {
    Object.assign(this, { id, seq: 0, messages: new Map(), running: null, again: false });
    this.menus = new Map(); // person's id -> {commands, keyboard, placeholder, description}
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
        await Promise.all(this.#watchers().map((person) => this.#fetchMenu(person)));
        if (after === this.seq) this.#apply(news, after); // else forgotten meanwhile
      }
    } finally {
      this.running = null;
    }
  }

  #watchers() {
    return [...new Set(phonesOn(this.id).map((phone) => phone.person.id))];
  }

  async #fetchMenu(person) {
    this.menus.set(person, await call("GET", `/sim/menu?person=${person}&chat=${this.id}`));
  }

  #apply({ seq, messages, toasts, topics }, after) {
    for (const message of messages) this.messages.set(message.message_id, message);
    this.seq = seq;
    this.topics = topics ?? [];
    noteCards(messages);
    const fresh = after === 0 ? [] : toasts; // old toasts have faded long ago
    for (const phone of phonesOn(this.id)) phone.show(messages, fresh);
  }

  forget() {
    this.seq = 0;
    this.messages.clear();
    for (const phone of phonesOn(this.id)) phone.redraw();
  }

  /** Visible messages in order; of one topic, if there is one. */
  list(topic = null) {
    const visible = [...this.messages.values()].filter(
      (message) => !message.deleted && (topic === null || message.topic === topic),
    );
    return visible.sort((one, other) => one.message_id - other.message_id);
  }

  /** The rows of keys under the text field; START in a chat where nothing was said yet. */
  keys(person) {
    const menu = this.menus.get(person);
    if (this.id > 0 && menu && this.list().length === 0) return [[START]];
    return menu?.keyboard ?? [];
  }
}

export function chatOf(id) {
  if (!state.chats.has(id)) state.chats.set(id, new Chat(id));
  return state.chats.get(id);
}
