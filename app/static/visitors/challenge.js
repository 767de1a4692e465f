// Lets the browser do the work by which a form tells people from programs; nothing leaves the machine.
// Without this script, or where the browser cannot hash, the form's plain question is answered instead.
(() => {
  "use strict";

  const form = document.querySelector("form[data-work]");
  if (!form || !window.crypto || !window.crypto.subtle) return;
  const task = JSON.parse(form.dataset.work);
  const question = form.querySelector("[data-question]");
  const status = form.querySelector("[data-work-status]");
  const encoder = new TextEncoder();
  let isWaiting = false;
  let isDone = false;

  const hex = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

  async function solve() {
    for (let number = 0; number <= task.most; number += 1) {
      const hash = await crypto.subtle.digest(task.algorithm, encoder.encode(task.salt + number));
      if (hex(hash) === task.challenge) return number;
      if (number % 3000 === 0) {
        status.textContent = `正在进行安全校验，请稍候……已完成 ${Math.round((number / task.most) * 100)}%`;
        await new Promise((resolve) => setTimeout(resolve));
      }
    }
    throw new Error("no number solves the task");
  }

  function useQuestion() {
    isDone = true;
    question.hidden = false;
    status.textContent = "安全校验没有完成，请回答下面的小问题。";
  }

  // The answer that the server expects has these names in this order.
  function fill(number) {
    const { algorithm, challenge, salt, signature } = task;
    form.elements.work.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    isDone = true;
    status.textContent = "校验完成，可以提交。";
    if (isWaiting) form.requestSubmit();
  }

  question.hidden = true;
  form.addEventListener("submit", (event) => {
    if (isDone) return;
    event.preventDefault();
    isWaiting = true;
    status.textContent = "马上就好：校验完成后会自动提交。";
  });
  solve().then(fill, useQuestion);
})();
