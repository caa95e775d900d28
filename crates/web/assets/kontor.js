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
  ready(document);
  document.addEventListener("htmx:after:swap", (event) => ready(event.target.nodeType === 1 ? event.target : document));

  // A form that was sent is not sent twice.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    setTimeout(() => { for (const button of event.target.querySelectorAll("button:not([type=button])")) button.disabled = true; });
  });
  addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button:disabled")) button.disabled = false; });
})();
