// Opens citations: a click on a.cite → GET /source → the panel, scrolled to the mark. Also: Enter while an input
// method is composing never sends, and the page's language is set for the right shapes of characters.
(() => {
  const panel = () => document.getElementById("source");
  const sheet = matchMedia("(max-width: 860px)"); // as in page.css
  let opener = null;
  let latest = 0;

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
    document.querySelectorAll("a.cite[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "true");
    opener = link;
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
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.cite");
    if (link) {
      event.preventDefault();
      event.stopPropagation();
      open(link);
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

  // The question box is ready to type in where that calls up no keyboard on the screen. And Gradio repeats each
  // message's HTML source as its label: a screen reader is better off with the message itself.
  let ready = sheet.matches;
  new MutationObserver(() => {
    const box = ready ? null : document.querySelector("#box textarea");
    if (box) { box.focus(); ready = true; }
    document.querySelectorAll("#chat [data-testid][aria-label]").forEach((message) => message.removeAttribute("aria-label"));
  }).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });

  fetch("/frame").then((response) => response.text()).then((html) => {
    document.body.insertAdjacentHTML("beforeend", html);
    document.documentElement.lang = panel().lang;
  });
})();
