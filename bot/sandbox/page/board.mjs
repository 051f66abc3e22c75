/*
 * The strip above the phones: where the newest case is, read from the cards that phones show.
 */

import { byId, el } from "./dom.mjs";
import { showHint } from "./hint.mjs";
import { state } from "./state.mjs";
import { t } from "./words.mjs";

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

/** The strip stays with the case of the highest number, and with what was said of it last. */
function isNews(card, seq) {
  const { number, seq: known } = state.journey ?? { number: 0, seq: 0 };
  return Number(card.number) > Number(number) || (card.number === number && seq > known);
}

export function noteCards(messages) {
  for (const message of messages.filter(isLive)) {
    const card = readCard(message.text ?? "");
    if (card && isNews(card, message.seq)) state.journey = { ...card, seq: message.seq };
  }
  showJourney();
}

export function showJourney() {
  const { number, status } = state.journey ?? {};
  const reached = STAGES.indexOf(BESIDE[status] ?? status);
  byId("number").textContent = number ? t("number", { number }) : t("noCase");
  byId("stages").replaceChildren(...STAGES.map((stage, index) => stageNode(stage, index - reached, status)));
  showHint();
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
