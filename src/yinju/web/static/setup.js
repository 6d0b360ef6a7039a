// The settings: each change goes to the server at once, and the view is drawn anew with what it says then.
import { askFor, say } from "./chat.js";
import { showModel } from "./hint.js";
import { unreachable, wordsOf } from "./parts.js";

let section = null;

const form = () => section.querySelector("form.model");
const written = () => Object.fromEntries(new FormData(form()));

// The text that a request is answered with; null, and a short note of why, where it failed.
async function ask(method, address, body) {
  const options = { method, headers: { "Content-Type": "application/json" }, body: body && JSON.stringify(body) };
  const response = await fetch(address, options).catch(() => null);
  if (!response?.ok) say(response ? await wordsOf(response) : unreachable());
  return response?.ok ? response.text() : null;
}

// Changes something; what had the focus has it again once the view is drawn anew.
async function change(method, address, body) {
  const held = document.activeElement;
  const told = await ask(method, address, body);
  const view = await ask("GET", "view/setup");
  if (view === null || !section.isConnected) return;
  section.innerHTML = view;
  show(section);
  const again = held.name ? `[name="${held.name}"]` : held.dataset.value ? `[data-value="${held.dataset.value}"]` : `.${held.classList[0]}`;
  (section.querySelector(`:is(input, select, button)${again}:not(:disabled)`) || section).focus({ preventScroll: true });
  if (told) say(told);
}

// Asks for something that takes a while, and shows what came in a place of the view.
async function look(button, place, address, body) {
  place.textContent = section.firstElementChild.dataset.trying;
  button.setAttribute("aria-disabled", "true");
  const came = await ask("POST", address, body);
  button.removeAttribute("aria-disabled");
  place.innerHTML = came ?? "";
}

const percent = (share) => new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(share);

// Puts the line of the drawing to where the slider is, and says what was measured there.
function mark(slider) {
  const place = slider.closest(".strictness");
  const shares = (kind) => place.dataset[kind].split(" ").map(Number);
  const value = Number(slider.value);
  const at = (kind) => percent(shares(kind)[Math.round(value * (shares(kind).length - 1))]);
  const said = place.dataset.at.replace("{value}", slider.value)
    .replace("{answered}", at("answered")).replace("{refused}", at("refused"));
  const line = place.querySelector(".here");
  const x = value * Number(line.closest("svg").viewBox.baseVal.width - 8);
  line.setAttribute("x1", x);
  line.setAttribute("x2", x);
  slider.setAttribute("aria-valuetext", said);
  place.querySelector(".at").textContent = said;
}

const choose = (name, value) => change("PUT", "setup/choice", { name, value: String(value) });

async function press(button) {
  const came = section.querySelector(".came");
  if (button.getAttribute("aria-disabled") === "true") return;
  if (button.matches(".find")) look(button, section.querySelector(".servers"), "setup/servers");
  else if (button.matches(".try")) look(button, came, "setup/test", written());
  else if (button.matches(".list")) look(button, came, "setup/models", written());
  else if (button.matches(".off")) change("PUT", "setup/model", { address: "" });
  else if (button.matches(".forget")) change("DELETE", `setup/choice?name=${button.dataset.name}`);
  else if (button.matches(".point")) choose("refuse_below", button.dataset.value);
  else if (button.matches(".empty")) { if ((await askFor("empty-deleted")) !== null) change("DELETE", "setup/deleted"); }
  else if (button.matches(".use")) {
    form().elements.address.value = button.dataset.address;
    form().elements.model.value = button.dataset.model;
    form().querySelector(".try").focus();
  }
}

/**
 * Makes the view work once it is drawn.
 * @param {HTMLElement} place - its section, which stays
 */
export function show(place) {
  if (!section) {
    place.addEventListener("click", (event) => { const button = event.target.closest("button[type=button]"); if (button) press(button); });
    place.addEventListener("submit", (event) => { event.preventDefault(); change("PUT", "setup/model", written()); });
    place.addEventListener("input", (event) => { if (event.target.matches("[type=range]")) mark(event.target); });
    place.addEventListener("change", ({ target }) => {
      if (target.matches("[name=encoder], [name=refuse_below]")) choose(target.name, target.value);
      else if (target.matches("[name=ocr]")) choose("ocr", target.checked ? "on" : "off");
    });
  }
  section = place;
  const { hasModel, model } = section.firstElementChild.dataset;
  showModel(Boolean(hasModel), model);
  mark(section.querySelector("[type=range]"));
}
