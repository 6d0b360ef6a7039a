// The page of a PDF in the source panel: GET /source/page → its image with boxes, turned and enlarged by the pager.
const ZOOMS = [.5, .75, 1, 1.25, 1.5, 2, 3, 4];
const STEP = 200; // widths of images are multiples of it, in pixels, so that the browser's cache knows them
const WIDEST = 3600; // as in pages.py
const FINENESS = 2; // image pixels to one of the screen's at least: small type is easier to read
let zoom = 1;
let panel = null;
let asked = 0;

const leafOf = () => panel.querySelector(".leaf");
const button = (kind) => panel.querySelector(`.pager .${kind}`);

function width(leaf) {
  return Math.min(WIDEST, Math.ceil((leaf.parentElement.clientWidth * zoom * Math.max(FINENESS, devicePixelRatio)) / STEP) * STEP);
}

function wearZoom(leaf) {
  leaf.style.setProperty("--zoom", zoom);
  button("smaller").setAttribute("aria-disabled", String(zoom === ZOOMS[0]));
  button("larger").setAttribute("aria-disabled", String(zoom === ZOOMS.at(-1)));
  button("fit").setAttribute("aria-pressed", String(zoom === 1));
}

function bringIntoView(leaf) {
  const body = panel.querySelector(".body");
  const target = leaf.querySelector(".box");
  if (!target) { body.scrollTop = 0; return; }
  const outer = body.getBoundingClientRect(), inner = target.getBoundingClientRect();
  body.scrollTop += inner.top - outer.top - Math.max(24, (body.clientHeight - inner.height) / 3);
  body.scrollLeft += inner.left - outer.left - Math.max(16, (body.clientWidth - inner.width) / 2);
}

// Whether the page could be shown; without a number, the page on which what is cited begins.
async function turnTo(leaf, number) {
  const turn = ++asked;
  const more = new URLSearchParams({ width: width(leaf), ...(number && { page: number }) });
  leaf.setAttribute("aria-busy", "true");
  const response = await fetch(`/source/page?${leaf.dataset.address}&${more}`).catch(() => null);
  const html = response?.ok ? await response.text() : null;
  if (turn !== asked || !leaf.isConnected) return true;
  leaf.removeAttribute("aria-busy");
  leaf.innerHTML = html ?? "";
  const figure = leaf.querySelector("figure");
  if (!figure) return false;
  const { page, pages, where } = figure.dataset;
  button("where").textContent = where;
  button("previous").setAttribute("aria-disabled", String(Number(page) <= 1));
  button("next").setAttribute("aria-disabled", String(Number(page) >= Number(pages)));
  bringIntoView(leaf);
  const drawn = await figure.querySelector("img").decode().then(() => true, () => false);
  return drawn || turn !== asked || !leaf.isConnected;
}

const middleOf = ({ left, right, top, bottom }) => [(left + right) / 2, (top + bottom) / 2];

// The point that stays where it is when the page grows: the middle of the first box, or of what shows where none does.
function heldPoint(leaf, outer) {
  const inner = leaf.querySelector(".box")?.getBoundingClientRect();
  const shows = inner && inner.bottom > outer.top && inner.top < outer.bottom && inner.right > outer.left && inner.left < outer.right;
  return middleOf(shows ? inner : outer);
}

// Enlarges or shrinks the page; a sharper image follows where one is needed.
function enlarge(leaf, wanted) {
  const body = panel.querySelector(".body"), figure = leaf.querySelector("figure");
  const [x, y] = heldPoint(leaf, body.getBoundingClientRect());
  const before = figure.getBoundingClientRect();
  zoom = wanted;
  wearZoom(leaf);
  const after = figure.getBoundingClientRect();
  body.scrollLeft += after.left - x + ((x - before.left) * after.width) / before.width;
  body.scrollTop += after.top - y + ((y - before.top) * after.height) / before.height;
  sharpen(leaf, figure.querySelector("img"));
}

function sharpen(leaf, image) {
  const address = new URL(image.src);
  if (width(leaf) <= Number(address.searchParams.get("width"))) return;
  address.searchParams.set("width", width(leaf));
  const sharper = new Image();
  sharper.src = address;
  sharper.decode().then(() => { if (image.isConnected) image.src = sharper.src; }, () => {});
}

const nextZoom = (by) => ZOOMS[Math.min(ZOOMS.length - 1, Math.max(0, ZOOMS.indexOf(zoom) + by))];

function press(target) {
  const leaf = leafOf();
  const pressed = leaf?.querySelector("figure") && target.closest("#source :is(.pager button, .goes-on)");
  if (!pressed || pressed.getAttribute("aria-disabled") === "true") return;
  const page = Number(leaf.querySelector("figure").dataset.page);
  if (pressed.matches(".goes-on")) turnTo(leaf, Number(pressed.dataset.page));
  else if (pressed.matches(".previous, .next")) turnTo(leaf, page + (pressed.matches(".next") ? 1 : -1));
  else enlarge(leaf, pressed.matches(".fit") ? 1 : nextZoom(pressed.matches(".larger") ? 1 : -1));
}

function listen() {
  document.addEventListener("click", (event) => press(event.target));
  panel.addEventListener("keydown", (event) => {
    const by = { "+": 1, "=": 1, "-": -1 }[event.key];
    const leaf = leafOf();
    if (!leaf?.querySelector("figure") || event.ctrlKey || event.metaKey || event.altKey || !(by || event.key === "0")) return;
    event.preventDefault();
    enlarge(leaf, by ? nextZoom(by) : 1);
  });
}

/**
 * Shows the page that a leaf in the panel is for.
 * @param {HTMLElement} section the panel
 * @param {HTMLElement} leaf
 * @returns {Promise<boolean>} whether that could be done
 */
export function show(section, leaf) {
  if (!panel) { panel = section; listen(); }
  zoom = 1;
  wearZoom(leaf);
  return turnTo(leaf);
}
