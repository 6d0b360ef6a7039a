// The page before anything is asked: its links lead to other views, and once documents came in or went it shows them.
import { act } from "./chat.js";
import { isPlain } from "./parts.js";
import { go } from "./views.js";

const welcome = () => document.querySelector("#chat .welcome");
let shown = ""; // the generation of the index that it shows
let newest = "";
let held = null; // the welcome in which the focus was when it was asked for anew

function refresh() {
  if (document.body.dataset.view !== "chat" || !welcome() || newest === shown) return;
  shown = newest;
  held = welcome().contains(document.activeElement) ? welcome().firstElementChild : null;
  act({ do: "open", chat: "" });
}

function giveFocusBack() {
  if (!held || held.isConnected || !welcome()) return;
  held = null;
  welcome().querySelector("button.upload")?.focus({ preventScroll: true });
}

/** Makes the home page work, which Gradio draws and draws again. */
export function listen() {
  shown = newest = document.getElementById("top").dataset.generation;
  document.addEventListener("documents-change", (event) => { newest = event.detail.generation; refresh(); });
  new MutationObserver(refresh).observe(document.body, { attributes: true, attributeFilter: ["data-view"] });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#chat .welcome a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });
  new MutationObserver(giveFocusBack).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
}
