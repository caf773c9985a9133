// Optional: looking closer at the map, by buttons, by keys, by dragging and by two fingers; and
// the words of a sign at once when it is pointed at. Without it the map stands still.
"use strict";

(() => {
  const MOST = 16;
  const STEP = 1.5;

  const start = () => {
    const view = document.querySelector("#map-view");
    if (!view || view.dataset.ready) return;
    view.dataset.ready = "1";
    const svg = view.querySelector("svg");
    const { width, height } = svg.viewBox.baseVal;
    const buttons = Object.fromEntries([...view.querySelectorAll("[data-zoom]")].map((b) => [b.dataset.zoom, b]));
    const readout = view.querySelector("#map-readout");
    const signs = [...svg.querySelectorAll(".signs circle:not(.cercle)")].map((c) => [c, c.r.baseVal.value]);
    const names = [...svg.querySelectorAll(".names text")].map((t) => [t, t.x.baseVal[0].value, t.y.baseVal[0].value]);
    let zoom = 1;
    let [left, top] = [0, 0];

    const draw = () => {
      left = Math.min(Math.max(left, 0), width - width / zoom);
      top = Math.min(Math.max(top, 0), height - height / zoom);
      svg.setAttribute("viewBox", `${left} ${top} ${width / zoom} ${height / zoom}`);
      svg.style.setProperty("--zoom", zoom);
      // Signs and letters stay about as large as they were; areas grow with the land.
      const less = zoom ** 0.85;
      for (const [circle, r] of signs) circle.setAttribute("r", r / less);
      for (const [text, x, y] of names) {
        const [atX, atY] = [Number(text.dataset.x), Number(text.dataset.y)];
        text.setAttribute("x", atX + (x - atX) / less);
        text.setAttribute("y", atY + (y - atY) / less);
      }
      view.classList.toggle("closer", zoom > 1);
      buttons.in.disabled = zoom >= MOST;
      buttons.out.disabled = zoom <= 1;
      buttons.all.disabled = zoom <= 1;
    };

    // Units of the drawing for a point of the window.
    const point = (x, y) => {
      const at = new DOMPoint(x, y).matrixTransform(svg.getScreenCTM().inverse());
      return [at.x, at.y];
    };
    const middle = () => [left + width / zoom / 2, top + height / zoom / 2];

    // Looks closer by a factor; the point stays where it is.
    const look = (factor, [x, y] = middle()) => {
      const to = Math.min(Math.max(zoom * factor, 1), MOST);
      left = x - (x - left) * zoom / to;
      top = y - (y - top) * zoom / to;
      zoom = to;
      draw();
    };
    const move = (x, y) => {
      left += x / zoom;
      top += y / zoom;
      draw();
    };
    const whole = () => look(1 / zoom);

    buttons.in.addEventListener("click", () => look(STEP));
    buttons.out.addEventListener("click", () => look(1 / STEP));
    buttons.all.addEventListener("click", whole);

    const far = width / 8;
    const keys = {
      "+": () => look(STEP), "=": () => look(STEP), "-": () => look(1 / STEP), 0: whole,
      ArrowLeft: () => move(-far, 0), ArrowRight: () => move(far, 0),
      ArrowUp: () => move(0, -far), ArrowDown: () => move(0, far),
    };
    view.addEventListener("keydown", (event) => {
      const act = keys[event.key];
      if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
      // While all is seen the arrows scroll the page.
      if (event.key.startsWith("Arrow") && zoom === 1) return;
      event.preventDefault();
      act();
    });

    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      look(Math.exp(-event.deltaY / 200), point(event.clientX, event.clientY));
    }, { passive: false });

    // One pointer drags, two pinch. A drag is no click on what lies under it.
    const pointers = new Map();
    let dragged = false;
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      pointers.set(event.pointerId, [event.clientX, event.clientY]);
      dragged = false;
    });
    svg.addEventListener("pointermove", (event) => {
      const from = pointers.get(event.pointerId);
      if (!from) return;
      const to = [event.clientX, event.clientY];
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      const apart = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (!dragged && apart(from, to) < 5) return;
      if (zoom === 1 && !other) return;
      if (!dragged) svg.setPointerCapture(event.pointerId);
      dragged = true;
      view.classList.add("moving");
      const [a, b] = [point(...from), point(...to)];
      if (other) {
        const half = point((to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
        look(apart(to, other) / Math.max(apart(from, other), 1), half);
      } else {
        left += a[0] - b[0];
        top += a[1] - b[1];
        draw();
      }
      pointers.set(event.pointerId, to);
    });
    const end = (event) => {
      pointers.delete(event.pointerId);
      view.classList.remove("moving");
    };
    svg.addEventListener("pointerup", end);
    svg.addEventListener("pointercancel", end);
    svg.addEventListener("click", (event) => {
      if (dragged) { event.preventDefault(); event.stopPropagation(); }
      dragged = false;
    }, true);

    // The words of a sign or region, at once and in one place.
    for (const link of svg.querySelectorAll("a")) {
      const title = link.querySelector("title");
      if (!title) continue;
      const words = title.textContent;
      link.setAttribute("aria-label", words);
      title.remove();
      const say = () => { readout.textContent = words; readout.hidden = false; };
      const hush = () => { readout.hidden = true; };
      link.addEventListener("pointerenter", say);
      link.addEventListener("pointerleave", hush);
      link.addEventListener("focus", () => {
        say();
        const box = link.getBoundingClientRect();
        const frame = svg.getBoundingClientRect();
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const outside = x < frame.left || x > frame.right || y < frame.top || y > frame.bottom;
        if (zoom > 1 && outside) {
          const [atX, atY] = point(x, y);
          left = atX - width / zoom / 2;
          top = atY - height / zoom / 2;
          draw();
        }
      });
      link.addEventListener("blur", hush);
    }

    view.querySelector("#map-zoom").hidden = false;
    draw();
  };

  start();
  document.addEventListener("swapped", start);
})();
