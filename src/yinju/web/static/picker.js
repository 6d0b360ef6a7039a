// The picker of where to ask: a dialog with a combobox over a listbox of tags, folders and documents that the server finds.
// Arrow keys go through the options while the focus stays in the field, Enter chooses, Escape closes.
import { fetchText } from "./parts.js";
import { isChosen, toggle } from "./scope.js";

const TYPING_MILLISECONDS = 120;
const dialog = () => document.getElementById("scope-picker");
const field = () => dialog().querySelector("input");
const list = () => document.getElementById("scope-options");
const options = () => [...list().querySelectorAll("[role=option]")];
const active = () => document.getElementById(field().getAttribute("aria-activedescendant") ?? "");
const more = () => dialog().querySelector("button.more");
let latest = 0;
let typing = null;
let listed = null; // what was written when the list that shows was found; null as long as none is
let chooses = false; // whether Enter was pressed before the list of what is written came, to choose the first of it

/**
 * Makes an option the active one of a field.
 * @param {HTMLElement} box the field
 * @param {HTMLElement[]} all its options
 * @param {HTMLElement | undefined} option none where no option is
 */
export function activate(box, all, option) {
  all.forEach((one) => one.classList.toggle("active", one === option));
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

/**
 * The option that an arrow key leads to.
 * @param {string} key
 * @param {HTMLElement[]} all
 * @returns {HTMLElement | undefined}
 */
export function optionAfter(key, all) {
  const at = all.findIndex((one) => one.classList.contains("active"));
  return all[(key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1 + all.length) % all.length];
}

// The options that what is written finds; from the `first` on, those before stay.
async function find(first = 0) {
  const turn = ++latest, q = field().value;
  const html = await fetchText(`scope/options?${new URLSearchParams({ q, first })}`);
  if (turn !== latest) return;
  const choosesFirst = chooses && !first;
  chooses = false;
  if (html === null) return;
  if (!first) { list().replaceChildren(); listed = q; }
  list().insertAdjacentHTML("beforeend", html);
  options().forEach((option, number) => { option.id = `scope-option-${number}`; });
  const left = Number(list().lastElementChild.dataset.left);
  more().hidden = !left;
  more().textContent = more().dataset.more.replace("{count}", left.toLocaleString());
  if (!first) list().scrollTo(0, 0);
  activate(field(), options(), first ? options()[first] : q ? options()[0] : undefined);
  mark();
  if (choosesFirst && active()) toggle(active());
}

// What is typed on while an Enter waits for its list is looked for after that.
function findSoon() {
  clearTimeout(typing);
  typing = setTimeout(() => (chooses ? findSoon() : find()), TYPING_MILLISECONDS);
}

function chooseActive() {
  if (field().value === listed) {
    if (active()) toggle(active());
  } else if (!chooses) {
    chooses = true;
    clearTimeout(typing);
    find();
  }
}

function mark() {
  if (!dialog().open) return;
  options().forEach((option) => option.setAttribute("aria-selected", String(isChosen(option))));
  const sum = dialog().querySelector(".sum"), chosen = document.querySelector("#asked-in .sum")?.firstChild.textContent;
  sum.textContent = options().length ? chosen ?? sum.dataset.none : sum.dataset.nothing;
}

function pressKey(event) {
  if (event.isComposing || event.keyCode === 229 || event.target !== field()) return;
  if (["ArrowDown", "ArrowUp"].includes(event.key) && options().length) {
    event.preventDefault();
    activate(field(), options(), optionAfter(event.key, options()));
  } else if (event.key === "Enter") {
    event.preventDefault();
    chooseActive();
  }
}

function open() {
  field().value = "";
  listed = null;
  dialog().showModal();
  field().focus();
  find();
}

/** Makes the picker work, and the buttons that open it. */
export function listen() {
  document.addEventListener("click", (event) => { if (event.target.closest?.("#asked-in .pick")) open(); });
  dialog().addEventListener("keydown", pressKey);
  field().addEventListener("input", findSoon);
  dialog().addEventListener("close", () => document.querySelector("#asked-in .pick")?.focus());
  dialog().addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      activate(field(), options(), option);
      toggle(option);
    } else if (event.target.closest("button.more")) {
      find(options().length);
      field().focus();
    } else if (event.target === dialog() || event.target.closest("button.close")) dialog().close();
  });
  document.addEventListener("scope-change", mark);
}
