// Turns the plain field of the text into the rich text editor; without it, the field works as it is.
"use strict";

(() => {
  const field = document.querySelector("form.writing textarea[name=body]");
  if (!field || !window.hugerte) return;
  const form = field.form;
  const own = new URL(".", document.querySelector('script[src$="console/editor.js"], script[src*="console/editor.js?"]').src);
  const vendor = new URL("../vendor/hugerte", own).href;
  const blockNames = "p,h2,h3,h4,td,th,div";
  const keptAttributes = new Set(["href", "title", "colspan", "rowspan", "scope", "span", "start"]);

  // Plain text becomes paragraphs here just as it does on the server.
  if (field.value && !/<[a-z!/]/i.test(field.value)) {
    const box = document.createElement("div");
    for (const line of field.value.split("\n").filter((one) => one.trim())) {
      const paragraph = document.createElement("p");
      paragraph.textContent = line.trim();
      box.append(paragraph);
    }
    field.value = box.innerHTML;
  }

  function tell(message) {
    const hint = document.getElementById("paste-hint");
    hint.textContent = message;
    hint.hidden = !message;
  }

  // Alignment is the only look that survives a paste, as a class; pictures have to be uploaded.
  function tidy(box) {
    for (const element of box.querySelectorAll("*")) {
      const aligned = element.style.textAlign || element.getAttribute("align");
      for (const { name } of [...element.attributes]) {
        if (!keptAttributes.has(name)) element.removeAttribute(name);
      }
      if (element.matches(`${blockNames},h1`) && ["center", "right"].includes(aligned)) element.className = aligned;
    }
    // Word breaks its lines anywhere; between Chinese characters a browser would show the break as a space.
    const words = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const node = words.currentNode;
      node.data = node.data.replace(/([\u2e80-\u9fff\uff00-\uffef])\s*\n\s*/g, "$1").replace(/\s*\n\s*([\u2e80-\u9fff\uff00-\uffef])/g, "$1");
    }
    for (const title of box.querySelectorAll("h1")) {
      const lower = document.createElement("h2");
      if (title.className) lower.className = title.className;
      lower.append(...title.childNodes);
      title.replaceWith(lower);
    }
    // The word processor writes each picture twice: for itself, and for others.
    const pictures = box.querySelectorAll("img");
    const drawings = box.querySelectorAll("v\\:imagedata");
    for (const picture of [...pictures, ...drawings]) picture.remove();
    return pictures.length || drawings.length;
  }

  function preprocess(_editor, paste) {
    // A document without life: nothing in it is loaded or run while it is being tidied.
    const page = new DOMParser().parseFromString(paste.content, "text/html");
    const pictures = tidy(page.body);
    paste.content = page.body.innerHTML;
    tell(pictures ? `粘贴的内容里有 ${pictures} 张图片，没有带进来。请把图片另存后，在“附件”里上传。` : "");
  }

  const both = { classes: "center" };
  const right = { classes: "right" };
  window.hugerte.init({
    target: field,
    base_url: vendor,
    suffix: ".min",
    language: "zh-Hans",
    language_url: `${vendor}/langs/zh-Hans.js`,
    skin_url: `${vendor}/skins/ui/oxide`,
    content_css: new URL("writing.css", own).href,
    promotion: false,
    branding: false,
    menubar: false,
    statusbar: true,
    elementpath: false,
    contextmenu: false,
    visual: false,
    autoresize_overflow_padding: 20,
    autoresize_bottom_margin: 20,
    min_height: 520,
    max_height: 900,
    plugins: "lists link table searchreplace wordcount autoresize charmap fullscreen",
    toolbar:
      "undo redo | blocks bold aligncenter alignright bullist numlist | table link removeformat searchreplace fullscreen",
    toolbar_mode: "wrap",
    block_formats: "正文=p; 一级标题=h2; 二级标题=h3; 三级标题=h4",
    formats: {
      aligncenter: { selector: blockNames, ...both },
      alignright: { selector: blockNames, ...right },
    },
    valid_classes: { "*": "center right" },
    valid_styles: { "*": "text-align" },
    invalid_elements: "font,span,o:p,script,style,iframe,object,embed",
    paste_data_images: false,
    paste_preprocess: preprocess,
    paste_webkit_styles: "text-align",
    smart_paste: false,
    object_resizing: false,
    table_resize_bars: false,
    table_sizing_mode: "responsive",
    table_default_attributes: {},
    table_default_styles: {},
    table_appearance_options: false,
    table_advtab: false,
    table_cell_advtab: false,
    table_row_advtab: false,
    link_target_list: false,
    link_title: false,
    convert_urls: false,
    entity_encoding: "raw",
    iframe_aria_text: "正文",
    setup(editor) {
      editor.on("input change undo redo", () => form.dispatchEvent(new Event("editor-change")));
      editor.on("keydown", (event) => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
        event.preventDefault();
        form.requestSubmit();
      });
    },
  });
  window.ziwangEditor = {
    write: () => window.hugerte.get(field.id)?.save(),
    read: () => window.hugerte.get(field.id)?.setContent(field.value),
  };
  // The summary of faults leads to the field, which the editor hides.
  document.querySelector('a[href="#body"]')?.addEventListener("click", (event) => {
    event.preventDefault();
    window.hugerte.get(field.id)?.focus();
  });
})();
