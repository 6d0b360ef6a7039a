// The page of a PDF in the source panel: GET /source/page → its image with boxes, turned and enlarged by the pager.
const ZOOMS = [.5, .75, 1, 1.25, 1.5, 2, 3, 4]; // what the buttons go through
const READABLE = 12; // pixels of the screen: how large what is cited is when a page opens
const STEP = 200; // widths of images are multiples of it, in pixels, so that the browser's cache knows them
const WIDEST = 3600; // as in pages.py
const FINENESS = 2; // image pixels to one of the screen's where a page fits: small type is easier to read
const PAUSE_MS = 150; // after a change of size, until a sharper image is asked for
let zoom = 1;
let panel = null;
let asked = 0;
let sharpening = 0;

const leafOf = () => panel.querySelector(".leaf");
const button = (kind) => panel.querySelector(`.pager .${kind}`);

function width(leaf) {
  const fineness = Math.max(FINENESS / Math.sqrt(zoom), devicePixelRatio);
  return Math.min(WIDEST, Math.ceil((leaf.parentElement.clientWidth * zoom * fineness) / STEP) * STEP);
}

const within = (wanted) => Math.max(ZOOMS[0], Math.min(ZOOMS.at(-1), wanted));

// How far a page that fits is enlarged for what is cited on it to be readable: by the size of its characters.
function readableZoom(leaf, figure) {
  const image = figure.querySelector("img");
  const scale = leaf.parentElement.clientWidth / Number(image.getAttribute("width")) / 100;
  const sizes = [...figure.querySelectorAll(".box")].map(({ style }) => scale * Math.min(
    parseFloat(style.width) * Number(image.getAttribute("width")), parseFloat(style.height) * Number(image.getAttribute("height")),
  ));
  const usual = sizes.sort((one, other) => one - other)[sizes.length >> 1];
  return usual ? Math.max(1, within(Math.round((20 * READABLE) / usual) / 20)) : 1;
}

function wearZoom(leaf) {
  leaf.style.setProperty("--zoom", zoom);
  button("smaller").setAttribute("aria-disabled", String(zoom <= ZOOMS[0]));
  button("larger").setAttribute("aria-disabled", String(zoom >= ZOOMS.at(-1)));
  button("fit").setAttribute("aria-pressed", String(zoom === 1));
}

// The first line that is cited, at a third of the height; across, all of what is cited where there is room for it.
function bringIntoView(leaf) {
  const body = panel.querySelector(".body");
  const boxes = [...leaf.querySelectorAll(".box")].map((box) => box.getBoundingClientRect());
  if (!boxes.length) { body.scrollTop = 0; return; }
  const outer = body.getBoundingClientRect(), [first] = boxes;
  const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
  const fits = right - left <= body.clientWidth - 32;
  body.scrollTop += first.top - outer.top - Math.max(24, (body.clientHeight - first.height) / 3);
  body.scrollLeft += fits ? (left + right) / 2 - outer.left - body.clientWidth / 2 : first.left - outer.left - 16;
}

// Whether the page could be shown; without a number, the page on which what is cited begins.
async function turnTo(leaf, number) {
  const turn = ++asked;
  const more = new URLSearchParams({ width: width(leaf), ...(number && { page: number }) });
  leaf.setAttribute("aria-busy", "true");
  const response = await fetch(`source/page?${leaf.dataset.address}&${more}`).catch(() => null);
  const html = response?.ok ? await response.text() : null;
  if (turn !== asked || !leaf.isConnected) return true;
  leaf.removeAttribute("aria-busy");
  const made = document.createElement("template");
  made.innerHTML = html ?? "";
  const figure = made.content.querySelector("figure");
  if (figure && !number) {
    zoom = readableZoom(leaf, figure);
    wearZoom(leaf);
    widen(leaf, figure.querySelector("img"));
  }
  leaf.replaceChildren(made.content);
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

// Enlarges or shrinks the page, a point of the screen staying on it; a sharper image follows where one is needed.
function enlarge(leaf, wanted, held) {
  const body = panel.querySelector(".body"), figure = leaf.querySelector("figure");
  const [x, y] = held ?? heldPoint(leaf, body.getBoundingClientRect());
  const before = figure.getBoundingClientRect();
  zoom = within(wanted);
  wearZoom(leaf);
  const after = figure.getBoundingClientRect();
  body.scrollLeft += after.left - x + ((x - before.left) * after.width) / before.width;
  body.scrollTop += after.top - y + ((y - before.top) * after.height) / before.height;
  sharpen();
}

// Has an image that is not in the page yet, or not any more, as wide as the leaf wants it; whether that is wider.
function widen(leaf, image) {
  const address = new URL(image.getAttribute("src"), location.href);
  if (width(leaf) <= Number(address.searchParams.get("width"))) return false;
  address.searchParams.set("width", width(leaf));
  image.setAttribute("src", address);
  return true;
}

function sharpen() {
  clearTimeout(sharpening);
  sharpening = setTimeout(() => {
    const leaf = leafOf(), image = leaf?.querySelector("figure img");
    const sharper = image?.cloneNode();
    if (sharper && widen(leaf, sharper)) sharper.decode().then(() => { if (image.isConnected) image.src = sharper.src; }, () => {});
  }, PAUSE_MS);
}

const nextZoom = (by) => (by > 0 ? ZOOMS.find((one) => one > zoom + .01) : ZOOMS.findLast((one) => one < zoom - .01)) ?? zoom;

// Two fingers, or the wheel with Ctrl as a touchpad's fingers have it, enlarge the page around the place they are at.
let spread = 0; // how far apart the fingers are where a page fits
function pinch(event) {
  const leaf = leafOf();
  if (event.touches?.length !== 2 || !leaf?.querySelector("figure")?.contains(event.target)) return;
  const [one, other] = event.touches;
  const apart = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  if (event.type === "touchstart") spread = apart / zoom;
  else enlarge(leaf, apart / spread, [(one.clientX + other.clientX) / 2, (one.clientY + other.clientY) / 2]);
  event.preventDefault();
}

function turnWheel(event) {
  const leaf = leafOf();
  if (!event.ctrlKey || !leaf?.querySelector("figure")?.contains(event.target)) return;
  event.preventDefault();
  enlarge(leaf, zoom * Math.exp(-event.deltaY / 100), [event.clientX, event.clientY]);
}

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
  const body = panel.querySelector(".body");
  document.addEventListener("click", (event) => press(event.target));
  body.addEventListener("touchstart", pinch, { passive: false });
  body.addEventListener("touchmove", pinch, { passive: false });
  body.addEventListener("wheel", turnWheel, { passive: false });
  new ResizeObserver(sharpen).observe(body);
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
