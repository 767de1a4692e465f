// Tells the server that somebody is writing in an article, and this person when somebody else is.
"use strict";

(() => {
  const notice = document.querySelector("[data-lease]");
  const form = document.querySelector("form[data-draft]");
  if (!notice || !form) return;
  const every = 60 * 1000; // milliseconds
  let hasTyped = true; // Opening the form is the first sign of life.

  function body(more) {
    return new URLSearchParams({ csrf_token: form.elements.namedItem("csrf_token").value, ...more });
  }

  function show(held) {
    notice.hidden = held.is_own;
    if (held.is_own) return;
    notice.querySelector("[data-lease-name]").textContent = held.name;
    notice.querySelector("[data-lease-since]").textContent = held.since;
  }

  async function say(more) {
    try {
      const answer = await fetch(notice.dataset.lease, { method: "POST", body: body(more) });
      if (answer.ok && answer.status === 200) show(await answer.json());
    } catch {
      // No network: writing goes on, and both texts stay whatever happens.
    }
  }

  function beat() {
    // Who does not type says nothing, so that others may go on after a while.
    if (!hasTyped || document.visibilityState !== "visible") return;
    hasTyped = false;
    say({});
  }

  for (const sign of ["input", "keydown", "editor-change"]) {
    form.addEventListener(sign, () => {
      hasTyped = true;
    });
  }
  notice.querySelector("[data-take-over]")?.addEventListener("submit", (event) => {
    event.preventDefault(); // What is typed here stays on the page.
    event.stopPropagation();
    say({ take: "yes" });
  });
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(notice.dataset.lease, body({ leave: "yes" }));
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) say({});
  });
  setInterval(beat, every);
  beat();
})();
