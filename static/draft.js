// Keeps what is typed into a composer as a draft: three seconds after the last key, every fifteen while one types, and
// when the page is left. Every word it shows comes from the page.
const form = document.querySelector("form[data-draft]");
const shown = document.getElementById("draft-shown");
const told = document.getElementById("draft-told");
const warning = document.getElementById("draft-warning");
const field = (name) => form.elements.namedItem(name);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// The field that counts the draft's versions: its own beside a form that counts something else too.
const counter = form.dataset.draft || "draft_version";
let version = field(counter);
if (!version) {
  version = Object.assign(document.createElement("input"), { type: "hidden", name: counter, value: "0" });
  form.append(version);
}

// The words alone: files are kept by buttons only, and token and version change by themselves.
function words() {
  const all = [...new FormData(form)];
  const kept = all.filter(([name, value]) => typeof value === "string" && !["csrf", counter, "go"].includes(name));
  return new URLSearchParams(kept).toString();
}

let saved = words();
// Sent, without an answer: it may have arrived. The same words again count once.
let unsure = null;
let busy = null;
let stopped = false;
let leaving = false;
let failures = 0;
let dirtySince = 0;
let timer = 0;
let state = "";

function say(next, text) {
  shown.textContent = text;
  // A screen reader hears what changed, not every save.
  if (state !== next) told.textContent = text;
  state = next;
}

function warn(text) {
  warning.textContent = text;
  warning.hidden = false;
  warning.scrollIntoView({ block: "nearest" });
}

function schedule(ms) {
  clearTimeout(timer);
  if (!stopped && !leaving) timer = setTimeout(save, ms);
}

function typed() {
  const now = Date.now();
  dirtySince ||= now;
  schedule(Math.max(0, Math.min(3000, dirtySince + 15000 - now)));
}

function save(last) {
  if (busy || stopped) return;
  const sent = unsure ?? words();
  if (sent === saved) return;
  dirtySince = 0;
  unsure = sent;
  busy = send(sent, last === true).finally(() => {
    busy = null;
    if (failures) schedule(Math.min(30000, 2500 * 2 ** failures));
    else if (words() !== saved) typed();
  });
}

async function send(sent, last) {
  const body = new URLSearchParams(sent);
  body.set("go", "save");
  body.set(counter, version.value);
  body.set("csrf", field("csrf").value);
  let answer;
  let said = {};
  try {
    answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
      redirect: "manual",
      // Browsers let only so much outlive a page.
      keepalive: last && sent.length < 60000,
      signal: AbortSignal.timeout(20000),
    });
    said = await answer.json();
  } catch {
    answer ??= { status: 0 };
  }
  if (answer.status === 200 && said.version) {
    keptAs(said, sent);
    say("saved", said.saved_at);
  } else if (answer.status === 409 && said.text) {
    warn(said.text);
    // What was typed so far is a draft of its own; the next button shows both texts.
    stopped = true;
    say("", "");
  } else if (answer.status === 403 && said.csrf) {
    // Signed in again since: the form goes on under the new session.
    field("csrf").value = said.csrf;
    failures = 1;
  } else if (answer.status === 401 || answer.status === 403) {
    failures = 4;
    say("out", told.dataset.signedOut);
  } else if (answer.status === 413 || answer.status === 400) {
    stopped = true;
    say("failed", told.dataset.notKept);
  } else {
    failures = Math.min(failures + 1, 5);
    say("failed", told.dataset.notYet);
  }
}

function keptAs(said, sent) {
  version.value = said.version;
  const kept = new URLSearchParams(sent);
  if (field("form_id")) {
    field("form_id").value = said.id;
    kept.set("form_id", said.id);
  }
  saved = kept.toString();
  unsure = null;
  failures = 0;
}

form.addEventListener("input", typed);
form.addEventListener("change", typed);
addEventListener("pagehide", () => leaving || save(true));
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && !leaving && save(true));
addEventListener("pageshow", () => { leaving = false; });

// A form that goes on waits for the save under way, so that it carries the draft's newest version.
form.addEventListener("submit", async (event) => {
  clearTimeout(timer);
  if (!busy || leaving === "waited") {
    leaving ||= true;
    return;
  }
  event.preventDefault();
  if (leaving) return;
  leaving = true;
  await Promise.race([busy, wait(3000)]);
  leaving = "waited";
  form.requestSubmit(event.submitter);
});
