// The finder: a chat, a document or a view by a few letters. Arrow keys go from what is found to the next, Enter opens it.
import { openChat } from "./history.js";
import { fetchText, isPlain } from "./parts.js";
import { go } from "./views.js";

const dialog = () => document.getElementById("finder");
const box = () => dialog().querySelector("input");
const links = () => [...dialog().querySelectorAll("a")];
let latest = 0;

async function find() {
  const turn = ++latest;
  const html = await fetchText(`/find?${new URLSearchParams({ q: box().value })}`);
  if (turn === latest && html !== null) dialog().querySelector(".found").innerHTML = html;
}

function follow(link) {
  const address = new URL(link.href);
  dialog().close();
  if (address.searchParams.has("view")) go(address.pathname + address.search);
  else openChat(address.searchParams.get("chat") ?? "");
}

function pressKey(event) {
  if (event.isComposing) return;
  const stops = [box(), ...links()], at = stops.indexOf(document.activeElement);
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    stops[(at + by + stops.length) % stops.length].focus();
  } else if (event.key === "Enter" && at === 0) {
    event.preventDefault();
    find().then(() => { if (links().length) follow(links()[0]); });
  }
}

/** Opens the finder; the browser gives the focus back when it closes. */
export function openFinder() {
  if (dialog().open) return;
  box().value = "";
  dialog().showModal();
  find();
}

/** Makes the finder work. */
export function listen() {
  dialog().addEventListener("keydown", pressKey);
  box().addEventListener("input", find);
  dialog().addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (event.target === dialog()) dialog().close();
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    follow(link);
  });
}
