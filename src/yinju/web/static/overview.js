// The view overview: times in the reader's own words, and the map: tips, arrow keys, documents highlighted, names apart.
import { fetchText, fillTimes, notice } from "./parts.js";

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
let watching = null; // the observer of the map that shows

const centreOf = (element) => {
  const box = element.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
};

// The point of the map that lies nearest in a direction; what lies aside counts as twice as far.
function neighbour(points, from, [right, down]) {
  const [x, y] = centreOf(from);
  let found = null, least = Infinity;
  for (const point of points) {
    const [toX, toY] = centreOf(point);
    const along = (toX - x) * right + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * right);
    if (point !== from && along > 0.5 && along + 2 * aside < least) [found, least] = [point, along + 2 * aside];
  }
  return found;
}

function showTip(plane, point) {
  const tip = plane.querySelector(".tip");
  tip.hidden = !point;
  if (!point) return;
  const title = Object.assign(document.createElement("b"), { textContent: point.parentElement.getAttribute("aria-label") });
  tip.replaceChildren(title, point.getAttribute("aria-label"));
  const around = plane.getBoundingClientRect(), [x, y] = centreOf(point);
  const left = Math.min(Math.max(x - around.x - tip.offsetWidth / 2, 0), around.width - tip.offsetWidth);
  const above = y - around.y - tip.offsetHeight - 14;
  tip.style.left = `${left}px`;
  tip.style.top = `${above < 0 ? y - around.y + 14 : above}px`;
}

// Keeps names within the map, and hides those that would lie over one before them; where documents are chosen, those of
// the others.
function spreadNames(svg) {
  const kept = [], whole = svg.parentElement.getBoundingClientRect();
  svg.querySelectorAll(".names text").forEach((name) => {
    name.removeAttribute("dx");
    const free = name.getBoundingClientRect();
    const inwards = Math.max(whole.left + 4 - free.left, 0) - Math.max(free.right - whole.right + 4, 0);
    name.setAttribute("dx", inwards);
    const box = name.getBoundingClientRect();
    const other = svg.classList.contains("chosen") && !name.classList.contains("chosen");
    const covered = kept.some((one) => box.left < one.right && one.left < box.right && box.top < one.bottom && one.top < box.bottom);
    name.classList.toggle("apart", other || covered);
    if (!other && !covered) kept.push(box);
  });
}

function choose(drawing, button) {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  const svg = drawing.querySelector(".atlas");
  svg.querySelectorAll(`[data-place="${button.dataset.place}"]`).forEach((part) => part.classList.toggle("chosen", on));
  svg.classList.toggle("chosen", svg.querySelector(".document.chosen") !== null);
  spreadNames(svg);
}

function listen(drawing) {
  const plane = drawing.querySelector(".plane"), svg = drawing.querySelector(".atlas");
  const points = [...svg.querySelectorAll(".point")];
  const pointAt = (event) => event.target.closest(".point");
  points[0]?.setAttribute("tabindex", "0");
  plane.addEventListener("pointerover", (event) => showTip(plane, pointAt(event)));
  plane.addEventListener("pointerleave", () => showTip(plane, null));
  plane.addEventListener("focusin", (event) => {
    const point = pointAt(event);
    svg.querySelector('.point[tabindex="0"]')?.setAttribute("tabindex", "-1");
    point?.setAttribute("tabindex", "0");
    showTip(plane, point?.matches(":focus-visible") ? point : null);
  });
  plane.addEventListener("focusout", () => showTip(plane, null));
  plane.addEventListener("keydown", (event) => {
    const from = pointAt(event), towards = ARROWS[event.key];
    const next = from && towards ? neighbour(points, from, towards) : { Home: points[0], End: points.at(-1) }[event.key];
    if (from && (towards || next)) event.preventDefault();
    if (from && next) next.focus({ preventScroll: true });
  });
  drawing.querySelector(".legend").addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) choose(drawing, button);
  });
  watching?.disconnect();
  watching = new ResizeObserver(() => spreadNames(svg));
  watching.observe(svg);
}

async function draw(drawing) {
  const html = await fetchText(drawing.dataset.address);
  if (!drawing.isConnected) return;
  drawing.removeAttribute("aria-busy");
  if (html === null) {
    drawing.replaceChildren(notice(drawing.dataset.failed));
    return;
  }
  drawing.innerHTML = html;
  listen(drawing);
}

/**
 * Makes the view work once it is filled, and draws the map.
 * @param {HTMLElement} section
 * @returns {Promise<void>}
 */
export function show(section) {
  fillTimes(section);
  return draw(section.querySelector(".drawing"));
}
