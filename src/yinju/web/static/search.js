// The view search: what is asked goes into the address, what is found below the box.
import { notice, unreachable } from "./parts.js";

let latest = 0;

const fieldsOf = (form) => Object.fromEntries(new FormData(form));

function remember({ q, top_k }) {
  const address = new URL(location.href);
  address.searchParams.set("q", q);
  address.searchParams.set("top_k", top_k);
  if (address.href !== location.href) history.pushState(null, "", address);
}

async function search(section, form) {
  const turn = ++latest;
  const asked = fieldsOf(form);
  const found = section.querySelector(".found");
  remember(asked);
  found.setAttribute("aria-busy", "true");
  const response = await fetch(`search?${new URLSearchParams(asked)}`).catch(() => null);
  if (turn !== latest) return;
  found.removeAttribute("aria-busy");
  if (response) found.innerHTML = await response.text();
  else found.replaceChildren(notice(unreachable()));
  section.scrollTo(0, 0);
}

/**
 * Makes the view work once it is filled.
 * @param {HTMLElement} section
 */
export function show(section) {
  const form = section.querySelector("form");
  const box = form.elements.q;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(section, form); });
  form.elements.top_k.addEventListener("change", () => { if (box.value.trim()) search(section, form); });
  if (!box.value && !matchMedia("(max-width: 860px)").matches) box.focus();
}
