// The source panel: an a.cite anywhere → GET /source → the panel, as a page or as text, with what is cited in view.
import { listen as listenToEdge } from "./edge.js";
import { show as showPage } from "./pages.js";
import { notice } from "./parts.js";
import { listen as listenToReader } from "./reader.js";

const panel = () => document.getElementById("source");
const body = () => panel().querySelector(".body");
const sheet = matchMedia("(max-width: 860px)"); // as in page.css
const BUSY_MS = 150; // from then on a wait shows
const WHOLE = ["whole", "raw"]; // the views of all of a document
let shown = { name: "", address: "" }; // the citation in the panel: a growing answer draws its links anew many times a second
let preferred = ""; // the view the reader chose for citations; the server's choice where none
let latest = 0;

/**
 * What a citation is called however often it is drawn; a place that no answer cites is called by all of its address.
 * @param {Element} link
 * @returns {string}
 */
export const nameOf = (link) => {
  const href = link.getAttribute("href");
  return href.startsWith("#src-0-") ? href : href.split("?")[0];
};
const addressOf = (link) => link.getAttribute("href").split("?").slice(1).join("?");
const openers = () => [...document.querySelectorAll("a:is(.cite, .figure)")].filter((link) => nameOf(link) === shown.name);

/**
 * What the citation in the panel is called.
 * @returns {string}
 */
export const shownName = () => shown.name;

/** Marks the links to the citation in the panel, and no others. */
export function markOpener() {
  document.querySelectorAll("a:is(.cite, .figure)[aria-current]").forEach((link) => nameOf(link) === shown.name || link.removeAttribute("aria-current"));
  openers().forEach((link) => link.hasAttribute("aria-current") || link.setAttribute("aria-current", "true"));
}

/**
 * The citations of an answer in the chat: marker → a link to it.
 * @param {number | string} turn
 * @returns {Map<number, HTMLAnchorElement>}
 */
export function citationsOf(turn) {
  const links = [...document.querySelectorAll(`#chat a.cite[href^="#src-${turn}-"]`)];
  const numbered = links.map((link) => [Number(nameOf(link).split("-")[2]), link]);
  return new Map(numbered.sort(([one], [other]) => one - other));
}

const placeOf = (name) => name.split("?")[0].split("-").slice(1).map(Number); // turn and marker

// What else the answer cites of the same document, where it is not kept: marker.start.end of each.
function alsoCited(turn, marker, wanted) {
  return [...citationsOf(turn)].flatMap(([number, link]) => {
    const other = new URLSearchParams(addressOf(link));
    const same = number !== marker && other.get("document") === wanted.get("document");
    return same ? [`${number}.${other.get("start")}.${other.get("end")}`] : [];
  });
}

function requestFor({ name, address }, view, failed) {
  const [turn, marker] = placeOf(name);
  const wanted = new URLSearchParams(address);
  const whole = WHOLE.includes(view);
  const also = whole && turn && !wanted.has("message") ? alsoCited(turn, marker, wanted) : [];
  const more = new URLSearchParams({
    ...(view && { view }), ...(whole && { turn }), ...(also.length && { also: also.join(" ") }), ...(failed && { failed }),
  });
  return `source?${address}${more.size ? `&${more}` : ""}`;
}

async function fetchHtml(address) {
  try {
    const response = await fetch(address);
    if ((response.headers.get("content-type") || "").startsWith("text/html")) return await response.text();
  } catch (error) { /* told by the caller */ }
  return null;
}

function fill(html) {
  const made = document.createElement("template");
  if (html === null) made.content.append(notice(panel().dataset.unreachable));
  else made.innerHTML = html;
  const header = made.content.querySelector("header");
  if (header) header.lang = made.content.firstChild.lang;
  nameIt(header?.querySelector("h2"));
  panel().querySelector(".head").replaceChildren(...(header ? [header] : []));
  body().replaceChildren(made.content);
  body().scrollTo(0, 0);
}

// The title of what is read stands where the panel's own name does while it is empty, so that its head stays low.
function nameIt(title) {
  const name = panel().querySelector(".bar h2");
  name.textContent = name.title = title?.textContent ?? panel().getAttribute("aria-label");
  name.lang = (title?.closest("[lang]") ?? panel()).lang;
  title?.remove();
}

function showSteps() {
  const [turn, marker] = placeOf(shown.name);
  const markers = [...citationsOf(turn).keys()];
  const steps = panel().querySelector(".steps");
  steps.hidden = turn === 0 || markers.length < 2;
  steps.querySelector(".count").textContent = `${markers.indexOf(marker) + 1} / ${markers.length}`;
  steps.querySelector(".back").setAttribute("aria-disabled", String(markers.indexOf(marker) <= 0));
  steps.querySelector(".on").setAttribute("aria-disabled", String(markers.indexOf(marker) === markers.length - 1));
}

function settle(focus) {
  const scroller = body();
  const mark = panel().querySelector("figure.wanted") ?? panel().querySelector("mark:not(.other)");
  if (mark && scroller.contains(mark)) {
    const place = mark.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
    scroller.scrollTop = place - Math.max(24, (scroller.clientHeight - mark.offsetHeight) / 3);
  }
  if (focus) (mark ?? scroller).focus({ preventScroll: true });
}

// The panel takes its place from the view: the link that opened it stays where it was on the screen.
function showPanel() {
  const link = openers().find((one) => !panel().contains(one));
  const before = link?.getBoundingClientRect().top;
  document.body.classList.add("reading");
  const moved = link && link.getBoundingClientRect().top - before;
  if (moved) link.closest(".bubble-wrap, .view")?.scrollBy({ top: moved, behavior: "instant" });
}

async function load(wanted, { view = preferred, failed = false, focus = true } = {}) {
  const turn = ++latest;
  shown = wanted;
  markOpener();
  const busy = setTimeout(() => body().setAttribute("aria-busy", "true"), BUSY_MS);
  const html = await fetchHtml(requestFor(wanted, view, failed));
  clearTimeout(busy);
  if (turn !== latest) return;
  body().removeAttribute("aria-busy");
  fill(html);
  showPanel();
  showSteps();
  settle(focus);
  const leaf = body().querySelector(".leaf");
  if (leaf && !(await showPage(panel(), leaf)) && turn === latest) load(wanted, { failed: true, focus });
}

const chosenView = () => panel().querySelector(".switch [aria-pressed=true]")?.dataset.view;

/**
 * Opens a citation.
 * @param {HTMLAnchorElement} link
 * @param {boolean} [focus] whether the keyboard goes there as well
 */
export function open(link, focus = true) {
  const wanted = { name: nameOf(link), address: addressOf(link) };
  const view = link.matches(".figure") ? "text" : panel().contains(link) ? chosenView() : preferred;
  return load(wanted, { view, focus });
}

/**
 * Opens the answer's citation before (-1) or after (1) the one that shows.
 * @param {number} by
 */
export function step(by) {
  const [turn, marker] = placeOf(shown.name);
  const links = citationsOf(turn);
  const markers = [...links.keys()];
  const link = links.get(markers[markers.indexOf(marker) + by]);
  if (!turn || !link) return;
  link.scrollIntoView({ block: "nearest" });
  const onButton = document.activeElement.closest?.("#source .steps");
  load({ name: nameOf(link), address: addressOf(link) }, { view: chosenView(), focus: !onButton });
}

function choose(view) {
  if (!WHOLE.includes(view)) preferred = view;
  load(shown, { view });
}

// Puts a neighbouring part of the whole text in the place of its button, without moving what is read.
async function loadMore(button) {
  button.disabled = true;
  const html = await fetchHtml(`source/text?${button.dataset.address}`);
  if (!button.isConnected) return;
  button.disabled = false;
  if (html === null) return;
  const made = document.createElement("template");
  made.innerHTML = html;
  const earlier = button.matches(".earlier");
  made.content.querySelector(earlier ? ".more.later" : ".more.earlier")?.remove();
  const anchor = earlier ? button.nextElementSibling : button.previousElementSibling;
  const before = anchor.getBoundingClientRect().top;
  const scroller = body();
  scroller.style.overflowAnchor = "none";
  button.replaceWith(made.content);
  scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  requestAnimationFrame(() => { scroller.style.overflowAnchor = ""; });
  anchor.tabIndex = -1;
  anchor.focus({ preventScroll: true });
}

/** Closes the panel; the link that opened it has the focus then. */
export function close() {
  if (!document.body.classList.contains("reading")) return;
  document.body.classList.remove("reading");
  openers().find((link) => !panel().contains(link))?.focus({ preventScroll: true });
}

function press(target) {
  const button = target.closest("#source button");
  if (!button) {
    const other = target.closest("a") ? null : target.closest("#source mark.other");
    if (other && getSelection().isCollapsed) open(panel().querySelector(`mark.other[data-marker="${other.dataset.marker}"] a.cite`));
  } else if (button.matches(".close")) close();
  else if (button.matches(".steps button")) step(button.matches(".back") ? -1 : 1);
  else if (button.matches(".switch button")) choose(button.dataset.view);
  else if (button.matches(".more")) loadMore(button);
}

/** Makes the panel work. */
export function listen() {
  document.addEventListener("click", (event) => {
    const outside = sheet.matches && document.body.classList.contains("reading") && !event.target.closest?.("#source, a.cite, a.figure, dialog");
    if (outside) { event.preventDefault(); event.stopPropagation(); close(); }
    else if (event.target.closest?.("#source")) press(event.target);
  }, true);
  document.addEventListener("error", (event) => event.target.closest?.(".figure")?.classList.add("without"), true);
  listenToEdge(panel());
  listenToReader({ open, step, nameOf, shownName, citationsOf, beside: () => !sheet.matches && document.body.classList.contains("reading") });
}
