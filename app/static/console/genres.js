// Shows the fields that the chosen genre and attribute ask for; without it, all of them are there.
"use strict";

(() => {
  const genre = document.querySelector("form.writing select[name=genre]");
  const attribute = document.querySelector("form.writing select[name=attribute]");
  if (!genre || !attribute) return;

  // What holds words already stays in sight, whatever is chosen: nothing is sent that nobody sees.
  const isFilled = (part) => [...part.querySelectorAll("input, select, textarea")].some((one) => one.value);

  function settle() {
    for (const part of document.querySelectorAll("[data-genres]")) {
      part.hidden = !part.dataset.genres.split(" ").includes(genre.value) && !isFilled(part);
    }
    for (const part of document.querySelectorAll("[data-closed]")) {
      part.hidden = attribute.value === "open" && !part.querySelector(".wrong");
    }
  }

  genre.addEventListener("change", settle);
  attribute.addEventListener("change", settle);
  settle();
})();
