// Has a worker do what the gate asks for, and goes on once it is done. Whoever would rather wait presses the button.
const form = document.querySelector("form[data-worker]");
const told = document.getElementById("gate-told");
const worker = new Worker(form.dataset.worker);
told.textContent = told.dataset.working;
worker.onmessage = ({ data }) => {
  told.textContent = form.dataset.done;
  form.elements.answer.value = data;
  form.submit();
};
worker.onerror = () => { told.textContent = form.dataset.failed; };
const [nonce, , bits] = form.elements.challenge.value.split(".");
worker.postMessage({ nonce, bits: Number(bits) });
