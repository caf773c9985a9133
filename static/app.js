// Optional: every page is complete without it. Keys to move, to search and to see these keys; a
// field that searches in long lists of filters; filters that change the page in place. Nothing
// leaves the machine, and nothing is stored but whether the keys are on.
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
  const sift = (field) => {
    const facet = field.closest(".facet");
    const fold = facet.querySelector("details");
    const wanted = plain(field.value.trim());
    if (fold) fold.open = wanted !== "";
    for (const item of facet.querySelectorAll("li")) {
      item.hidden = !plain(item.textContent).includes(wanted);
    }
  };
  const ready = () => {
    for (const field of document.querySelectorAll(".facet .find")) field.hidden = false;
  };
  ready();
  document.addEventListener("input", (event) => {
    if (event.target.matches(".facet .find")) sift(event.target);
  });

  // Filters change the page in place. What is fetched is the page that the link leads to; where
  // anything is odd, the browser simply goes there.
  const main = find("#main");
  const live = find("#live");
  const here = () => location.pathname + location.search;
  let shown = here();
  let fetching = null;

  // What the reader has opened, typed and focused, to be found again in the new page.
  const name = (element) => {
    const facet = element.closest(".facet");
    const part = element.querySelector(".t");
    if (element.id) return `#${element.id}`;
    if (facet) return `${facet.getAttribute("aria-labelledby")} ${part ? part.textContent : element.className}`;
    if (element.matches("summary")) return name(element.parentElement);
    return element.matches("details") ? `details ${element.parentElement.className}` : "";
  };
  const named = (of) => !of ? undefined : [...main.querySelectorAll("[id], .facet a, details, .facet input")].find((e) => name(e) === of);

  const swap = (page, typing) => {
    const next = page.querySelector("#main");
    const focus = main.contains(document.activeElement) ? document.activeElement : null;
    const at = focus && { name: name(focus), top: focus.getBoundingClientRect().top, value: focus.value, start: focus.selectionStart, end: focus.selectionEnd };
    const opened = [...main.querySelectorAll("details[open]")].map(name).filter(Boolean);
    const sifted = [...main.querySelectorAll(".facet .find")].filter((f) => f.value).map((f) => [name(f), f.value]);
    main.replaceChildren(...next.childNodes);
    document.title = page.title;
    const old = document.querySelectorAll("[data-twin]");
    page.querySelectorAll("[data-twin]").forEach((twin, i) => old[i]?.setAttribute("href", twin.getAttribute("href")));
    ready();
    for (const details of main.querySelectorAll("details")) {
      if (opened.includes(name(details))) details.open = true;
    }
    for (const [field, value] of sifted) {
      const found = named(field);
      if (found) { found.value = value; sift(found); }
    }
    if (at) {
      const found = named(at.name);
      const to = found || main.querySelector("h1");
      if (!found) to.tabIndex = -1;
      if (typing && found?.matches("#q")) {
        found.value = at.value;
        found.setSelectionRange(at.start, at.end);
      }
      to.focus({ preventScroll: true });
      if (found) scrollBy(0, found.getBoundingClientRect().top - at.top);
      else to.scrollIntoView({ block: "nearest" });
    }
    live.textContent = (main.querySelector(".nothing h2, .numbers") || main.querySelector("h1")).textContent;
    document.dispatchEvent(new Event("swapped"));
  };

  const load = async (url, { history: how, sure }) => {
    fetching?.abort();
    const mine = new AbortController();
    fetching = mine;
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(url, { signal: mine.signal, headers: { accept: "text/html" } });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      if (how === "push") {
        history.replaceState({ ...history.state, top: scrollY }, "");
        history.pushState({}, "", answer.url);
      } else if (how === "replace") {
        history.replaceState(history.state, "", answer.url);
      }
      shown = here();
      swap(page, how !== "back");
      if (how === "back") scrollTo(0, history.state?.top ?? 0);
    } catch (error) {
      if (error.name !== "AbortError" && sure) location.assign(url);
    } finally {
      if (fetching === mine) {
        fetching = null;
        main.removeAttribute("aria-busy");
      }
    }
  };

  let waiting = 0;
  let typed = false;
  const changes = ["/", "/map", "/compare"];
  const inPlace = (url) => url.origin === location.origin && url.pathname === location.pathname && changes.includes(url.pathname);

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("#main a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const href = link.getAttribute("href");
    if (href.startsWith("#") || link.matches("[download], [rel]")) return;
    const url = new URL(href, location);
    if (!inPlace(url)) return;
    event.preventDefault();
    clearTimeout(waiting);
    load(url, { history: "push", sure: true });
  });

  const asked = (form) => {
    const url = new URL(form.getAttribute("action"), location);
    url.search = new URLSearchParams(new FormData(form));
    return url;
  };
  const ours = (form) => form && form.matches("#main form.live") && inPlace(asked(form));

  document.addEventListener("submit", (event) => {
    if (!ours(event.target)) return;
    event.preventDefault();
    clearTimeout(waiting);
    load(asked(event.target), { history: "push", sure: true });
  });

  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (event.target.id !== "q" && ours(form) && form.checkValidity()) load(asked(form), { history: "push" });
  });

  // A search follows the typing; what was typed before is not worth a step back.
  document.addEventListener("input", (event) => {
    if (event.target.id !== "q" || !ours(event.target.form)) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!event.target.form?.checkValidity()) return;
      load(asked(event.target.form), { history: typed ? "replace" : "push" });
      typed = true;
    }, 350);
  });
  document.addEventListener("focusin", (event) => { if (event.target.id !== "q") typed = false; });

  addEventListener("popstate", () => {
    if (here() !== shown) load(location.href, { history: "back", sure: true });
  });

  // Reviewing: the words that are selected in the text go into the field beside the button.
  for (const pick of document.querySelectorAll(".pick")) {
    const text = find(".beside .text");
    const field = pick.parentElement.querySelector("textarea");
    if (!text || !field) continue;
    pick.hidden = false;
    // The selection stays while the button is pressed.
    pick.addEventListener("mousedown", (event) => event.preventDefault());
    pick.addEventListener("click", () => {
      const chosen = getSelection();
      if (chosen.isCollapsed || !text.contains(chosen.anchorNode)) return;
      field.value = chosen.toString().trim();
      const line = field.closest("fieldset").querySelector(`[name="${field.name.replace(/quote$/, "at")}"]`);
      if (line) line.value = "";
    });
  }
})();
