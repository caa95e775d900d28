// What pages do better with a script. Nothing depends on it: every form and link works without.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");

  // Light and dark at once; the form remembers it.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.hasAttribute("data-theme-switch")) return;
    event.preventDefault();
    const dark = root.dataset.theme === "dark" || (root.dataset.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    root.dataset.theme = dark ? "light" : "dark";
    const form = new URLSearchParams(new FormData(event.target));
    form.set("theme", root.dataset.theme);
    fetch(event.target.action, { method: "POST", body: form, redirect: "manual" }).catch(() => {});
  });

  // A dialog asks before something is done.
  document.addEventListener("submit", (event) => {
    const dialog = document.getElementById(event.target.dataset.confirm);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    dialog.showModal();
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
    for (const menu of document.querySelectorAll("[data-drop-menu][open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    const copy = event.target.closest("[data-copy]");
    if (copy && navigator.clipboard) {
      navigator.clipboard.writeText(document.getElementById(copy.dataset.copy).textContent.trim());
      copy.textContent = copy.dataset.done || copy.textContent;
    }
  });

  // «/» goes to the search, Escape closes menus, arrows walk through the links of a list.
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("[data-drop-menu][open]")) {
        menu.open = false;
        menu.querySelector("summary").focus();
      }
    }
    const row = event.target.closest("tbody tr");
    if (row && !typing && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const links = [...row.parentElement.querySelectorAll("tr")].map((other) => other.querySelector("a, button")).filter(Boolean);
      const here = links.findIndex((link) => row.contains(link));
      const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    }
  });

  // Files are dropped onto their field, and their names are shown.
  const named = (field) => {
    const place = field.querySelector("[data-names]");
    const files = [...field.querySelector("input[type=file]").files];
    place.textContent = files.length ? files.map((file) => file.name).join(", ") : place.dataset.empty;
  };
  const ready = (part) => {
    for (const field of part.querySelectorAll("[data-drop]")) {
      const input = field.querySelector("input[type=file]");
      named(field);
      input.addEventListener("change", () => named(field));
      field.addEventListener("dragover", (event) => { event.preventDefault(); field.dataset.over = ""; });
      field.addEventListener("dragleave", () => delete field.dataset.over);
      field.addEventListener("drop", (event) => {
        event.preventDefault();
        delete field.dataset.over;
        const files = new DataTransfer();
        for (const file of event.dataTransfer.files) if (input.multiple || files.items.length === 0) files.items.add(file);
        input.files = files.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      });
    }
    // A list that narrows by itself when something else is chosen.
    for (const form of part.querySelectorAll("form[data-at-once]")) {
      form.addEventListener("change", () => form.requestSubmit());
    }
  };
  // Uploads go one file after the other, each with how far it is and then its verdict.
  const row = (list, name, text) => {
    const item = document.createElement("li");
    item.className = "progress";
    item.innerHTML = '<div class="progress-line"><span></span><span class="soft"></span></div><progress max="100" value="0"></progress>';
    const [label, state] = item.querySelectorAll("span");
    label.textContent = name;
    state.textContent = text;
    const bar = item.querySelector("progress");
    bar.setAttribute("aria-label", name);
    list.append(item);
    return { item, tell: (text, part) => { state.textContent = text; bar.value = part; } };
  };
  const show = (html) => {
    const results = document.querySelector("[data-results]");
    const list = results.querySelector("[data-results-list]");
    const template = document.createElement("template");
    template.innerHTML = html;
    const rows = template.content.querySelector("tbody tr");
    const body = list.querySelector("tbody");
    if (body) body.append(rows); else list.replaceChildren(template.content);
    results.hidden = false;
  };
  const send = (form, file, line) => new Promise((done) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    const reason = form.elements.reason;
    if (reason && reason.value) body.append("reason", reason.value);
    body.append("files", file);
    const end = (text) => {
      if (text) line.tell(text, 0); else line.item.remove();
      done();
    };
    const told = () => {
      const lines = request.responseText.split("\n\n").filter((text) => text.startsWith("data: "));
      return lines.length ? JSON.parse(lines[lines.length - 1].slice(6)) : {};
    };
    request.upload.addEventListener("progress", (event) => line.tell(form.dataset.sending, event.loaded / event.total * 50));
    request.upload.addEventListener("load", () => line.tell(form.dataset.checking, 50));
    request.addEventListener("progress", () => {
      if (!request.responseText.endsWith("\n\n")) return;
      const { done: part } = told();
      if (part) line.tell(form.dataset.checking, 50 + part / 2);
    });
    request.addEventListener("load", () => {
      const { html, reason: wants } = request.status === 200 ? told() : {};
      if (!html) return end(form.dataset.cut);
      show(html);
      if (wants) form.querySelector("[data-reason]").hidden = false;
      end();
    });
    request.addEventListener("error", () => end(form.dataset.cut));
    request.addEventListener("abort", () => end(form.dataset.cut));
    request.open("POST", form.dataset.upload);
    request.send(body);
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.dataset.upload) return;
    event.preventDefault();
    const input = form.querySelector("input[type=file]");
    const list = form.parentElement.querySelector("[data-sending-list]");
    const button = form.querySelector("button.first");
    list.hidden = false;
    const lines = [...input.files].map((file) => [file, row(list, file.name, form.dataset.waiting)]);
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    button.disabled = true;
    for (const [file, line] of lines) await send(form, file, line);
    button.disabled = false;
    list.hidden = list.children.length === 0;
  });
  ready(document);
  document.addEventListener("htmx:after:swap", (event) => ready(event.target.nodeType === 1 ? event.target : document));

  // A form that was sent is not sent twice.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    setTimeout(() => { for (const button of event.target.querySelectorAll("button:not([type=button])")) button.disabled = true; });
  });
  addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button:disabled")) button.disabled = false; });
})();
