// The view search: what is asked goes into the address, what is found below the box.
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
  const response = await fetch(`/search?${new URLSearchParams(asked)}`).catch(() => null);
  if (turn !== latest) return;
  found.removeAttribute("aria-busy");
  if (response) found.innerHTML = await response.text();
  else {
    found.innerHTML = '<p class="notice" role="alert"></p>';
    found.firstChild.textContent = document.getElementById("top").dataset.unreachable;
  }
  section.scrollTo(0, 0);
}

export function show(section) {
  const form = section.querySelector("form");
  const box = form.elements.q;
  form.addEventListener("submit", (event) => { event.preventDefault(); search(section, form); });
  form.elements.top_k.addEventListener("change", () => { if (box.value.trim()) search(section, form); });
  if (!box.value && !matchMedia("(max-width: 860px)").matches) box.focus();
}
