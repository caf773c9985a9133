// Optional: every page is complete without it. Keys to move, to search and to see these keys;
// a field that searches in long lists of filters. Nothing is fetched or stored but whether
// the keys are on.
"use strict";

(() => {
  const find = (selector) => document.querySelector(selector);
  const help = find("#help");
  const on = find("#help-on");
  const open = find("#help-open");

  // Single keys can be turned off (WCAG 2.1.4).
  const store = {
    get: () => { try { return localStorage.getItem("keys") !== "off"; } catch { return true; } },
    set: (value) => { try { localStorage.setItem("keys", value ? "on" : "off"); } catch { /* asked again next time */ } },
  };
  on.checked = store.get();
  on.addEventListener("change", () => store.set(on.checked));
  open.hidden = false;
  open.addEventListener("click", () => help.showModal());

  // The next or previous incident, or fact of a source.
  const move = (step) => {
    const marks = [...document.querySelectorAll(".text mark[id]")];
    const all = marks.length ? marks : [...document.querySelectorAll(".item h4 a, .briefs a, .sources h2 a")];
    const here = marks.length ? marks.indexOf(find("mark:target")) : all.indexOf(document.activeElement);
    const first = all.findIndex((e) => e.getBoundingClientRect().top > 0);
    const to = all[here < 0 ? Math.max(first, 0) : here + step];
    if (!to) return;
    if (marks.length) {
      location.hash = to.id;
    } else {
      to.focus({ preventScroll: true });
      to.scrollIntoView({ block: "center" });
    }
  };

  const search = () => {
    const q = find("#q");
    if (!q) return location.assign(find(".name a").href);
    const sheet = q.closest("details");
    if (sheet) sheet.open = true;
    q.focus();
    q.select();
  };

  const follow = (selector) => find(selector)?.click();

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    n: () => follow("a[rel=next]"),
    m: () => follow(".views a[href*='/map']"),
    "/": search,
    "?": () => help.showModal(),
  };

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, select, textarea, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !on.checked) return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });

  // Search inside long lists of filters.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  for (const field of document.querySelectorAll(".facet .find")) {
    const facet = field.closest(".facet");
    const fold = facet.querySelector("details");
    field.hidden = false;
    field.addEventListener("input", () => {
      const wanted = plain(field.value.trim());
      if (fold) fold.open = wanted !== "";
      for (const item of facet.querySelectorAll("li")) {
        item.hidden = !plain(item.textContent).includes(wanted);
      }
    });
  }
})();
