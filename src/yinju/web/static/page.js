// The entry: puts header, views and source panel around Gradio's chat, and switches views, language and light or dark.
import { listen as listenToChat } from "./chat.js";
import { listen as listenToHint } from "./hint.js";
import { listen as listenToHistory } from "./history.js";
import { close as closeSource, listen as listenToSource } from "./source.js";

const VIEWS = ["chat", "documents", "search", "overview", "setup"]; // as in frame.html
const shown = new Map(); // view → its module, once it was opened
const KEPT_SECONDS = 400 * 24 * 3600;

const viewInAddress = () => {
  const named = new URLSearchParams(location.search).get("view");
  return VIEWS.includes(named) ? named : "chat";
};

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

// Shows the view that the address names. What a view holds is asked for anew each time, so that it is never stale.
export async function showView() {
  const view = viewInAddress();
  document.body.dataset.view = view;
  document.querySelectorAll("#top .view-link").forEach((link) => {
    if (link.classList.contains(view)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  document.querySelectorAll("section.view").forEach((section) => { section.hidden = section.id !== `view-${view}`; });
  if (view === "chat") return;
  const section = document.getElementById(`view-${view}`);
  section.setAttribute("aria-busy", "true");
  try {
    const [response, module] = await Promise.all([fetch(`/view/${view}${location.search}`), moduleOf(view)]);
    if (viewInAddress() !== view) return;
    section.innerHTML = await response.text();
    module.show(section);
  } catch (error) {
    section.innerHTML = '<p class="notice" role="alert"></p>';
    section.firstChild.textContent = document.getElementById("top").dataset.unreachable;
  } finally {
    section.removeAttribute("aria-busy");
  }
}

// Goes to an address of this page without loading it anew.
export function go(address) {
  history.pushState(null, "", address);
  document.body.classList.remove("reading");
  return showView();
}

function wearTheme() {
  const wanted = localStorage.getItem("yinju-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (document.body.classList.contains("dark") !== (wanted === "dark")) document.body.classList.toggle("dark", wanted === "dark");
}

function choose(select) {
  if (select.matches(".theme")) {
    localStorage.setItem("yinju-theme", select.value);
    wearTheme();
  } else {
    document.cookie = `yinju_language=${select.value}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax`;
    sessionStorage.setItem("yinju-draft", document.querySelector("#box textarea")?.value ?? "");
    location.reload();
  }
}

function closeMenus(event) {
  document.querySelectorAll("#top details[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
}

function listen() {
  document.addEventListener("click", (event) => {
    closeMenus(event);
    const link = event.target.closest?.("#top .view-link");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    const chat = new URLSearchParams(location.search).get("chat");
    const view = new URL(link.href).searchParams.get("view");
    const address = new URLSearchParams({ ...(chat && { chat }), ...(view !== "chat" && { view }) });
    go(address.size ? `/?${address}` : "/");
  });
  document.addEventListener("change", (event) => { if (event.target.closest?.("#top .settings")) choose(event.target); });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.querySelector("#top details[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); } else closeSource();
  });
  addEventListener("popstate", showView);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wearTheme);
  new MutationObserver(wearTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
}

const response = await fetch("/frame");
document.body.insertAdjacentHTML("beforeend", await response.text());
document.documentElement.lang = document.getElementById("top").lang;
document.querySelector("#top .theme").value = localStorage.getItem("yinju-theme") || "";
wearTheme();
listen();
listenToChat();
listenToHistory();
listenToHint();
listenToSource();
showView();
