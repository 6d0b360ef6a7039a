// Where the next question is asked: the documents, folders and tags that are chosen, as chips above the question box, and
// in a hidden box that goes to Gradio with each question. Who has documents to ask about says so by "ask-about".
import { act, say, shownChat } from "./chat.js";
import { unreachable } from "./parts.js";
import { go } from "./views.js";

const KINDS = ["tags", "folders", "documents"];
const KEPT = "yinju-scope"; // what this tab has chosen, and in which chat, for when the page is loaded anew
let chosen = {}; // kind → what of it is chosen; kinds of which nothing is are left out
let latest = 0;
let nowhere = null; // the last answer's button that says there was nothing to look in

const bar = () => document.getElementById("asked-in");
const chatInAddress = () => new URLSearchParams(location.search).get("chat") ?? "";
const valueOf = (element) => decodeURIComponent(element.dataset.value);

/**
 * Whether something is chosen.
 * @param {HTMLElement} option an option or a chip
 * @returns {boolean}
 */
export const isChosen = (option) => Boolean(chosen[option.dataset.kind]?.includes(valueOf(option)));

/**
 * Chooses something, or takes that back where it is chosen already.
 * @param {HTMLElement} option an option or a chip
 * @returns {Promise<void>}
 */
export function toggle(option) {
  const { kind } = option.dataset, value = valueOf(option), others = (chosen[kind] ?? []).filter((one) => one !== value);
  return choose({ ...chosen, [kind]: isChosen(option) ? others : [...others, value] });
}

/**
 * Has the next question asked there and nowhere else.
 * @param {{ tags?: string[], folders?: string[], documents?: string[] }} words nothing for all documents
 * @returns {Promise<void>} when the chips show it
 */
export async function choose(words) {
  chosen = Object.fromEntries(KINDS.filter((kind) => words[kind]?.length).map((kind) => [kind, [...words[kind]]]));
  document.body.toggleAttribute("data-scoped", KINDS.some((kind) => chosen[kind]));
  sessionStorage.setItem(KEPT, JSON.stringify({ chat: chatInAddress(), words: chosen }));
  write();
  await draw();
}

// Gradio has the hidden box only once it has drawn the page, and may draw it anew.
function write() {
  const box = document.querySelector("#scope textarea, #scope input");
  const text = KINDS.some((kind) => chosen[kind]) ? JSON.stringify(chosen) : "";
  if (!box || box.value === text) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function draw() {
  const turn = ++latest;
  const response = await fetch("scope", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(chosen),
  }).catch(() => null);
  if (turn !== latest) return;
  if (!response) { say(unreachable()); return; }
  const held = bar().contains(document.activeElement) ? [...bar().querySelectorAll(".drop")].indexOf(document.activeElement) : null;
  bar().innerHTML = await response.text();
  if (held !== null) ([...bar().querySelectorAll(".drop")].at(Math.max(0, held - 1)) ?? bar().querySelector(".pick")).focus();
  document.dispatchEvent(new Event("scope-change"));
}

// The bar stands above the question box, which Gradio draws. Where there was nothing to look in, what is chosen went since
// its chips were drawn.
function settle() {
  const box = document.getElementById("box");
  if (box && box.previousElementSibling !== bar()) {
    box.before(bar());
    bar().hidden = false;
  }
  const before = nowhere;
  nowhere = document.querySelector("#chat a.everywhere");
  if (nowhere && nowhere !== before) draw();
  write();
}

/**
 * Goes to the chat that shows, to ask there about some documents, at once where there is a question.
 * @param {{ documents: string[], question?: string }} wanted
 */
async function askAbout({ documents, question }) {
  const chat = shownChat();
  document.body.classList.remove("reading");
  await go(chat ? `?${new URLSearchParams({ chat })}` : "./");
  const shown = choose({ documents });
  if (question) act({ do: "ask", question });
  else document.querySelector("#box textarea")?.focus();
  await shown;
}

// A chat that is opened is asked where it was asked last.
async function follow(chat) {
  const response = chat ? await fetch(`scope?${new URLSearchParams({ chat })}`).catch(() => null) : null;
  if (chat === chatInAddress()) choose(response?.ok ? await response.json() : {});
}

function begin() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  if (kept && kept.chat === chatInAddress()) choose(kept.words);
  else follow(chatInAddress());
}

/** Makes the bar work, and every button that asks about documents. */
export function listen() {
  bar().addEventListener("click", (event) => {
    if (event.target.matches(".drop")) toggle(event.target.closest(".chip"));
    else if (event.target.matches(".all")) choose({});
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button.ask-about");
    if (button) askAbout({ documents: [decodeURIComponent(button.dataset.document)] });
  });
  document.addEventListener("ask-about", (event) => askAbout(event.detail));
  document.addEventListener("ask-everywhere", () => choose({}));
  document.addEventListener("open-chat", (event) => follow(event.detail));
  document.addEventListener("documents-change", draw);
  document.addEventListener("documents-moved", ({ detail }) => {
    choose({ ...chosen, documents: chosen.documents?.map((name) => detail[name] ?? name) });
  });
  new MutationObserver(settle).observe(document.querySelector("gradio-app"), { childList: true, subtree: true });
  settle();
  begin();
}
