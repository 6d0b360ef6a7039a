// The edge between chat and source panel: dragged by a pointer or moved by arrow keys; the width is remembered.
const KEPT = "yinju-source-width";
const STEP = 32;
const NARROWEST = 300;
const WIDEST = .7; // of the window

const widest = () => Math.round(innerWidth * WIDEST);

function keep(wanted) {
  const width = Math.max(NARROWEST, Math.min(widest(), Math.round(wanted)));
  document.documentElement.style.setProperty("--source-width", `${width}px`);
  localStorage.setItem(KEPT, width);
}

function drag(edge, event) {
  edge.setPointerCapture(event.pointerId);
  const move = (moved) => keep(innerWidth - moved.clientX);
  edge.addEventListener("pointermove", move);
  edge.addEventListener("lostpointercapture", () => edge.removeEventListener("pointermove", move), { once: true });
}

function reset() {
  localStorage.removeItem(KEPT);
  document.documentElement.style.removeProperty("--source-width");
}

// What the edge says of itself: how wide the panel is, and how wide it can be.
function tell(edge, width) {
  Object.assign(edge, { ariaValueMin: NARROWEST, ariaValueMax: widest(), ariaValueNow: Math.round(width) });
}

/**
 * Lets the reader widen the panel by its edge; a double click takes the usual width again.
 * @param {HTMLElement} panel - the source panel, which holds the edge
 */
export function listen(panel) {
  const edge = panel.querySelector(".edge");
  const kept = Number(localStorage.getItem(KEPT));
  if (kept) keep(kept);
  new ResizeObserver(() => tell(edge, panel.offsetWidth)).observe(panel);
  edge.addEventListener("pointerdown", (event) => { event.preventDefault(); edge.focus(); drag(edge, event); });
  edge.addEventListener("dblclick", reset);
  edge.addEventListener("keydown", (event) => {
    const width = panel.offsetWidth;
    const wanted = { ArrowLeft: width + STEP, ArrowRight: width - STEP, Home: NARROWEST, End: widest() }[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // an arrow elsewhere in the panel steps between citations
    keep(wanted);
  });
}
