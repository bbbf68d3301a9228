// Shows what the words typed so far change, as the server sees it.
const form = document.querySelector("form[data-redline]");
const region = document.getElementById("live-redline");
const line = region.querySelector(".redline");
const told = document.getElementById("live-redline-told");
const NAMES = ["csrf", "text_version", "first_word", "last_word", "proposed_wording", "change"];
let timer = 0;
let telling = 0;
let asking = null;

function piece({ op, text }) {
  if (op === "same") return document.createTextNode(text);
  const element = document.createElement(op);
  const mark = document.createElement("span");
  mark.className = "visually-hidden";
  mark.textContent = `${op === "ins" ? form.dataset.inserted : form.dataset.deleted} `;
  element.append(mark, text);
  return element;
}

async function ask() {
  asking?.abort();
  asking = new AbortController();
  const all = new FormData(form);
  const body = new URLSearchParams(NAMES.map((name) => [name, all.get(name) ?? ""]));
  try {
    const answer = await fetch(form.dataset.redline, {
      method: "POST",
      headers: { Accept: "application/json" },
      body,
      redirect: "manual",
      signal: asking.signal,
    });
    const said = answer.status === 200 ? await answer.json() : { pieces: [] };
    region.hidden = said.pieces.length === 0;
    line.replaceChildren(...said.pieces.map(piece));
    clearTimeout(telling);
    // Heard once the hands rest, not with every key.
    telling = setTimeout(() => { told.textContent = (said.changes ?? []).join(" "); }, 1500);
  } catch {
    // Another key was quicker, or the server is away: the check before sending shows the change in any case.
  }
}

function later(event) {
  if (!["proposed_wording", "change"].includes(event.target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(ask, 400);
}
form.addEventListener("input", later);
form.addEventListener("change", later);
