// Which language model is in use, in the header; and where none is, one line on what it would add, until it is dismissed.
const DISMISSED = "yinju-without-model";

const hint = () => document.querySelector("#top .without-model"); // none for a user who could not set one up

/**
 * Shows a language model's name in the header, or that there is none.
 * @param {boolean} used - whether there is one
 * @param {string} [name] - what it is called, where that is not what shows already
 */
export function showModel(used, name) {
  const model = document.querySelector("#top .model");
  model.hidden = !used;
  if (name) model.textContent = name;
  if (hint()) hint().hidden = used || localStorage.getItem(DISMISSED) !== null;
}

/** Shows the hint where it is due, and lets it be dismissed. */
export function listen() {
  const used = () => !document.querySelector("#top .model").hidden;
  hint()?.querySelector("button").addEventListener("click", () => {
    localStorage.setItem(DISMISSED, "yes");
    showModel(used());
    document.querySelector("#box textarea")?.focus();
  });
  showModel(used());
}
