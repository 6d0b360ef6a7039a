// What a reader does without clicking: rests the pointer on a citation, or presses a key.
import { isField } from "./parts.js";

const DWELL_MS = 300;
const hovers = matchMedia("(hover: hover)");
let resting = ""; // the citation under the pointer
let dwelling = 0;

// A pointer that rests on a citation of the chat opens it once the panel stands beside the chat. Only a pointer that
// moved there rests: an answer that grows carries its links below pointers that lie still.
function rest(event, source) {
  const link = event.pointerType === "mouse" && (event.movementX || event.movementY) ? event.target.closest?.("#chat a.cite") : null;
  const name = link ? source.nameOf(link) : "";
  if (name === resting) return;
  resting = name;
  clearTimeout(dwelling);
  if (!name || !hovers.matches || !source.beside()) return;
  dwelling = setTimeout(() => {
    const left = link.isConnected && !link.matches(":hover");
    if (!left && name === resting && name !== source.shownName()) source.open(link, false);
  }, DWELL_MS);
}

// The keys 1–9: a citation of the newest answer that has any.
function openNumber(number, source) {
  const last = [...document.querySelectorAll("#chat a.cite")].at(-1);
  const link = last && source.citationsOf(source.nameOf(last).split("-")[1]).get(number);
  if (link) source.open(link);
  return Boolean(link);
}

function pressKey(event, source) {
  if (event.key === "Escape" && event.target.matches?.("#box textarea")) event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isField(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (/^[1-9]$/.test(event.key)) {
    if (document.body.dataset.view === "chat" && openNumber(Number(event.key), source)) event.preventDefault();
    return;
  }
  const by = { ArrowLeft: -1, "[": -1, ArrowRight: 1, "]": 1 }[event.key];
  const panel = event.target.closest?.("#source");
  if (!by || !panel) return;
  const body = panel.querySelector(".body");
  if (event.key.startsWith("Arrow") && body.scrollWidth > body.clientWidth + 1) return; // an enlarged page is scrolled
  event.preventDefault();
  source.step(by);
}

/**
 * Hears the pointer and the keys.
 * @param {object} source what of source.js is used
 */
export function listen(source) {
  document.addEventListener("pointermove", (event) => rest(event, source), { passive: true });
  document.addEventListener("pointerdown", () => clearTimeout(dwelling), { passive: true });
  document.addEventListener("keydown", (event) => pressKey(event, source));
}
