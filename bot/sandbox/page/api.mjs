/*
 * The person side of the server, /sim/*: the only way in and out.
 */

/** Ask the server; its refusal becomes an Error with its sentence. */
export async function call(method, path, body) {
  const options = { method };
  if (body) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  const answer = await fetch(path, options);
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(data.error ?? `${answer.status} ${answer.statusText}`);
  return data;
}

/** Hand every event of the server to `told`; `lost` and `found` when the line breaks and is back. */
export function listen(told, { lost, found }) {
  const events = new EventSource("/sim/events");
  let broken = false;
  events.addEventListener("message", (event) => told(JSON.parse(event.data)));
  events.addEventListener("open", () => {
    if (broken) found();
    broken = false;
  });
  events.addEventListener("error", () => {
    if (!broken) lost();
    broken = true;
  });
}
