/*
 * One bubble: a message, or the photos of an album together, with its buttons below.
 */

import { chatOf } from "./chats.mjs";
import { dayOf, hoursOf, instantOf } from "./clock.mjs";
import { el } from "./dom.mjs";
import { mediaNode } from "./media.mjs";
import { pollNode } from "./poll.mjs";
import { personOf } from "./state.mjs";
import { t } from "./words.mjs";

const HOLD_MS = 450; // a finger that rests this long opens the menu of a bubble
const SERVICE = {
  forum_topic_created: "topicOpened", forum_topic_edited: "topicRenamed",
  forum_topic_closed: "topicClosed", forum_topic_reopened: "topicReopened",
};
const CROWDED = 8; // buttons; more than that are drawn smaller

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

const GISTS = new Set(["photo", "video", "voice", "location"]);

/** One line that reminds of a message, for quotes. */
export function gist(message) {
  const kind = message?.media?.[0]?.type;
  const words = message?.poll?.question ?? message?.text?.split("\n")[0];
  return words?.slice(0, 60) || t(GISTS.has(kind) ? kind : "file");
}

/** The photos of an album are one bubble, everything else is its own. */
export const keyOf = (message) => message.album ?? message.message_id;

/** Draw the messages of one bubble as `phone` shows them. */
export function bubbleOf(phone, members, key) {
  const newest = members.at(-1);
  const day = dayOf(instantOf(newest.date));
  const facts = { "data-key": key, "data-message-id": members[0].message_id, "data-from": newest.from };
  if (newest.service) {
    const words = t(SERVICE[newest.service.type], newest.service);
    return el("article", { class: "service", "data-day": day, ...facts }, words);
  }
  const worded = members.find((message) => message.text) ?? newest;
  const mine = newest.from === phone.person.id;
  const media = members.flatMap((message) => message.media ?? []);
  const look = `bubble ${mine ? "mine" : "theirs"}`;
  const bubble = el("article", { class: look, "data-day": day, ...facts });
  const body = el("div", { class: "body" }, senderNode(phone, newest), quoteNode(phone, newest));
  if (media.length) {
    const count = Math.min(media.length, 4);
    body.append(el("div", { class: `media of-${count}` }, ...media.map(mediaNode)));
  }
  if (newest.poll) body.append(pollNode(phone, newest));
  if (worded.text) body.append(el("p", { class: "text" }, ...richText(worded.text, worded.entities)));
  const feet = el("div", { class: "feet" }, reactionsNode(newest.reactions ?? worded.reactions), metaNode(newest));
  body.append(feet, actionsNode(phone, worded, mine));
  bubble.append(body, ...buttonRows(phone, newest));
  onHold(body, () => choose(bubble));
  return bubble;
}

function senderNode(phone, message) {
  const inGroup = phone.chatId < 0 && message.from !== phone.person.id;
  if (!inGroup) return null;
  const name = message.from === "bot" ? t("botName") : personOf(message.from)?.name ?? `${message.from}`;
  const topic = phone.topic === null && chatOf(phone.chatId).topics?.find(({ id }) => id === message.topic);
  const tag = topic ? el("span", { class: "topic" }, topic.name) : null;
  return el("b", { class: "sender" }, name, tag);
}

function quoteNode(phone, message) {
  if (!message.reply_to) return null;
  const quoted = chatOf(phone.chatId).messages.get(message.reply_to);
  return el("blockquote", { class: "quoted" }, gist(quoted));
}

function actionsNode(phone, message, mine) {
  const action = (sign, key, kind) => {
    const click = () => {
      choose(null);
      phone.composer.quote({ kind, message });
    };
    return el("button", { type: "button", click, "aria-label": t(key), title: t(key) }, sign, el("i", {}, t(key)));
  };
  const own = mine && message.text;
  return el("span", { class: "actions" }, action("↩", "reply", "replying"), own ? action("✎", "edit", "editing") : null);
}

/** Open the menu of one bubble, and close every other one. */
export function choose(bubble) {
  for (const one of document.querySelectorAll(".bubble.chosen")) one.classList.remove("chosen");
  bubble?.classList.add("chosen");
}

/** A long press, or the other button of a mouse. */
function onHold(node, act) {
  let timer = 0;
  const end = () => clearTimeout(timer);
  node.addEventListener("contextmenu", (event) => {
    if (!getSelection().isCollapsed) return; // somebody copies words
    event.preventDefault();
    act();
  });
  node.addEventListener("pointerdown", (event) => {
    end();
    if (event.pointerType === "touch") timer = setTimeout(act, HOLD_MS);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove"]) node.addEventListener(name, end);
  node.addEventListener("click", (event) => event.target.closest(".actions") || choose(null));
}

function buttonRows(phone, message) {
  const rows = message.buttons ?? [];
  const crowded = rows.flat().length > CROWDED;
  return rows.map((row) => {
    const look = `row ${crowded ? "crowded" : ""}`;
    return el("div", { class: look }, ...row.map((button) => buttonNode(phone, message, button)));
  });
}

function buttonNode(phone, message, { label, data, url, style }) {
  const look = `inline ${style ?? ""}`;
  if (url && /^(https?|tg|tel):/.test(url)) {
    const arrow = el("span", { class: "out", "aria-hidden": "true" }, url.startsWith("tel:") ? "☎" : "↗");
    return el("a", { class: look, href: url, target: "_blank", rel: "noopener" }, label, arrow);
  }
  const press = { from: phone.person.id, chat: phone.chatId, message_id: message.message_id };
  Object.assign(press, data ? { data } : { label });
  const node = el("button", { type: "button", class: look }, label);
  node.addEventListener("click", () => phone.composer.post("/sim/press", press, node));
  return node;
}
