// Everything is there: put the parts to work, then follow the address.

function follow() {
  Object.assign(state, readAddress(location.hash));
  if (state.way >= waysBetween(state.from, state.to).length) state.way = 0;
  if (state.node) state.cursor = state.node;
  drawPicture();
  showPanel();
  showList();
  lookAtChosen();
  press(element("as-graph"), !state.list);
  press(element("as-list"), state.list);
  press(element("as-route"), state.routing);
}

function setList(wanted) {
  state.list = wanted;
  follow();
  if (!wanted) lookAtAll(false);
}

function startLegend() {
  for (const button of document.querySelectorAll(".legend [data-kind]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.kind;
      if (!state.off.delete(kind)) state.off.add(kind);
      press(button, !state.off.has(kind));
      follow();
      say(`${page.kinds[kind].plural}: ${state.off.has(kind) ? "hidden" : "shown"}`);
    });
  }
}

/** Light or dark as the system has it, until the button is pressed; paper is light. */
function startTheme() {
  const button = element("theme");
  const root = document.documentElement;
  let kept = "";
  const wear = (scheme) => {
    root.style.colorScheme = scheme;
    repaint();
    press(button, colours.dark);
  };
  button.addEventListener("click", () => wear(colours.dark ? "light" : "dark"));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => wear(root.style.colorScheme));
  addEventListener("beforeprint", () => {
    kept = root.style.colorScheme;
    wear("light");
  });
  addEventListener("afterprint", () => wear(kept));
  press(button, colours.dark);
}

function startButtons() {
  element("as-graph").addEventListener("click", () => setList(false));
  element("as-list").addEventListener("click", () => setList(true));
  element("zoom-in").addEventListener("click", () => zoom(1.25));
  element("zoom-out").addEventListener("click", () => zoom(0.8));
  element("zoom-fit").addEventListener("click", () => lookAtAll());
  element("let-go").addEventListener("click", () => go({}));
  for (const button of document.querySelectorAll("[data-depth]")) {
    button.addEventListener("click", () => go({ node: state.node, depth: Number(button.dataset.depth) }));
  }
  // A link in words is a choice in words: reading goes on in the panel.
  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(readAddress(link.getAttribute("href")));
    readOn();
  });
}

document.documentElement.classList.add("live");
startPicture();
drawPicture();
lookAtAll(false);
document.addEventListener("DOMContentLoaded", () => {
  startTheme();
  startLegend();
  startButtons();
  startSearch();
  startKeyboard();
  startRoutes();
  startPictures();
  addEventListener("hashchange", follow);
  follow();
});
