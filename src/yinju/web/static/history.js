// The visitor's chats: a drawer that lists, searches, opens, renames, deletes and exports them.
import { act, askFor, say, shownChat } from "./chat.js";
import { fillTimes, isPlain, unreachable, wordsOf } from "./parts.js";
import { go } from "./views.js";

const drawer = () => document.getElementById("history");
const opener = () => document.querySelector("#top button.history");
const search = () => drawer().querySelector("input");
const chatInAddress = () => new URLSearchParams(location.search).get("chat") ?? "";
let latest = 0;

async function list() {
  const turn = ++latest;
  const wanted = new URLSearchParams({ q: search().value, chat: chatInAddress() });
  const response = await fetch(`chats?${wanted}`).catch(() => null);
  if (turn !== latest) return;
  if (response) {
    drawer().querySelector(".chats").innerHTML = await response.text();
    fillTimes(drawer(), { brief: true });
  } else say(unreachable());
}

function show(open) {
  drawer().hidden = !open;
  opener().setAttribute("aria-expanded", String(open));
  if (!open) return;
  search().value = "";
  search().focus();
  list();
}

/**
 * Closes the drawer; its button has the focus then.
 * @returns {boolean} whether it was open
 */
export function closeHistory() {
  if (drawer().hidden) return false;
  show(false);
  opener().focus();
  return true;
}

async function change(address, method, body) {
  const response = await fetch(address, { method, headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  if (!response?.ok) say(response ? await wordsOf(response) : unreachable());
  await list();
  return response?.ok;
}

/**
 * Shows a chat, or a new one for "", in the page as it stands.
 * @param {string} chat
 */
export function openChat(chat) {
  go(chat ? `?chat=${encodeURIComponent(chat)}` : "./");
  showChat();
}

function showChat() {
  document.dispatchEvent(new CustomEvent("open-chat", { detail: chatInAddress() }));
  document.body.classList.remove("reading");
  act({ do: "open", chat: chatInAddress() });
}

async function rename(item) {
  const title = await askFor("rename", item.querySelector(".title").textContent);
  if (title === null) return;
  await change(`chats/${item.dataset.chat}`, "PATCH", JSON.stringify({ title }));
  drawer().querySelector(`[data-chat="${CSS.escape(item.dataset.chat)}"] .more`)?.focus();
}

async function remove(item) {
  if ((await askFor("delete")) === null) return;
  const { chat } = item.dataset, next = (item.nextElementSibling ?? item.previousElementSibling)?.dataset.chat;
  const gone = await change(`chats/${chat}`, "DELETE");
  if (gone && chat === chatInAddress()) openChat("");
  (next ? drawer().querySelector(`[data-chat="${CSS.escape(next)}"] a.open`) : search())?.focus();
}

/** Makes the drawer work, and the link to a new chat. */
export function listen() {
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("#top button.history")) show(drawer().hidden);
    else if (target.closest("#history .close")) closeHistory();
    else if (target.closest("#history .rename")) rename(target.closest("li"));
    else if (target.closest("#history .delete")) remove(target.closest("li"));
    else if (isPlain(event) && target.closest("#history a.open, #top .new")) {
      event.preventDefault();
      openChat(target.closest("li")?.dataset.chat ?? "");
      closeHistory();
    } else if (!drawer().hidden && !target.closest("#history, dialog")) show(false);
  });
  addEventListener("popstate", () => { if (chatInAddress() !== shownChat()) showChat(); });
  let typing;
  search().addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 150); });
}
