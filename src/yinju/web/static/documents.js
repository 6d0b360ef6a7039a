// The view of the documents: their table, sorted and filtered by the address, and a file's report.
import { send, showChanges } from "./changes.js";
import { askFor } from "./chat.js";
import { fetchText, fillTimes, isPlain, redraw } from "./parts.js";
import { listen as listenToSelection, rename, showSelection, tag } from "./selection.js";
import { go } from "./views.js";

const TYPING_MILLISECONDS = 150;

let section = null;
let typing = null;

async function refreshFiles() {
  const files = section.querySelector(".files");
  if (!files) return;
  const asked = location.search;
  const [table, totals] = await Promise.all([`documents/files${asked}`, "documents/totals"].map(fetchText));
  if (table === null || asked !== location.search || !files.isConnected) return;
  redraw(files, table);
  showSelection();
  if (totals !== null) redraw(section.querySelector(".totals"), totals);
}

// Takes over which files an address asks for, without a step in the browser's history for each.
function list(href) {
  const address = new URL(href, location.href);
  const chat = new URLSearchParams(location.search).get("chat");
  if (chat) address.searchParams.set("chat", chat);
  history.replaceState(history.state, "", address);
  refreshFiles();
}

function filter(box) {
  clearTimeout(typing);
  typing = setTimeout(() => {
    const address = new URL(location.href);
    address.searchParams.delete("page");
    if (box.value.trim()) address.searchParams.set("q", box.value);
    else address.searchParams.delete("q");
    list(address);
  }, TYPING_MILLISECONDS);
}

// How far a change is shows above the table; a report is left for it.
async function change(method, address) {
  await send(method, address);
  leave();
}

function leave() {
  if (!section.querySelector(".underway")) go("?view=documents");
}

async function act(button) {
  const name = decodeURIComponent(button.closest("[data-name]").dataset.name);
  const named = new URLSearchParams({ name });
  const askAbout = { documents: [name], question: button.textContent.trim() }; // of a guide: its own document answers it
  if (button.matches(".ask")) document.dispatchEvent(new CustomEvent("ask-about", { detail: askAbout }));
  if (button.matches(".tag")) tag([name]).then(leave);
  if (button.matches(".rename") && (await rename(name))) leave();
  if (button.matches(".reread")) change("POST", `documents/reread?${named}`);
  if (!button.matches(".remove")) return;
  document.querySelector("#delete-document .which").textContent = name;
  if ((await askFor("delete-document")) !== null) change("DELETE", `documents/file?${named}`);
}

function readAs(choice) {
  const name = decodeURIComponent(choice.closest("[data-name]").dataset.name);
  change("POST", `documents/encoding?${new URLSearchParams({ name, encoding: choice.value })}`);
}

function listen() {
  section.addEventListener("click", (event) => {
    const link = event.target.closest("a.list, a.go");
    if (link && isPlain(event)) {
      event.preventDefault();
      if (link.matches(".list")) list(link.href);
      else go(link.getAttribute("href"));
    }
    const button = event.target.closest("[data-name] button");
    if (button) act(button);
  });
  section.addEventListener("input", (event) => { if (event.target.matches(".filter")) filter(event.target); });
  section.addEventListener("change", (event) => { if (event.target.matches("select.encoding")) readAs(event.target); });
  document.addEventListener("documents-change", refreshFiles);
}

/**
 * Makes the view work once it is filled.
 * @param {HTMLElement} shown
 */
export function show(shown) {
  const first = section === null;
  section = shown;
  if (first) { listen(); listenToSelection(section); }
  showSelection();
  fillTimes(section);
  section.scrollTo(0, 0);
  showChanges();
}
