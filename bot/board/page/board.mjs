// The lobby's screen: asks for the facts twice a minute and draws them. Only text is ever put in.
const AGAIN = 30_000;
const asked = new URLSearchParams(location.search);
const language = asked.get("lang") === "en" ? "en" : "zh";
const $ = (id) => document.getElementById(id);

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function filled(text, facts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "");
}

function day(instant, facts, options) {
  const locale = facts.language === "en" ? "en-GB" : "zh-CN";
  return new Intl.DateTimeFormat(locale, { timeZone: facts.zone, ...options })
    .format(new Date(instant));
}

const DAY = { month: "numeric", day: "numeric", weekday: "short" };
const HOUR = { ...DAY, hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function when(row, facts, finished) {
  if (!row.at) return "";
  const words = facts.words;
  if (finished) return filled(words.done, { when: day(row.at, facts, DAY) });
  const said = filled(words.by, { when: day(row.at, facts, HOUR) });
  return row.late ? `${said} · ${words.late}` : said;
}

function line(row, facts, finished) {
  const made = document.createElement("li");
  made.classList.toggle("late", row.late);
  made.append(
    element("span", "what", `${row.icon} ${row.name} · ${row.place}`),
    element("span", "number", `#${row.number}`),
    element("span", "when", when(row, facts, finished)),
  );
  return made;
}

function drawColumn(name, facts) {
  const column = facts.columns[name];
  const [title, list, more] = $(name).children;
  title.replaceChildren(
    element("span", "", facts.words[name]), element("span", "", String(column.total)),
  );
  const rows = column.rows.map((row) => line(row, facts, name === "finished"));
  list.replaceChildren(...(rows.length ? rows : [element("li", "none", facts.words.empty)]));
  // Where the page is as high as the screen, what does not fit is counted.
  while (list.scrollHeight > list.clientHeight && rows.length > 1) rows.pop().remove();
  const left = column.total - rows.length;
  more.textContent = left > 0 ? filled(facts.words.more, { n: left }) : "";
}

function drawRates(facts) {
  const words = facts.words;
  const made = Object.entries(facts.rates).map(([name, rate]) => {
    const box = element("div", "rate", "");
    const said = rate.percent === null ? words.few : `${rate.percent}%`;
    box.append(
      element("span", "", words[name]),
      element(rate.percent === null ? "i" : "b", "", said),
      element("small", "", `${words.month} · ${filled(words.of, { n: rate.n })}`),
    );
    return box;
  });
  $("rates").replaceChildren(...made);
  $("rates").hidden = false;
}

function draw(facts) {
  document.documentElement.lang = facts.language === "en" ? "en" : "zh-CN";
  document.title = `${facts.community} · ${facts.words.title}`;
  $("community").textContent = facts.community;
  $("title").textContent = facts.words.title;
  $("today").textContent = filled(facts.words.today, { n: facts.reported_today });
  $("phone").textContent = filled(facts.words.call, { phone: facts.phone, hours: facts.hours });
  $("now").textContent = day(facts.now, facts, HOUR);
  const other = new URLSearchParams(location.search);
  other.set("lang", language === "en" ? "zh" : "en");
  $("language").href = `?${other}`;
  $("language").textContent = facts.words.language;
  drawRates(facts);
  for (const name of ["waiting", "doing", "finished"]) drawColumn(name, facts);
}

async function read(path) {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

let words = null;

async function show(code) {
  try {
    const facts = await read(`/board/${code}?lang=${language}`);
    words = facts.words;
    draw(facts);
    $("away").hidden = true;
  } catch {
    if (words) $("away").textContent = words.away;
    $("away").hidden = !words;
  }
}

// Where there are several communities, or the address names none that there is, one is chosen.
function choose(known) {
  document.querySelector("main").hidden = true;
  $("choose").hidden = false;
  $("choose").replaceChildren(...known.map((one) => {
    const link = element("a", "", one.name);
    link.href = `?community=${encodeURIComponent(one.code)}&lang=${language}`;
    return link;
  }));
}

async function begin() {
  let known;
  try {
    known = await read("/board/");
  } catch {
    setTimeout(begin, AGAIN);
    return;
  }
  const wanted = asked.get("community") ?? (known.length === 1 ? known[0].code : null);
  if (!known.some((one) => one.code === wanted)) {
    choose(known);
    return;
  }
  await show(wanted);
  setInterval(() => show(wanted), AGAIN);
}

begin();
