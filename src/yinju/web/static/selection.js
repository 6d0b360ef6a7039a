// Documents chosen in their table by check boxes, by Shift a range, or all that is found, and what is done with them at once.
import { send } from "./changes.js";
import { askFor } from "./chat.js";
import { fetchText, unreachable } from "./parts.js";

let section = null;
let chosen = new Set(); // names, those on other pages too
const unread = new Set(); // names of files without passages, of which nothing can be asked
let last = null; // the box that was pressed last, where a range begins

const bar = () => section.querySelector(".selection");
const boxes = () => [...section.querySelectorAll(".files input.one")];
const nameOf = (element) => decodeURIComponent(element.closest("[data-name]").dataset.name);
const askable = () => [...chosen].filter((name) => !unread.has(name));
const found = () => Number(section.querySelector(".files table")?.dataset.found ?? 0);

/** Shows what is chosen in a table that was drawn anew, and in the bar. */
export function showSelection() {
  if (!bar()) return;
  boxes().forEach((box) => {
    box.checked = chosen.has(nameOf(box));
    unread[box.closest("[data-unread]") ? "add" : "delete"](nameOf(box));
  });
  const page = section.querySelector(".files input.page"), here = boxes().filter((box) => box.checked).length;
  if (page) Object.assign(page, { checked: here > 0 && here === boxes().length, indeterminate: here > 0 && here < boxes().length });
  bar().hidden = chosen.size === 0;
  bar().querySelector(".count").textContent = bar().dataset.count.replace("{count}", chosen.size.toLocaleString());
  const ask = bar().querySelector(".ask-chosen");
  ask.disabled = !askable().length;
  ask.title = ask.disabled ? ask.dataset.unread : "";
  const every = bar().querySelector(".found");
  every.hidden = found() <= chosen.size;
  every.textContent = bar().dataset.found.replace("{count}", found().toLocaleString());
}

function set(names, isChosen) {
  names.forEach((name) => (isChosen ? chosen.add(name) : chosen.delete(name)));
  showSelection();
}

// A box that is pressed, with Shift all between it and the one before.
function press(box, withRange) {
  const all = boxes(), from = withRange ? all.findIndex((one) => nameOf(one) === last) : -1, to = all.indexOf(box);
  const range = from < 0 ? [box] : all.slice(Math.min(from, to), Math.max(from, to) + 1);
  last = nameOf(box);
  set(range.map(nameOf), box.checked);
}

async function chooseFound() {
  const found = await fetchText(`documents/names${location.search}`);
  if (found === null) return;
  const { names, unread: without } = JSON.parse(found);
  without.forEach((name) => unread.add(name));
  set(names, true);
}

// Whoever holds names of documents hears how they are called now.
function tellMoved({ moved }) {
  if (moved) document.dispatchEvent(new CustomEvent("documents-moved", { detail: moved }));
}

// Has something done to documents; those of which it is refused stay chosen, and are told.
async function sendAll(address, names, more = {}) {
  const done = await send("POST", address, { names, ...more });
  if (done === null) return;
  tellMoved(done);
  const { refused } = done, notice = bar()?.querySelector(".refused");
  chosen = new Set(refused.map((one) => one.name));
  if (notice) {
    const others = refused.length > 1 ? bar().dataset.refused.replace("{count}", refused.length - 1) : "";
    notice.textContent = refused.length ? `${refused[0].why}${others}` : "";
  }
  showSelection();
}

/**
 * Asks for the tags of documents, and changes them.
 * @param {string[]} names
 * @returns {Promise<void>}
 */
export async function tag(names) {
  const response = await fetch("documents/tagging", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ names }),
  }).catch(() => null);
  const every = document.querySelector("#tag-documents .every-tag");
  every.innerHTML = response?.ok ? await response.text() : "";
  if (!response?.ok) every.textContent = unreachable();
  const marks = [...every.querySelectorAll("input")];
  marks.forEach((mark) => { mark.indeterminate = mark.dataset.share === "some"; });
  const written = await askFor("tag-documents");
  if (written === null) return;
  const settled = marks.filter((mark) => !mark.indeterminate);
  const added = [...written.split(/[、，,;；#]/), ...settled.filter((mark) => mark.checked && mark.dataset.share !== "all").map((mark) => mark.value)];
  const taken = settled.filter((mark) => !mark.checked && mark.dataset.share !== "none").map((mark) => mark.value);
  const wanted = added.map((one) => one.trim()).filter(Boolean);
  if (wanted.length || taken.length) await sendAll("documents/tags", names, { added: wanted, taken });
}

/**
 * Asks for another name of a document, and gives it that; its folder and its ending stay unless they are changed too.
 * @param {string} name
 * @returns {Promise<string | null>} the new name where it was taken
 */
export async function rename(name) {
  const written = askFor("rename-document", name), start = name.lastIndexOf("/") + 1, end = name.lastIndexOf(".");
  document.querySelector("#rename-document input").setSelectionRange(start, end > start ? end : name.length);
  const to = await written;
  if (!to?.trim() || to === name) return null;
  const done = await send("POST", `documents/rename?${new URLSearchParams({ name, to: to.trim() })}`);
  if (done) tellMoved(done);
  return done && to.trim();
}

async function act(button) {
  const names = [...chosen];
  if (button.matches(".none")) set(names, false);
  else if (button.matches(".found")) chooseFound();
  else if (button.matches(".ask-chosen")) document.dispatchEvent(new CustomEvent("ask-about", { detail: { documents: askable() } }));
  else if (button.matches(".tag")) tag(names);
  else if (button.matches(".move")) {
    const folder = await askFor("move-documents");
    if (folder !== null) sendAll("documents/move", names, { folder });
  } else if (button.matches(".remove")) {
    document.querySelector("#delete-documents .which").textContent = bar().querySelector(".count").textContent;
    if ((await askFor("delete-documents")) !== null) sendAll("documents/remove", names);
  }
}

/**
 * Makes choosing work in the view of the documents.
 * @param {HTMLElement} shown
 */
export function listen(shown) {
  section = shown;
  section.addEventListener("click", (event) => {
    const box = event.target.closest("input.one"), button = event.target.closest(".selection button");
    if (box) press(box, event.shiftKey);
    else if (event.target.matches("input.page")) set(boxes().map(nameOf), event.target.checked);
    else if (button) act(button);
  });
}
