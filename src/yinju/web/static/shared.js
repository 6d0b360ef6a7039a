// A chat that can only be read: its sources open in the panel, and it can be printed.
import { fillTimes, unreachable } from "./parts.js";
import { listen as listenToSource, open as openSource } from "./source.js";
import { listen as listenToTheme, wearTheme } from "./theme.js";

// The chat as one of the reader's own. A form could not ask for it: without a referrer it would tell no origin.
async function goOn(button) {
  const response = await fetch(button.dataset.address, { method: "POST" }).catch(() => null);
  if (response?.ok) location.assign(`./?${new URLSearchParams(await response.json())}`);
  else if (response) location.reload(); // it was revoked meanwhile
  else document.querySelector("#top .notice").textContent = unreachable();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#top .continue");
  if (button) goOn(button);
  if (event.target.closest?.("#top .print")) print();
  const link = event.target.closest?.("a:is(.cite, .figure)");
  if (!link) return;
  event.preventDefault();
  openSource(link);
}, true);

wearTheme();
listenToTheme();
listenToSource();
fillTimes(document);
