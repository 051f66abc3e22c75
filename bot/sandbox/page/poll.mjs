/*
 * Polls: drawn in a bubble, voted in, and composed.
 */

import { el } from "./dom.mjs";
import { t } from "./words.mjs";

/** A poll with its options as buttons, or with its votes once this phone has voted. */
export function pollNode(phone, message) {
  const { poll } = message;
  const voted = poll.chosen.length > 0 || poll.closed;
  const kind = t(poll.closed ? "pollClosed" : poll.quiz ? "pollQuiz" : poll.anonymous ? "pollHidden" : "pollNamed");
  const options = poll.options.map((option, at) => optionNode(phone, message, option, at, voted));
  return el(
    "div", { class: "poll" },
    poll.forwarded ? el("small", {}, t("forwarded")) : null,
    poll.description ? el("p", { class: "text" }, poll.description) : null,
    el("b", {}, poll.question), el("small", {}, kind), ...options,
    poll.explanation ? el("small", { class: "why" }, `💡 ${poll.explanation}`) : null,
    el("small", {}, t("pollTotal", { count: poll.total })),
  );
}

function optionNode(phone, message, { text, votes }, at, voted) {
  const { poll } = message;
  const chosen = poll.chosen.includes(at);
  const right = poll.correct?.includes(at);
  const sign = right ? "✔ " : chosen ? (poll.correct ? "✘ " : "✓ ") : "";
  const share = voted && poll.total ? ` ${Math.round((100 * votes) / poll.total)}%` : "";
  const look = `option ${chosen ? "chosen-option" : ""}`;
  const node = el("button", { type: "button", class: look, disabled: poll.closed }, `${sign}${text}`, el("i", {}, share));
  node.addEventListener("click", () => phone.composer.post("/sim/vote", voteOf(phone, message, at), node));
  return node;
}

/** Choosing an option; of several, one more or one less; the one that was chosen is taken back. */
function voteOf(phone, { message_id, poll }, at) {
  const others = poll.multiple ? poll.chosen.filter((one) => one !== at) : [];
  const options = poll.chosen.includes(at) ? others : [...others, at];
  return { from: phone.person.id, chat: phone.chatId, message_id, options };
}

/** What the form says. */
export function pollIn(form) {
  const { question, option, named, several, quiz } = form.elements;
  const options = [...option].map((one) => one.value.trim()).filter(Boolean);
  const poll = { question: question.value, options, anonymous: !named.checked, multiple: several.checked };
  return quiz.checked ? { ...poll, multiple: false, correct: 0 } : poll;
}
