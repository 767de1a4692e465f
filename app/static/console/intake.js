// Files may be dropped, and each is sent by itself, so that one slow or bad file does not hold up the others.
"use strict";

(() => {
  const form = document.querySelector("form[data-intake]");
  if (!form) return;
  const chosen = form.elements.namedItem("documents");
  const list = form.querySelector("[data-progress]");
  const drop = form.querySelector("[data-drop]");
  const most = Number(form.dataset.most);
  drop.querySelector("[data-drop-hint]").hidden = false;

  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.add("is-over");
    });
  }
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) chosen.files = event.dataTransfer.files;
  });

  function line(name) {
    const item = document.createElement("li");
    const label = document.createElement("span");
    const bar = document.createElement("progress");
    const said = document.createElement("p");
    label.textContent = name;
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", `${name}的进度`);
    said.className = "said faint";
    said.textContent = "等候";
    item.append(label, bar, said);
    list.append(item);
    return { bar, said };
  }

  function tell(shown, outcome) {
    shown.bar.value = 1;
    shown.said.replaceChildren();
    shown.said.className = outcome.url ? "said" : "said wrong";
    if (outcome.url) {
      const link = document.createElement("a");
      link.href = outcome.url;
      link.textContent = `${outcome.known ? "以前导入过，去看" : "已存成草稿，去核对"}：${outcome.title}`;
      shown.said.append(link);
    } else {
      shown.said.textContent = `没有导入：${outcome.remarks[0] ?? "请稍后再试。"}`;
    }
  }

  function send(file, shown) {
    const data = new FormData();
    data.set("csrf_token", form.elements.namedItem("csrf_token").value);
    data.set("column", form.elements.namedItem("column").value);
    data.set("documents", file);
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("POST", form.action);
      request.setRequestHeader("Accept", "application/json");
      request.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) shown.bar.value = (event.loaded / event.total) * 0.8;
      });
      request.upload.addEventListener("load", () => {
        shown.said.textContent = "已送到，正在认";
      });
      request.addEventListener("loadend", () => {
        let outcome = { name: file.name, url: "", remarks: ["没有送到。请检查网络，或刷新页面后再试。"] };
        try {
          const answered = JSON.parse(request.responseText);
          if (request.status < 400 && answered[0]) [outcome] = answered;
        } catch {
          // An error page instead of data; the message above says what to do.
        }
        tell(shown, outcome);
        resolve(outcome);
      });
      shown.said.textContent = "正在上传";
      request.send(data);
    });
  }

  form.addEventListener("submit", async (event) => {
    const files = [...chosen.files];
    // Pasted words, and what the server refuses as a whole, go the ordinary way.
    if (!files.length || files.length > most || form.elements.namedItem("words").value.trim()) return;
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = "yes";
    list.replaceChildren();
    list.hidden = false;
    const lines = files.map((file) => line(file.name));
    const outcomes = [];
    for (const [place, file] of files.entries()) outcomes.push(await send(file, lines[place]));
    delete form.dataset.busy;
    if (outcomes.length === 1 && outcomes[0].url) window.location.assign(outcomes[0].url);
    else if (outcomes.every((outcome) => outcome.url)) chosen.value = "";
  });
})();
