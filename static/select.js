// Words that are selected in a text can be commented on: one button, always at the same place. The page says where each
// word of the portal stands in each line: data-words="17 0-5 7-12" is word 17 and the next.
const bar = document.getElementById("select-words");
const button = bar.querySelector("button");
const lines = [...document.querySelectorAll("[data-words]")].map((line) => {
  const [first, ...spans] = line.dataset.words.split(" ");
  return { line, first: Number(first), spans: spans.map((span) => span.split("-").map(Number)) };
});
let chosen = null;
let pressed = false;
let asked = 0;

// A text node of a line and the place in it of the line's character `at`: tinted words are in nodes of their own.
function place(line, at) {
  const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let node = nodes.nextNode();
  while (at > node.length) {
    at -= node.length;
    node = nodes.nextNode();
  }
  return [node, at];
}

// First and last word that the selection touches.
function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const word = document.createRange();
  let first = 0;
  let last = 0;
  for (const { line, first: number, spans } of lines) {
    if (!range.intersectsNode(line)) continue;
    spans.forEach(([start, end], at) => {
      word.setStart(...place(line, start));
      word.setEnd(...place(line, end));
      const begins = word.compareBoundaryPoints(Range.END_TO_START, range) < 0;
      const ends = word.compareBoundaryPoints(Range.START_TO_END, range) > 0;
      if (!begins || !ends) return;
      first ||= number + at;
      last = number + at;
    });
  }
  return first ? { first, last } : null;
}

function show() {
  const now = selected();
  // A tap on the button may take the selection away before it is a click.
  if (!now && (pressed || document.activeElement === button)) return;
  chosen = now;
  bar.hidden = !now;
  if (!now) return;
  const count = now.last - now.first + 1;
  const words = count === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", count);
  if (button.textContent !== words) button.textContent = words;
}

document.addEventListener("selectionchange", () => {
  cancelAnimationFrame(asked);
  asked = requestAnimationFrame(show);
});
button.addEventListener("pointerdown", () => { pressed = true; });
addEventListener("pointerup", () => setTimeout(() => { pressed = false; }, 500));
button.addEventListener("blur", show);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || bar.hidden) return;
  button.blur();
  getSelection().removeAllRanges();
  chosen = null;
  bar.hidden = true;
});

button.addEventListener("click", () => {
  if (!chosen) return;
  const { first, last } = chosen;
  location.href = `${bar.dataset.address}?first_word=${first}&last_word=${last}`;
});
