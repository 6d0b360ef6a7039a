// The edge between chat and source panel: dragged by a pointer or moved by arrow keys; the width is remembered.
const KEPT = "yinju-source-width";
const STEP = 32;
const NARROWEST = 300;
const WIDEST = .7; // of the window

const widest = () => Math.round(innerWidth * WIDEST);

function wear(edge, wanted) {
  const width = Math.max(NARROWEST, Math.min(widest(), Math.round(wanted)));
  document.documentElement.style.setProperty("--source-width", `${width}px`);
  tell(edge, width);
  return width;
}

function tell(edge, width) {
  edge.ariaValueMin = NARROWEST;
  edge.ariaValueMax = widest();
  edge.ariaValueNow = width;
}

const keep = (edge, wanted) => localStorage.setItem(KEPT, wear(edge, wanted));

function drag(edge, event) {
  edge.setPointerCapture(event.pointerId);
  const move = (moved) => keep(edge, innerWidth - moved.clientX);
  edge.addEventListener("pointermove", move);
  edge.addEventListener("lostpointercapture", () => edge.removeEventListener("pointermove", move), { once: true });
}

function reset(edge) {
  localStorage.removeItem(KEPT);
  document.documentElement.style.removeProperty("--source-width");
  tell(edge, Math.round(edge.parentElement.clientWidth));
}

/**
 * Lets the reader widen the panel by its edge; a double click takes the usual width again.
 * @param {HTMLElement} panel - the source panel, which holds the edge
 */
export function listen(panel) {
  const edge = panel.querySelector(".edge");
  const kept = Number(localStorage.getItem(KEPT));
  if (kept) wear(edge, kept); else tell(edge, panel.clientWidth);
  edge.addEventListener("pointerdown", (event) => { event.preventDefault(); edge.focus(); drag(edge, event); });
  edge.addEventListener("dblclick", () => reset(edge));
  edge.addEventListener("keydown", (event) => {
    const width = panel.clientWidth;
    const wanted = { ArrowLeft: width + STEP, ArrowRight: width - STEP, Home: NARROWEST, End: widest() }[event.key];
    if (wanted === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // an arrow elsewhere in the panel steps between citations
    keep(edge, wanted);
  });
}
