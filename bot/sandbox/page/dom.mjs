/*
 * Small tools for the document. Whatever comes from outside becomes text nodes, never markup.
 */

export const TOAST_MS = 4500;
export const NOTICE_MS = 7000;

export const byId = (id) => document.getElementById(id);

/** An element with properties (`class`, `on*` handlers, attributes) and children; no markup. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function pill(place, text, kind, lifetime) {
  const node = el("div", { class: `pill ${kind}` }, text);
  place.append(node);
  setTimeout(() => node.remove(), lifetime);
}

export const notice = (text) => pill(byId("notices"), text, "refusal", NOTICE_MS);

/** Run the action of a header button: busy while it runs, its refusal shown. */
export async function busily(button, action) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  await action().catch((error) => notice(error.message));
  button.removeAttribute("aria-busy");
}

export async function base64Of(file) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(",") + 1);
}
