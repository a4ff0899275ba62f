// Everything is there: put the parts to work, then follow the address.

function follow() {
  Object.assign(state, readAddress(location.hash));
  if (state.way >= waysBetween(state.from, state.to).length) state.way = 0;
  putAddressRight();
  if (state.node) state.cursor = state.node;
  drawPicture();
  showPanel();
  showList();
  lookAtChosen();
  tellUnknown();
  press(element("as-graph"), !state.list && !state.routing);
  press(element("as-list"), state.list);
  press(element("as-route"), state.routing);
}

/** An address that is not as the page writes it (a depth out of bounds, another case) is put right. */
function putAddressRight() {
  const asWritten = writeAddress(state);
  if ((state.node || state.routing) && !state.unknown.length && asWritten !== location.hash) history.replaceState(null, "", asWritten);
}

/** Tell what the address names and the page has not. */
function tellUnknown() {
  const text = state.unknown.map((name) => `Nothing is called “${name}” here.`).join(" ");
  element("unknown").hidden = !text;
  element("unknown").textContent = text;
  if (text) say(text);
}

function letNodeGo() {
  const chosen = state.node || state.routing;
  go({});
  if (chosen) say("Nothing is selected.");
}

function setList(wanted) {
  state.list = wanted;
  if (!wanted && state.routing) go({});
  else follow();
  if (!wanted) lookAtAll(false);
}

function startLegend() {
  for (const button of document.querySelectorAll(".legend [data-kind]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.kind;
      if (!state.off.delete(kind)) state.off.add(kind);
      press(button, !state.off.has(kind));
      follow();
      const own = nodes.filter((node) => node.group === kind);
      const aside = own.filter((node) => !inView(node)).length > own.length / 2;
      if (!state.off.has(kind) && aside && !state.node && !state.routing) lookAtAll();
      say(`${own.length} ${page.kinds[kind].plural}: ${state.off.has(kind) ? "hidden" : "shown"}`);
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
  element("let-go").addEventListener("click", letNodeGo);
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

/** Do what was done to the page before it could answer. The canvas of that time is gone. */
function catchUp() {
  for (const kind of HEARD) removeEventListener(kind, keepWaiting, true);
  const { left, top } = element("graph").getBoundingClientRect();
  if (waiting.length) network.redraw(); // vis-network knows what is where once it has drawn it
  for (const event of waiting) {
    if (event.target.matches("canvas")) choose(network.getNodeAt({ x: event.clientX - left, y: event.clientY - top }));
    else event.target.dispatchEvent(new event.constructor(event.type, event));
  }
}

startPanning();
startPicture();
lookAtAll(false);
startTheme();
startLegend();
startButtons();
startSearch();
startKeyboard();
startRoutes();
startPictures();
addEventListener("hashchange", follow);
follow();
element("graph").ariaBusy = null;
catchUp();
