// The keys of the whole page: / goes to the question box, ? lists them all, Ctrl-K finds, Escape closes what lies on top.
// Those of the source panel are in reader.js and pages.js.
import { openFinder } from "./finder.js";
import { closeHistory } from "./history.js";
import { isField } from "./parts.js";
import { close as closeSource } from "./source.js";
import { go } from "./views.js";

const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

async function goToBox() {
  if (document.body.dataset.view !== "chat") {
    const chat = new URLSearchParams(location.search).get("chat");
    await go(chat ? `?chat=${encodeURIComponent(chat)}` : "./");
  }
  document.querySelector("#box textarea")?.focus();
}

function closeTop() {
  if (document.querySelector("dialog[open], :popover-open")) return; // the browser closes these
  const settings = document.querySelector("#top details[open]");
  if (settings) {
    settings.open = false;
    settings.querySelector("summary").focus();
  } else if (!closeHistory()) closeSource();
}

function pressKey(event) {
  if (event.isComposing || event.altKey) return;
  if (event.key === "Escape") closeTop();
  else if ((isMac ? event.metaKey : event.ctrlKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    if (!document.querySelector("dialog[open]")) openFinder();
  } else if (!event.ctrlKey && !event.metaKey && !isField(event.target) && !document.querySelector("dialog[open]")) {
    const wish = { "/": goToBox, "?": showKeys }[event.key];
    if (wish) { event.preventDefault(); wish(); }
  }
}

function showKeys() {
  document.getElementById("keys").showModal();
}

// To the view that shows: in the chat that is what was said, and behind it the question box.
function skip(event) {
  event.preventDefault();
  const content = document.querySelector("section.view:not([hidden])") ?? document.querySelector("#chat [role=log]");
  content.tabIndex = -1;
  content.focus();
}

/** Makes the keys work, and the link that skips the header. */
export function listen() {
  document.addEventListener("keydown", pressKey);
  document.querySelector("a.skip").addEventListener("click", skip);
  document.querySelector("#top button.keys").addEventListener("click", showKeys);
  if (isMac) document.querySelectorAll("#keys .command").forEach((key) => { key.textContent = "⌘"; });
}
