// The entry: puts header, views and source panel around Gradio's chat, and follows the choice of language and colours.
import { listen as listenToChanges } from "./changes.js";
import { listen as listenToChat } from "./chat.js";
import { listen as listenAtTheDoor } from "./door.js";
import { listen as listenToFinder } from "./finder.js";
import { listen as listenToHint } from "./hint.js";
import { listen as listenToHistory } from "./history.js";
import { listen as listenToHome } from "./home.js";
import { listen as listenToKeys } from "./keys.js";
import { listen as listenToMention } from "./mention.js";
import { listen as listenToLibraries } from "./libraries.js";
import { listen as listenToMenus } from "./menu.js";
import { isPlain } from "./parts.js";
import { listen as listenToPicker } from "./picker.js";
import { listen as listenToScope } from "./scope.js";
import { listen as listenToSharing } from "./sharing.js";
import { listen as listenToSource } from "./source.js";
import { listen as listenToTheme, wearTheme } from "./theme.js";
import { go, showView } from "./views.js";

const KEPT_SECONDS = 400 * 24 * 3600;

// Header and views before the chat, the source panel and what follows it after: the order in which Tab goes.
function putAround(html) {
  const made = document.createElement("template"), after = document.createRange();
  const chat = document.querySelector("gradio-app");
  made.innerHTML = html;
  after.setStartBefore(made.content.getElementById("source"));
  after.setEndAfter(made.content.lastChild);
  chat.after(after.extractContents());
  chat.before(made.content);
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

// Another view, the chat that shows being kept in the address.
function follow(link) {
  const chat = new URLSearchParams(location.search).get("chat");
  const view = new URL(link.href).searchParams.get("view");
  const address = new URLSearchParams({ ...(chat && { chat }), ...(view !== "chat" && { view }) });
  go(address.size ? `?${address}` : "./");
}

function listen() {
  document.addEventListener("click", (event) => {
    closeMenus(event);
    const link = event.target.closest?.("#top .view-link");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    link.closest("details")?.removeAttribute("open");
    follow(link);
  });
  document.addEventListener("change", (event) => { if (event.target.closest?.("#top .settings")) choose(event.target); });
  addEventListener("popstate", showView);
  new MutationObserver(wearTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
}

listenAtTheDoor();
const response = await fetch("frame");
putAround(await response.text());
document.documentElement.lang = document.getElementById("top").lang;
document.querySelector("#top .theme").value = localStorage.getItem("yinju-theme") || "";
wearTheme();
listen();
listenToMenus();
listenToMention(); // before the chat, whose Enter asks
listenToLibraries();
listenToChat();
listenToScope();
listenToPicker();
listenToChanges();
listenToHome();
listenToHistory();
listenToSharing();
listenToTheme();
listenToFinder();
listenToHint();
listenToSource();
listenToKeys();
showView();
