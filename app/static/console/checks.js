// Checks what is being written after a pause, and on the button; without this the button opens a page of its own.
"use strict";

(() => {
  const box = document.querySelector("[data-check]");
  const form = box?.closest("form");
  if (!form) return;
  const summary = box.querySelector("[data-check-summary]");
  const findings = box.querySelector("[data-check-findings]");
  const pause = 2500; // milliseconds without a key pressed
  let timer = 0;
  let asking = null;
  let last = "";

  function sent() {
    window.ziwangEditor?.write();
    const values = new FormData(form);
    values.delete("uploads"); // They are checked once they are saved.
    return values;
  }

  // A person who listens hears a sentence only when it has changed.
  function say(text) {
    if (summary.textContent !== text) summary.textContent = text;
  }

  async function check(isAsked) {
    const values = sent();
    const written = JSON.stringify([...values.entries()].filter(([name]) => name !== "csrf_token"));
    if (!isAsked && written === last) return;
    asking?.abort();
    asking = new AbortController();
    if (isAsked) say("正在检查……");
    try {
      const answer = await fetch(box.dataset.check, {
        method: "POST", body: values, headers: { "X-Fragment": "yes" }, signal: asking.signal,
      });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const found = await answer.json();
      last = written;
      findings.innerHTML = found.html;
      say(found.summary);
    } catch (error) {
      if (error.name !== "AbortError" && isAsked) say("这次没有检查成。文字还在，请保存后再查看检查结果。");
    }
  }

  function changed() {
    clearTimeout(timer);
    timer = setTimeout(() => check(false), pause);
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("editor-change", changed);
  box.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    check(true);
  });
})();
