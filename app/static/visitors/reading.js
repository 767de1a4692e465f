// Reads a page aloud with the browser's own voice, and copies a page's address. Both buttons are hidden until
// this script has seen that the browser can; nothing is sent anywhere.
(() => {
  "use strict";

  const speaking = document.querySelector("[data-speak]");
  if (speaking && "speechSynthesis" in window) offerReading(speaking);
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (navigator.clipboard) offerCopying(button);
  }

  function passages() {
    const main = document.querySelector("main");
    const parts = main.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, td, th, figcaption");
    return [...parts]
      .filter((part) => part.offsetParent && !part.closest("nav, .tools") && !part.querySelector("p, li"))
      .flatMap((part) => part.textContent.trim().match(/[^。！？；\n]{1,160}[。！？；]?/g) || [])
      .map((text) => text.trim())
      .filter(Boolean);
  }

  function offerReading(button) {
    const label = button.querySelector("[data-label]");
    const silent = label.textContent;
    let queue = [];

    function stop() {
      queue = [];
      speechSynthesis.cancel();
      label.textContent = silent;
      button.setAttribute("aria-pressed", "false");
    }

    function next() {
      const text = queue.shift();
      if (!text) return stop();
      const spoken = new SpeechSynthesisUtterance(text);
      spoken.lang = "zh-CN";
      spoken.rate = 0.9;
      spoken.onend = () => button.getAttribute("aria-pressed") === "true" && next();
      spoken.onerror = spoken.onend;
      return speechSynthesis.speak(spoken);
    }

    button.addEventListener("click", () => {
      if (button.getAttribute("aria-pressed") === "true") return stop();
      queue = passages();
      button.setAttribute("aria-pressed", "true");
      label.textContent = button.dataset.stop;
      return next();
    });
    window.addEventListener("pagehide", stop);
    button.hidden = false;
  }

  function offerCopying(button) {
    const silent = button.textContent;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.dataset.copy);
        button.textContent = button.dataset.done;
      } catch {
        button.textContent = button.dataset.failed;
      }
      setTimeout(() => { button.textContent = silent; }, 4000);
    });
    button.hidden = false;
  }
})();
