// The views beside the chat: which one the address names, and how to go to another without loading the page anew.
import { notice, unreachable } from "./parts.js";

const shown = new Map(); // view → its module, once it was opened

const sectionOf = (view) => document.getElementById(`view-${view}`);

function viewInAddress() {
  const named = new URLSearchParams(location.search).get("view");
  return /^\w+$/.test(named) && sectionOf(named) ? named : "chat";
}

async function moduleOf(view) {
  if (!shown.has(view)) {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `/ui/${view}.css`;
    const ready = new Promise((done) => { style.onload = style.onerror = done; });
    document.head.append(style);
    const [module] = await Promise.all([import(`/ui/${view}.js`), ready]);
    shown.set(view, module);
  }
  return shown.get(view);
}

/**
 * Shows the view that the address names. What a view holds is asked for anew each time, so that it is never stale.
 * @returns {Promise<void>}
 */
export async function showView() {
  const view = viewInAddress();
  document.body.dataset.view = view;
  document.querySelectorAll("#top .view-link").forEach((link) => {
    if (link.classList.contains(view)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  document.querySelectorAll("section.view").forEach((section) => { section.hidden = section.id !== `view-${view}`; });
  if (view === "chat") return;
  const section = sectionOf(view);
  section.setAttribute("aria-busy", "true");
  try {
    const [response, module] = await Promise.all([fetch(`view/${view}${location.search}`), moduleOf(view)]);
    if (viewInAddress() !== view) return;
    section.innerHTML = await response.text();
    module.show(section);
  } catch (error) {
    section.replaceChildren(notice(unreachable()));
  } finally {
    section.removeAttribute("aria-busy");
  }
}

/**
 * Goes to an address of this page without loading it anew.
 * @param {string} address
 * @returns {Promise<void>}
 */
export function go(address) {
  history.pushState(null, "", address);
  document.body.classList.remove("reading");
  return showView();
}
