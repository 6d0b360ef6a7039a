// The source panel: an a.cite anywhere → GET /source → the panel, scrolled to the mark.
const panel = () => document.getElementById("source");
const sheet = matchMedia("(max-width: 860px)"); // as in page.css
let opened = ""; // the message and marker of the citation in the panel: a growing answer is drawn anew many times a second
let latest = 0;

export const nameOf = (link) => link.getAttribute("href").split("?")[0];
const openers = () => [...document.querySelectorAll("a.cite")].filter((link) => nameOf(link) === opened);

export function markOpener() {
  document.querySelectorAll("a.cite[aria-current]").forEach((link) => nameOf(link) === opened || link.removeAttribute("aria-current"));
  openers().forEach((link) => link.hasAttribute("aria-current") || link.setAttribute("aria-current", "true"));
}

function settle(body) {
  const mark = body.querySelector("mark");
  if (!mark) { body.focus({ preventScroll: true }); return; }
  const covered = body.querySelector("header").offsetHeight;
  const place = mark.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
  body.scrollTop = place - covered - Math.max(24, (body.clientHeight - covered - mark.offsetHeight) / 3);
  mark.focus({ preventScroll: true });
}

async function fetchSource(address) {
  try {
    const response = await fetch("/source?" + address);
    if ((response.headers.get("content-type") || "").startsWith("text/html")) return await response.text();
  } catch (error) { /* told below */ }
  return null;
}

export async function open(link) {
  const section = panel();
  const body = section.querySelector(".body");
  const turn = ++latest;
  opened = nameOf(link);
  markOpener();
  const html = await fetchSource(link.getAttribute("href").split("?").slice(1).join("?"));
  if (turn !== latest) return;
  if (html === null) {
    body.innerHTML = '<p class="notice" role="alert"></p>';
    body.firstChild.textContent = section.dataset.unreachable;
  } else {
    body.innerHTML = html;
  }
  document.body.classList.add("reading");
  settle(body);
}

export function close() {
  if (!document.body.classList.contains("reading")) return;
  document.body.classList.remove("reading");
  openers()[0]?.focus({ preventScroll: true });
}

export function listen() {
  document.addEventListener("click", (event) => {
    const outside = sheet.matches && document.body.classList.contains("reading") && !event.target.closest?.("#source, a.cite");
    if (outside) { event.preventDefault(); event.stopPropagation(); }
    if (outside || event.target.closest?.("#source .close")) close();
  }, true);
}
