/*
 * The line above the strip: whose turn it is now, told in the page's own words.
 */

import { byId } from "./dom.mjs";
import { holderOf, state } from "./state.mjs";
import { t } from "./words.mjs";

const FIRST = "hint";
const HINTS = {
  submitted: "hintDispatch", returned: "hintDispatch", offered: "hintTake", in_progress: "hintWork",
  needs_info: "hintTell", on_hold: "hintHold", resolved: "hintAnswer", reopen_requested: "hintAgain",
  closed_solved: "hintOver", closed_unsolved: "hintOver", merged: "hintOver", declined: "hintOver",
  withdrawn: "hintOver",
};

export function showHint() {
  const key = HINTS[state.journey?.status] ?? FIRST;
  const name = (role) => holderOf(role)?.name ?? t(role);
  const facts = Object.fromEntries(
    ["resident", "dispatcher", "volunteer", "supervisor"].map((role) => [role, name(role)]),
  );
  byId("hint").textContent = state.people.length ? t(key, facts) : "";
}
