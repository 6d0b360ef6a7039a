// What several rooms show: what is made from the frame's templates, notices, and times as the reader's own clock and
// language have them.

/**
 * A new element from a template of the frame (templates/made.html).
 * @param {string} name
 * @returns {HTMLElement}
 */
export function made(name) {
  return document.getElementById(`made-${name}`).content.firstElementChild.cloneNode(true);
}

/**
 * A notice in place of what cannot be shown.
 * @param {string} words
 * @returns {HTMLElement}
 */
export function notice(words) {
  const shown = made("notice");
  shown.textContent = words;
  return shown;
}

/**
 * What is said where the server does not respond.
 * @returns {string}
 */
export const unreachable = () => document.getElementById("top").dataset.unreachable;

/**
 * Whether a click asks for no new tab or window.
 * @param {MouseEvent} event
 * @returns {boolean}
 */
export const isPlain = (event) => !event.ctrlKey && !event.metaKey && !event.shiftKey;

/**
 * Whether one writes in an element.
 * @param {EventTarget} target
 * @returns {boolean}
 */
export const isField = (target) => Boolean(target.matches?.("input, textarea, select, [contenteditable]"));

const isToday = (when) => when.toDateString() === new Date().toDateString();

/**
 * Says every time in a place in words; a brief one has only the hour or only the day.
 * @param {Element} place
 * @param {{ brief?: boolean }} [how]
 */
export function fillTimes(place, { brief = false } = {}) {
  for (const time of place.querySelectorAll("time")) {
    const when = new Date(Number(time.dataset.seconds) * 1000);
    const style = { ...(!(brief && isToday(when)) && { dateStyle: "medium" }), ...(!(brief && !isToday(when)) && { timeStyle: "short" }) };
    time.dateTime = when.toISOString();
    time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(when);
  }
}

/**
 * Why a request was refused, in words.
 * @param {Response} response
 * @returns {Promise<string>}
 */
export async function wordsOf(response) {
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return isJson ? (await response.json()).error.message : response.text();
}

/**
 * The text at an address of this page; null where it does not come.
 * @param {string} address
 * @returns {Promise<string | null>}
 */
export async function fetchText(address) {
  const response = await fetch(address).catch(() => null);
  return response?.ok ? response.text() : null;
}

/**
 * Fills a place anew with HTML of the server's; what had the focus in it has it again, else the view around it.
 * @param {HTMLElement} place
 * @param {string} html
 */
export function redraw(place, html) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const owner = held?.closest("[data-change], [data-name], th");
  const key = owner && (owner.dataset.change ? `[data-change="${owner.dataset.change}"]`
    : owner.dataset.name ? `[data-name="${CSS.escape(owner.dataset.name)}"]` : `th.${owner.className}`);
  place.innerHTML = html;
  fillTimes(place);
  if (!held) return;
  const again = key && place.querySelector(`${key} ${held.localName}.${held.classList[0]}`);
  (again || place.closest("[tabindex]"))?.focus({ preventScroll: true });
}
