// Light or dark: as was chosen at the page, else as the machine has it.

/** Puts the page into the colours that are wanted. */
export function wearTheme() {
  const wanted = localStorage.getItem("yinju-theme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (document.body.classList.contains("dark") !== (wanted === "dark")) document.body.classList.toggle("dark", wanted === "dark");
}

/** Follows the machine. */
export function listen() {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", wearTheme);
}
