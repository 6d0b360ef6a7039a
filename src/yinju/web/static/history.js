// The visitor's chats: a drawer that lists, searches, opens, renames, deletes and exports them.
import { act, askFor, say, shownChat } from "./chat.js";

const drawer = () => document.getElementById("history");
const opener = () => document.querySelector("#top button.history");
const chatInAddress = () => new URLSearchParams(location.search).get("chat") ?? "";
let latest = 0;

async function list() {
  const turn = ++latest;
  const wanted = new URLSearchParams({ q: drawer().querySelector("input").value, chat: chatInAddress() });
  const response = await fetch(`/chats?${wanted}`).catch(() => null);
  if (turn !== latest) return;
  if (response) {
    drawer().querySelector(".chats").innerHTML = await response.text();
    drawer().querySelectorAll("time").forEach(showTime);
  } else say(document.getElementById("top").dataset.unreachable);
}

function showTime(time) {
  const when = new Date(Number(time.dataset.seconds) * 1000);
  const style = when.toDateString() === new Date().toDateString() ? { timeStyle: "short" } : { dateStyle: "medium" };
  time.dateTime = when.toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(when);
}

function show(open) {
  drawer().hidden = !open;
  opener().setAttribute("aria-expanded", String(open));
  if (!open) return;
  const search = drawer().querySelector("input");
  search.value = "";
  search.focus();
  list();
}

async function change(address, method, body) {
  const response = await fetch(address, { method, headers: { "Content-Type": "application/json" }, body }).catch(() => null);
  if (!response?.ok) say(response ? await response.text() : document.getElementById("top").dataset.unreachable);
  await list();
  return response?.ok;
}

// Shows a chat, or a new one for "", in the page as it stands.
export function openChat(chat) {
  history.pushState(null, "", chat ? `/?chat=${encodeURIComponent(chat)}` : "/");
  showChat();
}

function showChat() {
  document.body.classList.remove("reading");
  act({ do: "open", chat: chatInAddress() });
}

async function follow(item, button) {
  const chat = item.dataset.chat;
  if (button.matches(".rename")) {
    const title = await askFor("rename", item.querySelector(".title").textContent);
    if (title !== null) change(`/chats/${chat}`, "PATCH", JSON.stringify({ title }));
  } else if (button.matches(".delete") && (await askFor("delete")) !== null) {
    if ((await change(`/chats/${chat}`, "DELETE")) && chat === chatInAddress()) openChat("");
  }
}

export function listen() {
  document.addEventListener("click", (event) => {
    const target = event.target;
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (target.closest("#top button.history")) show(drawer().hidden);
    else if (target.closest("#history .close")) { show(false); opener().focus(); }
    else if (target.closest("#history button")) follow(target.closest("li"), target.closest("button"));
    else if (plain && target.closest("#history a.open, #top .new")) {
      event.preventDefault();
      const chat = target.closest("li")?.dataset.chat ?? "";
      if (document.body.dataset.view !== "chat") { location.href = chat ? `/?chat=${chat}` : "/"; return; }
      openChat(chat);
      show(false);
    } else if (!drawer().hidden && !target.closest("#history, dialog")) show(false);
  });
  addEventListener("popstate", () => { if (chatInAddress() !== shownChat()) showChat(); });
  let typing;
  drawer().querySelector("input").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(list, 150); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !drawer().hidden && !event.target.closest("dialog")) { show(false); opener().focus(); }
  });
}
