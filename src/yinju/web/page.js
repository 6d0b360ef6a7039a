// Opens citations: a click on a.cite → GET /source → the panel, scrolled to the mark; asks again: a click on a.retry or
// a.undo → Gradio's hidden button of that name; keeps the chat's id in the address. Also: Enter while an input method is
// composing never sends, and the page's language is set for the right shapes of characters.
(() => {
  const panel = () => document.getElementById("source");
  const sheet = matchMedia("(max-width: 860px)"); // as in page.css
  const ours = "a:is(.cite, .retry, .undo)";
  let opened = ""; // the message and marker of the citation in the panel: a growing answer is drawn anew many times a second
  let pressed = null; // the href of the link under a pointer that is down
  let latest = 0;

  const named = (link) => link.getAttribute("href").split("?")[0];
  const openers = () => [...document.querySelectorAll("a.cite")].filter((link) => named(link) === opened);

  function markOpener() {
    document.querySelectorAll("a.cite[aria-current]").forEach((link) => named(link) === opened || link.removeAttribute("aria-current"));
    openers().forEach((link) => link.hasAttribute("aria-current") || link.setAttribute("aria-current", "true"));
  }

  function settle(body) {
    const mark = body.querySelector("mark");
    if (!mark) { body.focus({ preventScroll: true }); return; }
    const covered = body.querySelector("header").offsetHeight;
    const place = mark.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
    body.scrollTop = place - covered - Math.max(24, (body.clientHeight - covered - mark.offsetHeight) / 3);
    mark.focus({ preventScroll: true });
  }

  async function fetchSource(address) {
    try {
      const response = await fetch("/source?" + address, { credentials: "same-origin" });
      if ((response.headers.get("content-type") || "").startsWith("text/html")) return await response.text();
    } catch (error) { /* told below */ }
    return null;
  }

  async function open(link) {
    const section = panel();
    const body = section.querySelector(".body");
    const turn = ++latest;
    opened = named(link);
    markOpener();
    const html = await fetchSource(link.getAttribute("href").split("?").slice(1).join("?"));
    if (turn !== latest) return;
    if (html === null) {
      body.innerHTML = '<p class="notice" role="alert"></p>';
      body.firstChild.textContent = section.dataset.unreachable;
    } else {
      body.innerHTML = html;
    }
    document.body.classList.add("reading");
    settle(body);
  }

  function close() {
    document.body.classList.remove("reading");
    openers()[0]?.focus({ preventScroll: true });
  }

  function follow(link) {
    if (link.matches(".cite")) open(link);
    else document.getElementById(link.matches(".retry") ? "retry" : "undo")?.click();
  }

  // A link that is drawn anew between press and release gets no click.
  document.addEventListener("pointerdown", (event) => {
    const link = event.target.closest?.(ours);
    pressed = link && { link, name: named(link) };
  }, true);

  document.addEventListener("pointerup", (event) => {
    const before = pressed;
    pressed = null;
    if (!before || before.link.isConnected || event.button !== 0) return;
    const link = document.elementFromPoint(event.clientX, event.clientY)?.closest(ours);
    if (link && named(link) === before.name) follow(link);
  }, true);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(ours);
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      follow(link);
      return;
    }
    const outside = sheet.matches && document.body.classList.contains("reading") && !event.target.closest?.("#source");
    if (outside) { event.preventDefault(); event.stopPropagation(); }
    if (outside || event.target.closest?.("#source .close")) close();
    const list = document.querySelector("details.documents[open]");
    if (list && !list.contains(event.target)) list.open = false;
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    if (event.key !== "Escape") return;
    const list = document.querySelector("details.documents[open]");
    if (list) list.open = false;
    else if (document.body.classList.contains("reading")) close();
  }, true);

  function keepAddress() {
    const id = document.querySelector("#chat .kept")?.id.replace("chat-", "");
    const address = new URL(location.href);
    if (!id || address.searchParams.get("chat") === id) return;
    address.searchParams.set("chat", id);
    history.replaceState(history.state, "", address);
  }

  // The question box is ready to type in where that calls up no keyboard on the screen. And Gradio repeats each
  // message's HTML source as its label: a screen reader is better off with the message itself.
  let ready = sheet.matches;
  new MutationObserver(() => {
    keepAddress();
    markOpener();
    const box = ready ? null : document.querySelector("#box textarea");
    if (box) { box.focus(); ready = true; }
    document.querySelectorAll("#chat [data-testid][aria-label]").forEach((message) => message.removeAttribute("aria-label"));
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });

  fetch("/frame").then((response) => response.text()).then((html) => {
    document.body.insertAdjacentHTML("beforeend", html);
    document.documentElement.lang = panel().lang;
  });
})();
