// What Gradio calls its parts in English, or by their HTML source: named anew in the reader's language for screen readers.

// Where → its name, as a data attribute of the header has it; none where what stands in it says it all.
const NAMES = {
  "#chat [role=log]": "chat", "#chat .examples": "examples", "#chat [role=status]": "answering",
  "#chat .scroll-down-button-container button": "latest", "#chat .example": "", "#chat [data-testid][aria-label]": "",
};
const ROLES = { "#chat .examples": "group", "#chat .placeholder-content": "" }; // no list without items, no aside

function set(element, attribute, value) {
  if (!value) element.removeAttribute(attribute);
  else if (element.getAttribute(attribute) !== value) element.setAttribute(attribute, value);
}

/** Gives Gradio's parts their names, those too that it has drawn since. */
export function giveNames() {
  const said = document.getElementById("top").dataset;
  for (const [where, name] of Object.entries(NAMES)) document.querySelectorAll(where).forEach((one) => set(one, "aria-label", said[name]));
  for (const [where, role] of Object.entries(ROLES)) document.querySelectorAll(where).forEach((one) => set(one, "role", role));
}
