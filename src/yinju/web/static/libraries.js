// Libraries: the menu in the header leads from one to another, the view lists, makes, renames and deletes them.
import { askFor, say } from "./chat.js";
import { fetchText, fillTimes, unreachable, wordsOf } from "./parts.js";
import { go } from "./views.js";

let section = null;

/**
 * Asks for a change of the list.
 * @param {string} method
 * @param {string} address
 * @param {object} [body]
 * @returns {Promise<{ refused: string, address?: string, kept?: string }>} why it was not done, else what came of it
 */
async function change(method, address, body) {
  const told = { method, ...(body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }) };
  const response = await fetch(address, told).catch(() => null);
  if (!response?.ok) return { refused: response ? await wordsOf(response) : unreachable() };
  return { refused: "", ...(response.status !== 204 && (await response.json())) };
}

// Asks for words again and again, until they are taken or nobody wants to give any more.
async function giveTitle(dialog, written, save) {
  const refused = document.querySelector(`#${dialog} .notice`);
  refused.textContent = "";
  for (let title = written; (title = await askFor(dialog, title)) !== null;) {
    const done = await save(title);
    if (!done.refused) return done;
    refused.textContent = done.refused;
  }
  return null;
}

async function make() {
  const done = await giveTitle("make-library", "", (title) => change("POST", "libraries", { title }));
  if (done) location.assign(done.address);
}

async function rename({ id, title, current }) {
  const done = await giveTitle("rename-library", title, (written) => change("PATCH", "libraries", { id, title: written }));
  if (done) settle(current, `[data-id="${id}"] .rename`);
}

async function allow({ id, allowed }) {
  const done = await giveTitle("allow-library", allowed, (names) => change("PUT", "libraries/allowed", { id, names }));
  if (done) settle(false, `[data-id="${id}"] .allow`);
}

async function remove({ id, title, goes, current }) {
  document.querySelector("#delete-library .which").textContent = title;
  document.querySelector("#delete-library .goes").textContent = goes;
  if ((await askFor("delete-library")) === null) return;
  const { refused, kept } = await change("DELETE", `libraries?${new URLSearchParams({ id })}`);
  if (refused) say(refused);
  else if (current) location.assign("/?view=libraries");
  else settle(false, `[data-kept="${kept}"] .restore`);
}

async function restore({ kept }) {
  const { refused, address } = await change("POST", "libraries/restore", { kept });
  if (refused) say(refused);
  await settle(false, refused ? "" : `a[href="${address}"]`);
}

// Lists all anew, in the menu too, the focus on one of them; where the page is named anew, it is loaded anew.
async function settle(reloads, focused) {
  if (reloads) { location.reload(); return; }
  await Promise.all([drawMenu(), go("?view=libraries")]);
  if (focused) section.querySelector(focused)?.focus();
}

// The menu anew, unless it is open; its button keeps the focus.
async function drawMenu() {
  const html = await fetchText("libraries/menu"), menu = document.querySelector("#top .library");
  if (html === null || !menu || menu.querySelector(":popover-open")) return;
  const held = menu.contains(document.activeElement);
  menu.outerHTML = html;
  if (held) document.querySelector("#top .library > button")?.focus();
}

function press(button) {
  const { dataset } = button.closest("li");
  if (button.matches(".rename")) rename(dataset);
  else if (button.matches(".allow")) allow(dataset);
  else if (button.matches(".delete")) remove(dataset);
  else if (button.matches(".restore")) restore(dataset);
}

/**
 * Makes the view work once it is filled.
 * @param {HTMLElement} shown
 */
export function show(shown) {
  if (!section) shown.addEventListener("click", (event) => { const button = event.target.closest("li button"); if (button) press(button); });
  section = shown;
  fillTimes(section, { brief: true });
}

/** Names the library in the tab's title, and makes new ones by the menu and the view. */
export function listen() {
  const { library } = document.getElementById("top").dataset;
  const name = () => { if (library && !document.title.startsWith(library)) document.title = `${library} – 引據 Yinju`; };
  name();
  new MutationObserver(name).observe(document.head, { childList: true, subtree: true, characterData: true });
  document.addEventListener("documents-change", drawMenu);
  document.addEventListener("click", (event) => { if (event.target.closest?.("button.make-library")) make(); });
}
