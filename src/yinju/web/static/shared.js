// A chat that can only be read: its sources open in the panel, and it can be printed.
import { fillTimes } from "./parts.js";
import { listen as listenToSource, open as openSource } from "./source.js";
import { listen as listenToTheme, wearTheme } from "./theme.js";

document.addEventListener("click", (event) => {
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
