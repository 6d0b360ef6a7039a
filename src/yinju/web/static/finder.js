// The finder: a chat, a document, a view or another library by a few letters. Arrow keys go from what is found to the next, Enter opens it.
import { openChat } from "./history.js";
import { fetchText, isPlain } from "./parts.js";
import { go } from "./views.js";

const dialog = () => document.getElementById("finder");
const box = () => dialog().querySelector("input");
const links = () => [...dialog().querySelectorAll("a")];
let latest = 0;
let finding = Promise.resolve(); // keys wait for what the letters written so far find

function find() {
  finding = fill();
  return finding;
}

async function fill() {
  const turn = ++latest;
  const html = await fetchText(`find?${new URLSearchParams({ q: box().value })}`);
  if (turn === latest && html !== null) dialog().querySelector(".found").innerHTML = html;
}

function follow(link) {
  const address = new URL(link.href);
  dialog().close();
  if (address.pathname !== new URL("./", document.baseURI).pathname) location.assign(address);
  else if (address.searchParams.has("view")) go(address.search);
  else openChat(address.searchParams.get("chat") ?? "");
}

function pressKey(event) {
  if (event.isComposing) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) {
    event.preventDefault();
    finding.then(() => move(by));
  } else if (event.key === "Enter" && document.activeElement === box()) {
    event.preventDefault();
    finding.then(() => { if (links().length) follow(links()[0]); });
  }
}

function move(by) {
  const stops = [box(), ...links()];
  stops[(stops.indexOf(document.activeElement) + by + stops.length) % stops.length].focus();
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
