// Keeps what is being written on this computer until it is saved, and offers it after a crash or a lost session.
"use strict";

(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `ziwang:draft:${form.dataset.draft}`;
  const names = [
    "column_id", "title", "body", "source", "source_url", "genre", "document_number", "formed_on", "printed_on",
    "keywords", "summary", "subject", "audience", "effective_on", "expires_on", "period_from", "period_until",
    "contact", "plan_period", "answers",
  ];
  const pause = 1500; // milliseconds without a key pressed
  const oldest = 14 * 24 * 3600 * 1000;
  let isDirty = false;
  let isLeaving = false;
  let timer = 0;

  const field = (name) => form.elements.namedItem(name);

  function values() {
    window.ziwangEditor?.write();
    return Object.fromEntries(names.map((name) => [name, field(name).value]));
  }

  function read() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  function forget() {
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing is kept here, so nothing is left.
    }
  }

  function keep() {
    const at = new Date();
    try {
      localStorage.setItem(key, JSON.stringify({ at: at.getTime(), base: form.dataset.base, values: values() }));
    } catch {
      return; // Full, or forbidden by the browser: saving to the server still works.
    }
    const time = at.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
    document.getElementById("draft-kept").textContent = `${time} 已在这台电脑上暂存，还没有保存到系统。`;
  }

  function changed() {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(keep, pause);
  }

  function fill(kept) {
    for (const name of names) field(name).value = kept[name] ?? "";
    window.ziwangEditor?.read();
    isDirty = true;
  }

  function offer() {
    const draft = read();
    if (!draft?.values || Date.now() - draft.at > oldest) return forget();
    const now = values();
    if (names.every((name) => (draft.values[name] ?? "") === now[name])) return;
    const box = document.getElementById("draft-offer");
    document.getElementById("draft-time").textContent = new Date(draft.at).toLocaleString("zh-CN", {
      month: "long", day: "numeric", hour: "2-digit", minute: "2-digit",
    });
    document.getElementById("draft-restore").addEventListener("click", () => {
      fill(draft.values);
      // It continues from the text it was begun on: if that is no longer the newest, both will be shown.
      if (draft.base) field("base").value = draft.base;
      box.hidden = true;
      field("title").focus();
    });
    document.getElementById("draft-drop").addEventListener("click", () => {
      forget();
      box.hidden = true;
      field("title").focus();
    });
    box.hidden = false;
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("editor-change", changed);
  form.addEventListener("submit", () => {
    keep(); // If the session has ended meanwhile, the text is still here.
    isLeaving = true;
  });
  document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
    if (isDirty && !window.confirm("刚才写的还没有保存，确定离开吗？")) {
      event.preventDefault();
      return;
    }
    isLeaving = true;
    if (isDirty) forget();
  });
  window.addEventListener("beforeunload", (event) => {
    if (isDirty && !isLeaving) event.preventDefault();
  });
  window.addEventListener("pageshow", () => {
    isLeaving = false;
  });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    form.requestSubmit();
  });

  // After a form that was refused, what stands in it is what is offered already.
  if (document.querySelector(".note.error, [data-focus]")) isDirty = true;
  else offer();

  const uploads = document.getElementById("uploads");
  uploads.addEventListener("change", () => {
    const list = document.getElementById("chosen-files");
    list.replaceChildren(
      ...Array.from(uploads.files, (file) => {
        const item = document.createElement("li");
        const size = file.size < 1024 * 1024 ? `${Math.ceil(file.size / 1024)} KB` : `${(file.size / 1048576).toFixed(1)} MB`;
        item.textContent = `${file.name}（${size}），保存时上传`;
        return item;
      }),
    );
    list.hidden = uploads.files.length === 0;
  });
})();
