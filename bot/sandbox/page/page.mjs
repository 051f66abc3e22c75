/*
 * The page of the sandbox: phones side by side, each held by one person of the neighbourhood.
 *
 * It knows only the person side of the server (/sim/*), as any other program that plays
 * residents does. It must not know the bot's texts, its callback data nor its database: what a
 * phone shows is what the bot has sent. Whatever comes from outside goes into the page as
 * text nodes, never as markup.
 */

import { call, listen } from "./api.mjs";
import { showJourney } from "./board.mjs";
import { choose } from "./bubble.mjs";
import { chatOf } from "./chats.mjs";
import { jump, setClock, showClock } from "./clock.mjs";
import { busily, byId, notice } from "./dom.mjs";
import { Phone } from "./phone.mjs";
import { holderOf, phonesOn, state } from "./state.mjs";
import { chosenLanguage, localise, setWords, t } from "./words.mjs";

const FIRST_PHONES = ["resident", "dispatcher", "volunteer", "supervisor"];
const OUTAGE = { method: "*", times: -1, status: 502, description: "Bad Gateway" };

// ---- the row of phones -------------------------------------------------------------------

function addPhone(person) {
  const phone = new Phone(putAway);
  localise(phone.root);
  state.phones.push(phone);
  byId("phones").append(phone.root);
  showClock();
  return phone.become(person);
}

async function fetchPeople() {
  [state.people, state.groups] = await Promise.all([call("GET", "/sim/people"), call("GET", "/sim/groups")]);
}

/** Whose phones lie there at first: `?phones=` names people or roles, else the usual four. */
function firstHolders() {
  const wanted = new URLSearchParams(location.search).get("phones")?.split(",") ?? FIRST_PHONES;
  const named = (words) => state.people.find((person) => person.name === words) ?? holderOf(words);
  return wanted.map(named).filter(Boolean);
}

async function addAnotherPhone() {
  await fetchPeople();
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
  await fetchPeople();
  for (const phone of state.phones) phone.find();
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
  showJourney();
  showClock();
  for (const phone of state.phones) phone.redraw();
}

function onEvent({ chat, seq, bot, clock, reset: anew }) {
  if (clock) setClock(clock);
  if (anew) startOver().catch((error) => notice(error.message));
  if (bot) setBot(bot === "up");
  if (chat === undefined || phonesOn(chat).length === 0) return;
  if (seq === undefined || seq > chatOf(chat).seq) chatOf(chat).refresh().catch((error) => notice(error.message));
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
  document.addEventListener("click", (event) => event.target.closest(".body") || choose(null));
  setInterval(showClock, 1000);
}

async function open() {
  wire();
  setLanguage(chosenLanguage());
  setClock((await call("GET", "/sim/clock")).now);
  await fetchPeople();
  const { bot, own } = await call("GET", "/sim/bot");
  const { faults } = await call("GET", "/sim/faults");
  byId("bot").hidden = !own;
  setBot(bot === "up");
  setOutage(faults.some(({ method, times }) => method === OUTAGE.method && times === OUTAGE.times));
  drawAll();
  const again = () => refreshAll().catch((error) => notice(error.message));
  listen(onEvent, { lost: () => notice(t("lost")), found: again });
  await Promise.all(firstHolders().map(addPhone));
  await greet();
}

open().catch((error) => notice(error.message));
