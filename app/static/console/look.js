// Blocks of the front page: dragged with a pointer, moved by their buttons without a round trip; nothing is saved here.
"use strict";

(() => {
  const list = document.querySelector("[data-sortable]");
  if (!list) return;
  const said = document.querySelector("[data-said]");
  let isChanged = false;

  const rows = () => [...list.querySelectorAll("[data-row]")];

  function number(moved) {
    rows().forEach((row, at) => {
      row.querySelector("[data-place]").value = at + 1;
    });
    isChanged = true;
    const name = moved.querySelector("strong").textContent;
    said.textContent = `${name}现在是第 ${rows().indexOf(moved) + 1} 块，保存后生效。`;
  }

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-row]");
    const other = button.dataset.move === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (button.dataset.move === "up") other.before(row);
    else other.after(row);
    number(row);
    button.focus();
  });

  list.querySelectorAll("[data-grip]").forEach((grip) => {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const row = grip.closest("[data-row]");
      grip.setPointerCapture(event.pointerId);
      row.classList.add("is-dragged");

      const move = (at) => {
        const over = rows().find((one) => {
          const box = one.getBoundingClientRect();
          return one !== row && at.clientY > box.top && at.clientY < box.bottom;
        });
        if (!over) return;
        // The other row moves: one that is taken out of the page and put back loses the pointer.
        if (row.compareDocumentPosition(over) & Node.DOCUMENT_POSITION_FOLLOWING) row.before(over);
        else row.after(over);
      };
      const end = () => {
        row.classList.remove("is-dragged");
        grip.removeEventListener("pointermove", move);
        grip.removeEventListener("pointerup", end);
        grip.removeEventListener("pointercancel", end);
        number(row);
      };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", end);
      grip.addEventListener("pointercancel", end);
    });
  });

  // Leaving with something unsaved is asked about; saving is not leaving.
  const form = list.closest("form");
  form.addEventListener("input", () => { isChanged = true; });
  form.addEventListener("submit", () => { isChanged = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isChanged) event.preventDefault();
  });
})();
