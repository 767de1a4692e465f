// Small comforts on every page of the console; everything works without them.
"use strict";

// Menus close when something else is touched, and on Escape.
for (const menu of document.querySelectorAll("details.menu")) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

// What went wrong is read out and seen first.
document.querySelector("[data-focus]")?.focus();

// A second click on a slow line must not send a form twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button[type=submit]")) button.setAttribute("aria-disabled", "true");
});

// Coming back by the browser's button, the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

// What is saved on the server need not stay on this computer.
for (const saved of document.querySelectorAll("[data-forget-draft]")) {
  try {
    localStorage.removeItem(`ziwang:draft:${saved.dataset.forgetDraft}`);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
