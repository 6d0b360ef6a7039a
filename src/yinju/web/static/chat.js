// The chat: what its links do, told to Gradio through a hidden box (page.py's `act`) or to our own routes; the chat's id
// in the address. Also: Enter while an input method is composing never sends.
import { giveNames } from "./names.js";
import { unreachable } from "./parts.js";
import { markOpener, nameOf, open as openSource } from "./source.js";
import { go } from "./views.js";

const OURS = "a:is(.cite, .figure, .retry, .undo, .act, .suggestion, .guide, .everywhere)";
const judged = new Map(); // message → what was said of it here; the chat is drawn anew with what was said before
const NEAR = 10; // pixels between press and release that are no drawing
let pressed = null; // the spot of the link under a pointer that is down, and where that is
let focused = null; // the spot of the link that has the keyboard
let told = 0;
let named = ""; // the chat that the address was last made to name

/**
 * Tells Gradio what to do; the number makes two equal wishes different.
 * @param {object} wish as _Listeners.act of page.py takes it
 */
export function act(wish) {
  const box = document.querySelector("#act textarea, #act input");
  const scope = document.querySelector("#scope textarea, #scope input").value; // as scope.js has it
  box.value = JSON.stringify({ scope, ...wish, number: ++told });
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Shows a short note for a while.
 * @param {string} words
 */
export function say(words) {
  const toast = document.getElementById("toast");
  toast.textContent = words;
  toast.classList.add("shown");
  setTimeout(() => toast.classList.remove("shown"), 2500);
}

/**
 * Opens one of the dialogs in the frame.
 * @param {string} id
 * @param {string} [written]
 * @returns {Promise<string | null>} what was written in it when it was confirmed, else null
 */
export function askFor(id, written = "") {
  const dialog = document.getElementById(id);
  const field = dialog.querySelector("textarea, input");
  const opener = document.activeElement;
  if (field) field.value = written;
  dialog.returnValue = "";
  dialog.showModal();
  field?.select();
  return new Promise((done) => dialog.addEventListener("close", () => {
    opener?.isConnected && opener.focus({ preventScroll: true });
    done(dialog.returnValue === "yes" ? field?.value ?? "" : null);
  }, { once: true }));
}

// A link by its name, words and number among such, by which it is told however often its message is drawn anew.
const isAlike = (one, other) => nameOf(one) === nameOf(other) && one.textContent === other.textContent;
const alike = (link) => [...document.querySelectorAll(OURS)].filter((other) => isAlike(link, other));
const spotOf = (link) => link && { link, number: alike(link).indexOf(link) };
const drawnAt = ({ link, number }) => (link.isConnected ? link : alike(link)[number]);

const targetOf = (link) => {
  const [name, message = ""] = link.getAttribute("href").slice(1).split("?");
  return { turn: Number(name.split("-")[1]), message };
};

/**
 * Puts a text into the clipboard, and says so.
 * @param {string} text
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) { // not a secure address, or not allowed
    const held = Object.assign(document.createElement("textarea"), { value: text });
    (document.querySelector("dialog[open]") ?? document.body).append(held);
    held.select();
    document.execCommand("copy");
    held.remove();
  }
  say(document.getElementById("toast").dataset.copied);
}

async function copy(link) {
  const { message } = targetOf(link);
  const shown = link.closest(".message").querySelector(".answer, .refusal")?.innerText ?? "";
  const response = message ? await fetch(`answer.md?message=${message}`) : null;
  await copyText(response?.ok ? await response.text() : shown);
}

async function edit(link) {
  const asked = [...document.querySelectorAll("#chat a.edit")];
  document.getElementById("edit-note").hidden = asked.indexOf(link) === asked.length - 1;
  const question = link.closest(".message").querySelector(".question").innerText;
  const written = await askFor("edit", question);
  if (written?.trim()) act({ do: "edit", turn: targetOf(link).turn, question: written });
}

async function judge(link) {
  const { message } = targetOf(link);
  const verdict = link.matches(".up") ? "up" : "down";
  const said = link.getAttribute("aria-pressed") === "true" ? "" : verdict;
  if (!(await sendJudgement(message, said, ""))) return;
  judged.set(message, said);
  markJudged();
  const reason = said ? await askFor("reason") : null;
  if (reason?.trim()) await sendJudgement(message, said, reason);
}

async function sendJudgement(message, said, reason) {
  const response = await fetch("judge", {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ message, said, reason }),
  }).catch(() => null);
  if (!response?.ok) say(unreachable());
  return response?.ok;
}

function markJudged() {
  document.querySelectorAll("#chat a:is(.up, .down)").forEach((link) => {
    const said = judged.get(targetOf(link).message);
    const state = String(said === undefined ? link.matches(".said") : said === (link.matches(".up") ? "up" : "down"));
    if (link.getAttribute("aria-pressed") !== state) link.setAttribute("aria-pressed", state);
  });
}

function follow(link) {
  if (link.matches(".cite, .figure")) openSource(link);
  else if (link.matches(".suggestion")) act({ do: "ask", question: link.textContent });
  else if (link.matches(".guide")) go(link.getAttribute("href"));
  else if (link.matches(".undo")) act({ do: "undo" });
  else if (link.matches(".retry, .again")) act({ do: "again" });
  else if (link.matches(".earlier, .later")) act({ do: "show", message: targetOf(link).message });
  else if (link.matches(".everywhere")) { document.dispatchEvent(new Event("ask-everywhere")); act({ do: "everywhere" }); }
  else if (link.matches(".copy")) copy(link);
  else if (link.matches(".edit")) edit(link);
  else if (link.matches(".up, .down")) judge(link);
}

/**
 * The id of the chat that shows, "" for one that is not kept.
 * @returns {string}
 */
export const shownChat = () => document.querySelector("#chat .kept")?.id.replace("chat-", "") ?? "";

// Once another chat shows, the address names it; until then it names the one that was asked for.
function keepAddress() {
  const id = shownChat();
  if (id === named) return;
  named = id;
  const address = new URL(location.href);
  if (!id || address.searchParams.get("chat") === id) return;
  address.searchParams.set("chat", id);
  history.replaceState(history.state, "", address);
}

// The question box is ready to type in where that calls up no keyboard on the screen, with what was written in it before
// the page changed its language.
function welcome(box) {
  const draft = sessionStorage.getItem("yinju-draft");
  sessionStorage.removeItem("yinju-draft");
  if (draft) { box.value = draft; box.dispatchEvent(new Event("input", { bubbles: true })); }
  if (!matchMedia("(max-width: 860px)").matches) box.focus();
}

/** Makes the chat work. */
export function listen() {
  // A link that is drawn anew or moves between press and release gets no click: the release follows what was pressed.
  document.addEventListener("pointerdown", (event) => {
    focused = null;
    const spot = spotOf(event.target.closest?.(OURS));
    pressed = spot && { ...spot, x: event.clientX, y: event.clientY };
  }, true);

  document.addEventListener("pointercancel", () => { pressed = null; }, true);

  document.addEventListener("pointerup", (event) => {
    const before = pressed;
    pressed = null;
    if (!before || event.button !== 0 || Math.hypot(event.clientX - before.x, event.clientY - before.y) > NEAR) return;
    if (before.link.contains(event.target)) return; // its click comes
    const link = drawnAt(before) ?? (before.link.matches(".cite, .figure") && before.link);
    if (link) follow(link);
  }, true);

  document.addEventListener("focusin", (event) => { focused = spotOf(event.target.closest?.(OURS)); });

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(OURS);
    if (!link) return;
    event.preventDefault();
    event.stopPropagation();
    follow(link);
  }, true);

  // A blank box asks nothing: neither its Enter nor its button reach Gradio.
  const blank = () => !document.querySelector("#box textarea").value.trim();
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("#box .submit-button") || !blank()) return;
    event.stopPropagation();
    document.querySelector("#box textarea").focus();
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches?.("#box textarea") && blank()) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    if (event.key === " " && event.target.matches?.(`#chat ${OURS}[role="button"]`)) { event.preventDefault(); follow(event.target); }
  }, true);

  let ready = false;
  const settle = () => {
    keepAddress();
    const lost = focused && !focused.link.isConnected && document.activeElement === document.body;
    if (lost) drawnAt(focused)?.focus({ preventScroll: true });
    markOpener();
    markJudged();
    const box = ready ? null : document.querySelector("#box textarea:not(:disabled)");
    if (box) { welcome(box); ready = true; }
    giveNames();
  };
  new MutationObserver(settle).observe(document.querySelector("gradio-app") ?? document.body, {
    childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "disabled"],
  });
  settle();
}
