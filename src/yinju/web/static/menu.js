// Menus: a button with aria-haspopup="menu" opens the popover that it names, in which the arrow keys, Home and End go from
// item to item. The browser itself closes it at Escape or a click outside, and gives the button the focus back.

const buttonOf = (menu) => document.querySelector(`[popovertarget="${menu.id}"]`);
const itemsOf = (menu) => [...menu.querySelectorAll('[role="menuitem"]')];
const isMenu = (target) => target instanceof HTMLElement && target.matches('[role="menu"]');

// At its button's edge, on the side where there is more room.
function place(menu) {
  const box = buttonOf(menu).getBoundingClientRect();
  const right = box.left + box.right > innerWidth, above = box.bottom > innerHeight * .6;
  Object.assign(menu.style, {
    left: right ? "auto" : `${box.left}px`, right: right ? `${innerWidth - box.right}px` : "auto",
    top: above ? "auto" : `${box.bottom + 4}px`, bottom: above ? `${innerHeight - box.top + 4}px` : "auto",
  });
}

function pressKey(event) {
  const button = event.target.closest?.('[aria-haspopup="menu"]');
  if (button && ["ArrowDown", "ArrowUp"].includes(event.key)) {
    event.preventDefault();
    button.popoverTargetElement.showPopover();
    return;
  }
  const menu = event.target.closest?.('[role="menu"]');
  if (!menu) return;
  const items = itemsOf(menu), at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
  if (event.key === "Tab") menu.hidePopover();
  if (event.key === " " && event.target.matches("a")) { event.preventDefault(); event.target.click(); }
  if (!(event.key in to)) return;
  event.preventDefault();
  items[to[event.key]].focus();
}

/** Makes every menu of the page work, also those that come later. */
export function listen() {
  document.addEventListener("beforetoggle", (event) => {
    if (isMenu(event.target) && event.newState === "open") place(event.target);
  }, true);
  document.addEventListener("toggle", (event) => {
    if (!isMenu(event.target)) return;
    buttonOf(event.target)?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState === "open") itemsOf(event.target)[0].focus();
  }, true);
  document.addEventListener("click", (event) => {
    const item = event.target.closest?.('[role="menuitem"]');
    item?.closest('[role="menu"]').hidePopover(); // before what it does, so that the focus is at the button by then
  }, true);
  document.addEventListener("keydown", pressKey);
}
