// The desk's keys, what is left of a lease, and the text for a reason. All of it also works without this script.
const box = document.getElementById("keys");
const bar = document.getElementById("keys-said");
const verdict = document.getElementById("verdict");
const rows = [...document.querySelectorAll("#rows tbody tr")];
// A key that was pressed for the page before decides nothing on this one.
const EARLIEST = 700;
let awaiting = false;
let busy = false;
let active = 0;

// The region is always there, so that what appears in it is read out.
function say(words) {
  const line = document.createElement("p");
  line.className = "select-words";
  line.textContent = words;
  bar.replaceChildren(...(words ? [line] : []));
}

function tick() {
  for (const it of document.querySelectorAll("[data-until]")) {
    const left = Math.floor((Date.parse(it.dataset.until) - Date.now()) / 1000);
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    it.textContent = left > 0 ? box.dataset.left.replace("{time}", clock) : box.dataset.leftOff;
  }
}

// Works on the comment as long as somebody does something on its page.
async function renew() {
  const form = document.getElementById("claim");
  if (!form || document.hidden || Date.now() - active > 60000) return;
  const body = new URLSearchParams(new FormData(form));
  body.set("go", "renew");
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.ok) form.parentElement.querySelector("[data-until]").dataset.until = (await answer.json()).until;
  else say(box.dataset.leftOff);
}

function fill(reason) {
  const texts = [...document.querySelectorAll("#templates [data-reason]")];
  const field = verdict.elements.statement;
  const typed = field.value.trim();
  const text = texts.find((it) => it.dataset.reason === reason);
  if (text && (!typed || texts.some((it) => it.textContent === typed))) field.value = text.textContent;
}

function current() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function move(by) {
  const to = Math.max(0, Math.min(rows.length - 1, current() + by));
  rows.forEach((row, at) => row.classList.toggle("row-current", at === to));
  rows[to].querySelector("a.reference").focus();
}

function press(key) {
  const row = rows[current()];
  const all = [...document.querySelectorAll(`[data-key="${key}"]`)];
  const found = row?.querySelector(`[data-key="${key}"]`) ?? all.find((it) => !it.closest("#rows"));
  if (found) found.click();
  else say(rows.length && key === "c" ? box.dataset.row : box.dataset.none);
}

function choose(outcome) {
  const radio = verdict?.querySelector(`[name="outcome"][value="${outcome}"]`);
  if (radio) radio.checked = true;
  else say(rows.length ? box.dataset.first : box.dataset.none);
  return Boolean(radio);
}

function decide() {
  if (busy || performance.now() < EARLIEST) return;
  busy = true;
  verdict.requestSubmit();
}

const reasons = () => [...verdict.elements.reason.options].filter((it) => it.value);

const does = {
  j: () => (rows.length ? move(1) : press("j")),
  k: () => (rows.length ? move(-1) : press("k")),
  f: () => choose("publish") && decide(),
  d: () => {
    awaiting = choose("decline");
    if (awaiting) say(`${box.dataset.reason} ${reasons().map((it, at) => `${at + 1} ${it.text}`).join(", ")}`);
  },
  e: () => choose("return") && verdict.elements.statement.focus(),
  r: () => press("r"),
  c: () => press("c"),
  u: () => press("u"),
  "?": () => {
    const help = document.getElementById("keys-help");
    help.open = true;
    help.querySelector("summary").focus();
  },
};

function onKey(event) {
  active = Date.now();
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const reason = awaiting && reasons()[Number(event.key) - 1];
  if (reason) {
    event.preventDefault();
    verdict.elements.reason.value = reason.value;
    fill(reason.value);
    decide();
    return;
  }
  if (awaiting) say("");
  awaiting = false;
  if (!Object.hasOwn(does, event.key) || (event.repeat && !rows.length)) return;
  event.preventDefault();
  does[event.key]();
}

if ("on" in box.dataset) document.addEventListener("keydown", onKey);
else document.addEventListener("keydown", () => { active = Date.now(); });
document.addEventListener("pointerdown", () => { active = Date.now(); });
verdict?.elements.reason.addEventListener("change", (event) => fill(event.target.value));
tick();
setInterval(tick, 1000);
setInterval(renew, 60000);
