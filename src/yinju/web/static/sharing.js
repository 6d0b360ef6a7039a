// Links by which others read a chat: a dialog makes, copies and revokes those to one chat, or lists all.
import { copyText, say } from "./chat.js";
import { fillTimes, unreachable } from "./parts.js";

const dialog = () => document.getElementById("share");
let shown = ""; // the chat whose links the dialog has, "" for those to any

async function send(address, how = {}) {
  const response = await fetch(address, how).catch(() => null);
  if (!response?.ok) say(response ? await response.text() : unreachable());
  return response?.ok ? response : null;
}

async function fill(response) {
  if (!response) return;
  const links = dialog().querySelector(".links");
  links.innerHTML = await response.text();
  fillTimes(links);
}

const list = async () => fill(await send(`shares?${new URLSearchParams({ chat: shown })}`));

async function show(chat) {
  shown = chat;
  const title = dialog().querySelector("h2");
  title.textContent = chat ? title.dataset.one : title.dataset.all;
  dialog().querySelector(".make").hidden = !chat;
  dialog().querySelector(".links").replaceChildren();
  dialog().showModal();
  await list();
}

async function make() {
  const days = Number(dialog().querySelector("select").value), grows = dialog().querySelector("[name=grows]").checked;
  const body = JSON.stringify({ chat: shown, days, grows });
  await fill(await send("shares", { method: "POST", headers: { "Content-Type": "application/json" }, body }));
  dialog().querySelector(".copy-link")?.focus();
}

async function revoke(item) {
  await send(`shares/${item.dataset.token}`, { method: "DELETE" });
  await list();
  (dialog().querySelector(".revoke") ?? dialog().querySelector(".no")).focus();
}

/** Makes the dialog work, and what opens it. */
export function listen() {
  document.addEventListener("click", (event) => {
    const target = event.target;
    if (target.closest("#history .share")) show(target.closest("li").dataset.chat);
    else if (target.closest("#history .links")) show("");
    else if (target.closest("#share .yes")) make();
    else if (target.closest("#share .copy-link")) copyText(target.closest("li").querySelector("a").href);
    else if (target.closest("#share .revoke")) revoke(target.closest("li"));
  });
}
