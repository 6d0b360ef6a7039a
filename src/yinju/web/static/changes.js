// Changes of the documents, uploads by button or drop among them, and the panel that tells how far each is. There is one
// panel, which stands in the room that shows. What the server keeps of a change outlives this page; what is still being
// sent does not. Whoever must know listens for "documents-change": that a change began or ended, or the index is a new one.
import { say } from "./chat.js";
import { leave } from "./door.js";
import { fetchText, made, redraw, unreachable, wordsOf } from "./parts.js";

const AT_ONCE = 3; // files sent at the same time
const POLL_MILLISECONDS = 500;
const SEEN = `yinju-changes-after ${new URL("./", document.baseURI).pathname}`; // the last change of this library that the tab needs not be told any more

let panel = null; // none where documents cannot be changed
let timer = null;
let state = ""; // generation and changes under way, as they were told last
let uploads = []; // { file, name, stage: queued, sending or failed, sent: 0 … 1, reason, final, request, item }

const inView = () => document.querySelector("section.view:not([hidden]) .underway");
const atHome = () => (document.body.dataset.view === "chat" ? document.querySelector("#chat .welcome .underway") : null);
const place = () => inView() ?? atHome();
const kept = () => panel.querySelector(".kept");
const seen = () => Number(sessionStorage.getItem(SEEN));

/**
 * Changes documents, and tells how far that is.
 * @param {string} method
 * @param {string} address
 * @param {object} [body]
 * @returns {Promise<object | null>} what the server says of it; null where it was refused, which is told
 */
export async function send(method, address, body) {
  const json = body && { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(address, { method, ...json }).catch(() => null);
  if (!response?.ok) say(response ? await wordsOf(response) : unreachable());
  follow();
  return response?.ok ? response.json() : null;
}

/**
 * Puts the panel into the room that shows, where that has a place for it.
 * @returns {boolean} whether it stands there now
 */
export function showChanges() {
  if (!panel || !place()) return false;
  if (!place().contains(panel)) place().replaceChildren(panel);
  state = "";
  follow();
  return true;
}

// Tells how far all is, again and again while something goes on.
async function follow() {
  clearTimeout(timer);
  if (!panel?.isConnected) return;
  const html = await fetchText(`documents/changes?after=${seen()}`);
  clearTimeout(timer);
  if (html !== null && html !== kept().drawn) {
    redraw(kept(), html);
    kept().drawn = html;
  }
  tell();
  const { running, generation, behind } = kept().querySelector("ul").dataset;
  if (html !== null && state !== `${generation} ${running}`) {
    state = `${generation} ${running}`;
    document.dispatchEvent(new CustomEvent("documents-change", { detail: { generation } }));
  }
  if (Number(running) || behind || uploads.some(isUnderWay)) timer = setTimeout(follow, POLL_MILLISECONDS);
}

const isUnderWay = (upload) => upload.stage !== "failed";

function tell() {
  const { running, total } = kept().querySelector("ul").dataset;
  const all = Number(total) + uploads.length;
  const done = all - Number(running) - uploads.filter(isUnderWay).length;
  const words = panel.dataset.done.replace("{done}", done).replace("{total}", all);
  const sum = panel.querySelector(".sum");
  if (sum.textContent !== words) sum.textContent = words;
  panel.hidden = all === 0;
  panel.querySelector(".ask-these").hidden = asked().length === 0;
}

// The documents among what was changed that can be asked, each once.
const asked = () => [...new Set([...kept().querySelectorAll("[data-asked]")].map((item) => decodeURIComponent(item.dataset.asked)))];

function clear() {
  const ended = [...kept().querySelectorAll("[data-change]")].map((item) => Number(item.dataset.change));
  sessionStorage.setItem(SEEN, Math.max(seen(), ...ended));
  uploads = uploads.filter(isUnderWay);
  showUploads();
  follow();
}

function retryOrUndo(button) {
  const { change: id, name, kept: held, before } = button.closest("[data-name]").dataset;
  const named = new URLSearchParams({ name: decodeURIComponent(name), kept: decodeURIComponent(held), to: decodeURIComponent(before) });
  if (button.matches(".retry")) send("POST", `documents/retry?change=${id}`);
  else if (before) send("POST", `documents/rename?${named}`).then((done) => {
    if (done) document.dispatchEvent(new CustomEvent("documents-moved", { detail: done.moved }));
  });
  else send("POST", `documents/restore?${named}`);
}

// Uploads

function showUploads() {
  panel.querySelector(".uploads").replaceChildren(...uploads.map(paint));
}

function paint(upload) {
  const words = panel.dataset;
  if (!upload.item) {
    upload.item = made("upload");
    upload.item.querySelector(".file").textContent = upload.name;
    upload.item.querySelector("progress").setAttribute("aria-label", upload.name);
    upload.item.querySelector("button").addEventListener("click", () => (isUnderWay(upload) ? drop(upload) : queue(upload)));
  }
  const part = (name) => upload.item.querySelector(name);
  const going = isUnderWay(upload);
  part(".state").className = `state ${upload.stage}`;
  part(".sign").textContent = going ? "" : "✕";
  part(".word").textContent = words[upload.stage] + (upload.stage === "sending" ? ` ${Math.floor(upload.sent * 100)} %` : "");
  part("progress").hidden = upload.stage !== "sending";
  part("progress").value = upload.sent;
  part(".message").textContent = upload.reason;
  part("button").textContent = going ? words.cancel : upload.final ? "" : words.retry;
  part("button").setAttribute("aria-label", `${part("button").textContent} ${upload.name}`);
  return upload.item;
}

function add(files) {
  const { limit, tooLarge } = panel.dataset;
  for (const { file, name } of files) {
    const upload = { file, name, stage: "queued", sent: 0, reason: "" };
    uploads.push(upload);
    if (file.size > Number(limit) * 1e6) fail(upload, tooLarge, true);
  }
  showUploads();
  showChanges();
  sendNext();
}

function queue(upload) {
  Object.assign(upload, { stage: "queued", sent: 0, reason: "" });
  paint(upload);
  sendNext();
  follow();
}

function drop(upload) {
  uploads = uploads.filter((other) => other !== upload);
  upload.request?.abort();
  upload.item.remove();
  sendNext();
  tell();
}

// `final` is a failure that sending it again would not mend.
function fail(upload, reason, final = false) {
  Object.assign(upload, { stage: "failed", reason, final });
  paint(upload);
}

function sendNext() {
  const sending = uploads.filter((upload) => upload.stage === "sending").length;
  uploads.filter((upload) => upload.stage === "queued").slice(0, Math.max(0, AT_ONCE - sending)).forEach(transmit);
}

function transmit(upload) {
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  Object.assign(upload, { stage: "sending", request });
  paint(upload);
  request.upload.onprogress = (event) => {
    upload.sent = event.total ? event.loaded / event.total : 1;
    paint(upload);
  };
  request.onload = () => {
    if (request.status === 401) leave();
    if (request.status === 202) uploads = uploads.filter((other) => other !== upload);
    else fail(upload, request.responseText, request.status < 500);
    if (request.status === 202) upload.item.remove();
    sendNext();
    follow();
  };
  request.onerror = () => {
    fail(upload, panel.dataset.cutOff);
    sendNext();
    tell();
  };
  request.open("POST", `documents/upload?${new URLSearchParams({ name: upload.name })}`);
  request.send(upload.file);
}

// The files below what was dropped, each with its path; hidden ones inside folders are nobody's documents.
async function filesIn(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  if (entries.some((entry) => entry === null)) return [...transfer.files].map((file) => ({ file, name: file.name }));
  return (await Promise.all(entries.map((entry) => filesBelow(entry, "")))).flat();
}

async function filesBelow(entry, folder) {
  const name = folder + entry.name;
  if (entry.isFile) {
    if (folder && entry.name.startsWith(".")) return [];
    return [{ file: await new Promise((done, failed) => entry.file(done, failed)), name }];
  }
  const reader = entry.createReader();
  const found = [];
  for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) found.push(...some);
  return (await Promise.all(found.map((inner) => filesBelow(inner, `${name}/`)))).flat();
}

// What is dropped anywhere while documents show is meant for them: the browser must not open it instead.
const isMeant = (event) => (document.body.dataset.view === "documents" || atHome()) && event.dataTransfer?.types.includes("Files");

function listenToDrops() {
  const around = document.body.dataset;
  document.addEventListener("dragover", (event) => {
    if (!isMeant(event)) return;
    event.preventDefault();
    const isWelcome = Boolean(panel && place());
    event.dataTransfer.dropEffect = isWelcome ? "copy" : "none";
    if (isWelcome) around.drop = panel.dataset.drop;
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) delete around.drop; });
  document.addEventListener("drop", async (event) => {
    if (!isMeant(event)) return;
    event.preventDefault();
    delete around.drop;
    if (panel && place()) add(await filesIn(event.dataTransfer));
  });
}

/** Makes the panel, and hears of files that are chosen or dropped. */
export function listen() {
  listenToDrops();
  const chooser = document.getElementById("files-to-upload");
  if (!chooser) return;
  panel = made("changes");
  if (sessionStorage.getItem(SEEN) === null) sessionStorage.setItem(SEEN, panel.dataset.last);
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches(".clear")) clear();
    else if (button?.matches(".ask-these")) document.dispatchEvent(new CustomEvent("ask-about", { detail: { documents: asked() } }));
    else if (button?.matches(".retry, .undo")) retryOrUndo(button);
  });
  document.addEventListener("click", (event) => { if (event.target.closest?.("button.upload")) chooser.click(); });
  chooser.addEventListener("change", () => {
    add([...chooser.files].map((file) => ({ file, name: file.name })));
    chooser.value = "";
  });
  if (panel.dataset.goesOn) panel.hidden = false;
  // the place at home is drawn anew with the chat: what is told there is carried over
  new MutationObserver(() => { if (!panel.hidden && atHome() && !atHome().contains(panel)) showChanges(); })
    .observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
  addEventListener("beforeunload", (event) => { if (uploads.some(isUnderWay)) event.preventDefault(); });
}
