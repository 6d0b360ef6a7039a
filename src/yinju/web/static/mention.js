// An @ in the question box: what is written behind it finds tags, folders and documents, one of which is chosen by arrow
// keys and Enter, or a click; it becomes a chip, and what was written goes. Escape leaves it as it is written.
import { fetchText } from "./parts.js";
import { activate, optionAfter } from "./picker.js";
import { isChosen, toggle } from "./scope.js";

const MOST = 8;
const TYPING_MILLISECONDS = 80;
// An @ that does not stand inside a word, as it does in an address; Chinese has no spaces, so a character may stand before.
const MENTION = /(?:^|[^\p{Script=Latin}\p{N}_.+%-])[@＠]([^\s@＠]{0,30})$/u;
let left = ""; // what stands before the caret where Escape was pressed: as long as it begins so, nothing is completed
let latest = 0;
let typing = null;
let awaited = null; // what is written behind the @ whose list is not there yet, with the key that was pressed meanwhile

const box = () => document.querySelector("#box textarea");
const popup = () => document.getElementById("mention");
const list = () => document.getElementById("mention-options");
const options = () => [...list().querySelectorAll("[role=option]")];

// What is written behind an @ at the caret, and where that @ stands; null where there is none.
function mentioned() {
  const field = box();
  if (!field || field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart), found = MENTION.exec(before);
  return found && { word: found[1], at: before.length - found[1].length - 1 };
}

function close() {
  latest += 1;
  clearTimeout(typing);
  awaited = null;
  if (popup().hidden) return;
  popup().hidden = true;
  list().replaceChildren();
  ["aria-activedescendant", "aria-controls", "aria-haspopup"].forEach((name) => box()?.removeAttribute(name));
}

function look() {
  if (awaited?.key) return; // that key is about what was written before
  const found = mentioned();
  if (left && (!found || !box().value.slice(0, found.at + 1).endsWith(left))) left = "";
  if (!found || left) { close(); return; }
  latest += 1;
  clearTimeout(typing);
  awaited = found;
  typing = setTimeout(find, TYPING_MILLISECONDS);
}

async function find() {
  const turn = ++latest, html = await fetchText(`scope/options?${new URLSearchParams({ q: awaited.word, most: MOST })}`);
  if (turn !== latest) return;
  const { key, ...found } = awaited;
  awaited = null;
  show(html);
  if (!key) return;
  const [first] = options(), isAsWritten = mentioned()?.word === found.word;
  if (first) take(first, found);
  else if (key === "Enter" && isAsWritten) box().dispatchEvent(new KeyboardEvent("keypress", { key, bubbles: true, cancelable: true }));
  if (!isAsWritten) look();
}

function show(html) {
  list().innerHTML = html ?? "";
  options().forEach((option, number) => {
    option.id = `mention-${number}`;
    option.setAttribute("aria-selected", String(isChosen(option)));
  });
  if (!options().length) { close(); return; }
  const { left: x, top } = document.getElementById("box").getBoundingClientRect();
  Object.assign(popup().style, { left: `${x}px`, bottom: `${innerHeight - top + 6}px` });
  popup().hidden = false;
  const status = popup().querySelector("[role=status]");
  status.textContent = status.dataset.found.replace("{count}", options().length);
  box().setAttribute("aria-haspopup", "listbox");
  box().setAttribute("aria-controls", "mention-options");
  activate(box(), options(), options()[0]);
}

// Takes what was written behind the @ out of the question, with one of two spaces that would be left.
function take(option, found = mentioned()) {
  const field = box(), end = found && found.at + 1 + found.word.length;
  if (!found || field.value.slice(found.at + 1, end) !== found.word) { close(); return; }
  const before = field.value.slice(0, found.at), rest = field.value.slice(end), on = field.selectionStart - end;
  const after = /\s$/.test(before) ? rest.trimStart() : rest, caret = found.at + Math.max(0, on - rest.length + after.length);
  field.value = before + after;
  field.setSelectionRange(caret, caret);
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (!isChosen(option)) toggle(option);
  close();
  field.focus();
}

// Has a key wait for the list of what is written now, which is fetched at once: the one that shows is of something else.
function holdBack(key) {
  if (awaited.key) return;
  awaited.key = key;
  clearTimeout(typing);
  find();
}

function pressKey(event) {
  if ((popup().hidden && !awaited) || event.isComposing || event.keyCode === 229 || event.target !== box()) return;
  const active = options().find((one) => one.classList.contains("active")), chooses = ["Enter", "Tab"].includes(event.key) && !event.shiftKey;
  if (awaited && chooses) holdBack(event.key);
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && !popup().hidden) activate(box(), options(), optionAfter(event.key, options()));
  else if (chooses && active) take(active);
  else if (event.key === "Escape") {
    left = box().value.slice(0, mentioned()?.at + 1);
    close();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Makes an @ in the question box complete names. */
export function listen() {
  document.addEventListener("keydown", pressKey, true);
  document.addEventListener("input", (event) => { if (event.target === box() && !event.isComposing) look(); });
  document.addEventListener("compositionend", (event) => { if (event.target === box()) look(); });
  document.addEventListener("selectionchange", () => { if ((awaited ? !awaited.key : !popup().hidden) && !mentioned()) close(); });
  document.addEventListener("focusout", (event) => { if (event.target === box()) close(); });
  popup().addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  popup().addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}
