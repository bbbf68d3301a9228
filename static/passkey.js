// Makes and uses passkeys: fetches a challenge, lets the browser ask its owner, and sends the answer with the form. Every word
// it shows comes from the page or from the server.
const forms = document.querySelectorAll("form[data-passkey]");
const able = "credentials" in navigator && "PublicKeyCredential" in window;

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (it) => it.charCodeAt(0));
const named = (list) => list.map((it) => ({ ...it, id: bytes(it.id) }));

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function create(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = named(options.excludeCredentials);
  const publicKey = { ...options, user, excludeCredentials, challenge: bytes(options.challenge) };
  return navigator.credentials.create({ publicKey });
}

function use(options) {
  const allowCredentials = named(options.allowCredentials);
  return navigator.credentials.get({ publicKey: { ...options, allowCredentials, challenge: bytes(options.challenge) } });
}

// As the standard's own `toJSON` writes it, which not every browser has.
function written({ id, rawId, type, response }) {
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const there = parts.filter((name) => response[name]).map((name) => [name, text(response[name])]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: Object.fromEntries(there) });
}

// What to say of a fault: the browser's own words are not the page's.
function words(fault, data) {
  if (fault.name === "InvalidStateError") return data.known ?? data.failed;
  return fault.name === "NotAllowedError" ? data.stopped : data.failed;
}

async function ask(form) {
  const body = new URLSearchParams(new FormData(form));
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.dataset.ask, { method: "POST", headers, body, redirect: "manual" });
  const said = answer.status === 200 || answer.status === 422 ? await answer.json() : {};
  if (answer.status !== 200) return { told: said.text ?? form.dataset.failed };
  const credential = await (form.dataset.passkey === "create" ? create(said) : use(said));
  return { credential: written(credential) };
}

async function pressed(event) {
  const form = event.target;
  const field = form.elements.namedItem("credential");
  if (field.value) return;
  event.preventDefault();
  const told = form.querySelector("[data-told]");
  const button = form.querySelector("#passkey");
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  told.textContent = "";
  try {
    const outcome = await ask(form);
    told.textContent = outcome.told ?? "";
    if (outcome.credential) {
      field.value = outcome.credential;
      form.submit();
    }
  } catch (fault) {
    told.textContent = words(fault, form.dataset);
  }
  button.removeAttribute("aria-disabled");
}

for (const form of forms) {
  form.hidden = !able;
  if (able) form.addEventListener("submit", pressed);
}
const unable = document.getElementById("passkeys-unable");
if (unable) unable.hidden = able;
// Back in history the answer of the time before is still in the form.
addEventListener("pageshow", () => forms.forEach((form) => { form.elements.namedItem("credential").value = ""; }));
