// Reads a page aloud with the browser's own voice, copies a page's address, and turns over news in pictures. All
// buttons are hidden until this script has seen that the browser can; nothing is sent anywhere.
(() => {
  "use strict";

  const speaking = document.querySelector("[data-speak]");
  if (speaking && "speechSynthesis" in window) offerReading(speaking);
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (navigator.clipboard) offerCopying(button);
  }

  for (const block of document.querySelectorAll("[data-photos]")) offerTurning(block);

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

  function offerTurning(block) {
    const row = block.querySelector("[data-row]");
    const pause = block.querySelector("[data-pause]");
    const stopped = pause.textContent;
    const still = matchMedia("(prefers-reduced-motion: reduce)");
    const elder = document.documentElement.classList.contains("elder");
    const reasons = new Set();
    if (elder || row.scrollWidth <= row.clientWidth + 1) return block.querySelector("[data-controls]").remove();

    function step(by) {
      const places = [...row.children].map((one) => one.offsetLeft - row.children[0].offsetLeft);
      const last = row.scrollWidth - row.clientWidth;
      const at = places.findLastIndex((place) => place <= row.scrollLeft + 2);
      const isEnd = by > 0 ? row.scrollLeft >= last - 2 : row.scrollLeft <= 2;
      const to = isEnd ? (by > 0 ? 0 : last) : places[at + by];
      row.scrollTo({ left: to, behavior: still.matches ? "instant" : "smooth" });
    }

    function hold(reason, holds) {
      if (holds) reasons.add(reason); else reasons.delete(reason);
    }

    function obey() {
      hold("still", still.matches);
      pause.hidden = still.matches;
    }

    for (const button of block.querySelectorAll("[data-step]")) {
      button.addEventListener("click", () => step(Number(button.dataset.step)));
    }
    pause.addEventListener("click", () => {
      const stops = !reasons.has("button");
      hold("button", stops);
      pause.textContent = stops ? pause.dataset.go : stopped;
    });
    block.addEventListener("pointerenter", () => hold("pointer", true));
    block.addEventListener("pointerleave", () => hold("pointer", false));
    block.addEventListener("focusin", () => hold("focus", true));
    block.addEventListener("focusout", () => hold("focus", false));
    document.addEventListener("visibilitychange", () => hold("hidden", document.hidden));
    new IntersectionObserver(([seen]) => hold("away", !seen.isIntersecting)).observe(row);
    still.addEventListener("change", obey);
    obey();
    setInterval(() => reasons.size || step(1), 6000);
    block.querySelector("[data-controls]").hidden = false;
    return undefined;
  }
})();
