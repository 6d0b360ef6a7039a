// The documents: their table, uploads by button or drop, and how far every change is. What the server keeps of a change
// outlives this page; what is still being sent does not.
import { act as actInChat, askFor, say, shownChat } from "./chat.js";
import { go } from "./page.js";

const AT_ONCE = 3; // files sent at the same time
const POLL_MILLISECONDS = 500;
const TYPING_MILLISECONDS = 150;
const SEEN = "yinju-changes-after"; // the last change that this tab needs not be told any more

let section = null;
let timer = null;
let typing = null;
let state = ""; // generation and changes under way, as the table shows them
let uploads = []; // { file, name, stage: queued, sending or failed, sent: 0 … 1, reason, final, request, item }

const panel = () => section.querySelector(".changes");
const unreachable = () => document.getElementById("top").dataset.unreachable;

// Fills a place anew; what had the focus in it has it again.
function redraw(place, html) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const owner = held?.closest("[data-change], [data-name], th");
  const key = owner && (owner.dataset.change ? `[data-change="${owner.dataset.change}"]`
    : owner.dataset.name ? `[data-name="${CSS.escape(owner.dataset.name)}"]` : `th.${owner.className}`);
  place.innerHTML = html;
  place.querySelectorAll("time").forEach(showTime);
  if (!held) return;
  const again = key && place.querySelector(`${key} ${held.localName}.${held.classList[0]}`);
  (again || section).focus({ preventScroll: true });
}

function showTime(time) {
  const when = new Date(Number(time.dataset.seconds) * 1000);
  time.dateTime = when.toISOString();
  time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }).format(when);
}

// The table

async function refreshFiles() {
  const files = section.querySelector(".files");
  if (!files) return;
  const asked = location.search;
  const [table, totals] = await Promise.all([`/documents/files${asked}`, "/documents/totals"].map(fetchText));
  if (table === null || asked !== location.search || !files.isConnected) return;
  redraw(files, table);
  if (totals !== null) redraw(section.querySelector(".totals"), totals);
}

async function fetchText(address) {
  const response = await fetch(address).catch(() => null);
  return response?.ok ? response.text() : null;
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

// Changes

async function change(method, address) {
  const response = await fetch(address, { method }).catch(() => null);
  if (!response?.ok) say(response ? await response.text() : unreachable());
  if (!panel()) go("/?view=documents");
  else follow();
  return response?.ok;
}

async function act(button) {
  const { change: id, ...owner } = button.closest("[data-name]").dataset;
  const [name, kept] = [owner.name, owner.kept ?? ""].map(decodeURIComponent);
  const named = new URLSearchParams({ name });
  if (button.matches(".reread")) change("POST", `/documents/reread?${named}`);
  if (button.matches(".retry")) change("POST", `/documents/retry?change=${id}`);
  if (button.matches(".undo")) change("POST", `/documents/restore?${new URLSearchParams({ name, kept })}`);
  if (!button.matches(".remove")) return;
  document.querySelector("#delete-document .which").textContent = name;
  if ((await askFor("delete-document")) !== null) change("DELETE", `/documents/file?${named}`);
}

// Asks a question of a guide in the chat that shows; a scope to its document would be chosen here.
function ask(question) {
  const chat = shownChat();
  go(chat ? `/?${new URLSearchParams({ chat })}` : "/");
  actInChat({ do: "ask", question });
}

function readAs(choice) {
  const name = decodeURIComponent(choice.closest("[data-name]").dataset.name);
  change("POST", `/documents/encoding?${new URLSearchParams({ name, encoding: choice.value })}`);
}

const seen = () => sessionStorage.getItem(SEEN) ?? panel().dataset.last;

// Tells how far all is, again and again while something goes on; the table follows.
async function follow() {
  clearTimeout(timer);
  if (!panel()) return;
  const html = await fetchText(`/documents/changes?after=${seen()}`);
  clearTimeout(timer);
  if (!panel()) return;
  const kept = panel().querySelector(".kept");
  if (html !== null && html !== kept.drawn) {
    redraw(kept, html);
    kept.drawn = html;
  }
  tell();
  const { running, generation } = kept.querySelector("ul").dataset;
  if (state !== `${generation} ${running}`) {
    state = `${generation} ${running}`;
    refreshFiles();
  }
  if (Number(running) || uploads.some(isUnderWay)) timer = setTimeout(follow, POLL_MILLISECONDS);
}

const isUnderWay = (upload) => upload.stage !== "failed";

function tell() {
  const { running, total } = panel().querySelector(".kept ul").dataset;
  const all = Number(total) + uploads.length;
  const done = all - Number(running) - uploads.filter(isUnderWay).length;
  const words = panel().dataset.done.replace("{done}", done).replace("{total}", all);
  const sum = panel().querySelector(".sum");
  if (sum.textContent !== words) sum.textContent = words;
  panel().hidden = all === 0;
}

function clear() {
  const ended = [...panel().querySelectorAll(".kept [data-change]")].map((item) => Number(item.dataset.change));
  sessionStorage.setItem(SEEN, Math.max(Number(seen()), ...ended));
  uploads = uploads.filter(isUnderWay);
  showUploads();
  follow();
}

// Uploads

function showUploads() {
  panel()?.querySelector(".uploads").replaceChildren(...uploads.map(paint));
}

function paint(upload) {
  const words = panel()?.dataset;
  if (!upload.item) {
    upload.item = document.createElement("li");
    upload.item.innerHTML = '<span class="file"></span><span class="state"><span class="sign" aria-hidden="true"></span> <span class="word"></span></span><progress max="1"></progress><span class="message"></span><button type="button" class="turn"></button>';
    upload.item.querySelector(".file").textContent = upload.name;
    upload.item.querySelector("progress").setAttribute("aria-label", upload.name);
    upload.item.querySelector("button").addEventListener("click", () => (isUnderWay(upload) ? drop(upload) : queue(upload)));
  }
  if (!words) return upload.item;
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
  const { limit, tooLarge } = panel().dataset;
  for (const { file, name } of files) {
    const upload = { file, name, stage: "queued", sent: 0, reason: "" };
    uploads.push(upload);
    if (file.size > Number(limit) * 1e6) fail(upload, tooLarge, true);
  }
  showUploads();
  sendNext();
  follow();
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
  if (panel()) tell();
}

// `final` is a failure that sending it again would not mend.
function fail(upload, reason, final = false) {
  Object.assign(upload, { stage: "failed", reason, final });
  paint(upload);
}

function sendNext() {
  const sending = uploads.filter((upload) => upload.stage === "sending").length;
  uploads.filter((upload) => upload.stage === "queued").slice(0, Math.max(0, AT_ONCE - sending)).forEach(send);
}

function send(upload) {
  const request = new XMLHttpRequest(); // fetch does not tell how much was sent
  Object.assign(upload, { stage: "sending", request });
  paint(upload);
  request.upload.onprogress = (event) => {
    upload.sent = event.total ? event.loaded / event.total : 1;
    paint(upload);
  };
  request.onload = () => {
    if (request.status === 202) uploads = uploads.filter((other) => other !== upload);
    else fail(upload, request.responseText, request.status < 500);
    if (request.status === 202) upload.item.remove();
    sendNext();
    follow();
  };
  request.onerror = () => {
    fail(upload, panel()?.dataset.cutOff ?? unreachable());
    sendNext();
    if (panel()) tell();
  };
  request.open("POST", `/documents/upload?${new URLSearchParams({ name: upload.name })}`);
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

// What is dropped anywhere while this view shows is meant for it: the browser must not open it instead.
const isMeant = (event) => document.body.dataset.view === "documents" && event.dataTransfer?.types.includes("Files");

function listenToDrops() {
  document.addEventListener("dragover", (event) => {
    if (!isMeant(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = panel() ? "copy" : "none";
    if (panel()) section.dataset.drop = panel().dataset.drop;
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) delete section.dataset.drop; });
  document.addEventListener("drop", async (event) => {
    if (!isMeant(event)) return;
    event.preventDefault();
    delete section.dataset.drop;
    if (panel()) add(await filesIn(event.dataTransfer));
  });
}

function listen() {
  section.addEventListener("click", (event) => {
    const link = event.target.closest("a.list, a.go");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      if (link.matches(".list")) list(link.href);
      else go(link.getAttribute("href"));
    }
    const button = event.target.closest("button");
    if (button?.matches(".upload")) section.querySelector("input[type=file]").click();
    else if (button?.matches(".clear")) clear();
    else if (button?.matches(".ask")) ask(button.textContent);
    else if (button?.closest("[data-name]")) act(button);
  });
  section.addEventListener("input", (event) => { if (event.target.matches(".filter")) filter(event.target); });
  section.addEventListener("change", (event) => {
    if (event.target.matches("select.encoding")) readAs(event.target);
    if (!event.target.matches("input[type=file]")) return;
    add([...event.target.files].map((file) => ({ file, name: file.name })));
    event.target.value = "";
  });
  listenToDrops();
  addEventListener("beforeunload", (event) => { if (uploads.some(isUnderWay)) event.preventDefault(); });
}

export function show(shown) {
  const first = section === null;
  section = shown;
  if (first) listen();
  section.querySelectorAll("time").forEach(showTime);
  section.scrollTo(0, 0);
  if (!panel()) return;
  if (sessionStorage.getItem(SEEN) === null) sessionStorage.setItem(SEEN, panel().dataset.last);
  state = "";
  showUploads();
  follow();
}
