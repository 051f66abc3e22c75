/*
 * The neighbourhood's time: shown in the header and on every phone, and moved by the buttons.
 */

import { call } from "./api.mjs";
import { byId } from "./dom.mjs";
import { state } from "./state.mjs";

const offsetMs = () => {
  const [, sign, hours, minutes] = state.offset.match(/([+-])(\d\d):?(\d\d)/) ?? [0, "+", 0, 0];
  return (sign === "-" ? -1 : 1) * (hours * 60 + Number(minutes)) * 60_000;
};
export const instantOf = (value) => (typeof value === "number" ? value * 1000 : Date.parse(value));
/** A Date whose UTC fields read as the wall clock of the community. */
const wallOf = (instant) => new Date(instant + offsetMs());
const sandboxNow = () => state.set.clock + performance.now() - state.set.at;
const locale = () => (state.language === "zh" ? "zh-CN" : "en-GB");

function written(instant, fields) {
  return new Intl.DateTimeFormat(locale(), { timeZone: "UTC", ...fields }).format(wallOf(instant));
}
export const hoursOf = (instant) =>
  written(instant, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayOf = (instant) => written(instant, { month: "long", day: "numeric", weekday: "short" });

export function setClock(iso) {
  const offset = iso.match(/[+-]\d\d:?\d\d$/);
  if (offset) state.offset = offset[0];
  state.set = { clock: Date.parse(iso), at: performance.now() };
  showClock();
}

export function showClock() {
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
  week: () => ({ advance: "P7D" }),
  morning: () => ({ to: nextAt(8) }),
  thursday: () => ({ to: nextAt(19, 4) }),
};

export async function jump(name) {
  byId("now").classList.add("moving");
  try {
    await call("POST", "/sim/clock", JUMPS[name]());
    setClock((await call("GET", "/sim/clock")).now);
  } finally {
    byId("now").classList.remove("moving");
  }
}
