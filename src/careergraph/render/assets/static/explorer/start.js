// The graph is there: put its parts to work, then follow the address.

function followGraph() {
  Object.assign(state, readAddress(location.hash));
  putAddressRight();
  if (state.node) state.cursor = state.node;
  state.hovered = null;
  for (const tip of document.querySelectorAll(".vis-tooltip")) tip.style.visibility = "hidden"; // it tells of what was before
  drawPicture();
  showPanel();
  showList();
  lookAtChosen();
  tellUnknown();
  press(element("as-graph"), !state.list);
  press(element("as-list"), state.list);
  retitle(state.node ? state.node.label : "Everything");
}

/** An address that is not as the page writes it (a depth out of bounds, another case) is put right. */
function putAddressRight() {
  const asWritten = writeAddress(state);
  if (state.node && !state.unknown.length && asWritten !== location.hash) history.replaceState(null, "", asWritten);
}

/** Tell what the address names and the page has not. */
function tellUnknown() {
  const text = state.unknown.map((name) => `Nothing is called “${name}” here.`).join(" ");
  element("unknown").hidden = !text;
  element("unknown").textContent = text;
  if (text) say(text);
}

function letNodeGo() {
  const { node } = state;
  go({});
  if (node) say("Nothing is selected.");
}

function setList(wanted) {
  state.list = wanted;
  followGraph();
  if (!wanted) lookAtAll(false);
}

function startLegend() {
  for (const button of document.querySelectorAll(".legend [data-kind]")) {
    button.addEventListener("click", () => {
      const kind = button.dataset.kind;
      if (state.off.delete(kind)) state.wanted.add(kind);
      else state.off.add(kind);
      press(button, !state.off.has(kind));
      followGraph();
      const own = nodes.filter((node) => node.group === kind);
      const aside = own.filter((node) => !inView(node)).length > own.length / 2;
      if (!state.off.has(kind) && aside && !state.node) lookAtAll();
      say(`${own.length} ${page.kinds[kind].plural}: ${state.off.has(kind) ? "hidden" : "shown"}`);
    });
  }
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
  element("everything").addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(readAddress(link.getAttribute("href")));
    readOn();
  });
}

window.followGraph = followGraph;
window.repaintGraph = repaint;
colours = readColours();
startPanning();
startPicture();
startLegend();
startButtons();
startSearch();
startKeyboard();
startPictures();
lookAtAll(false);
followGraph();
element("graph").ariaBusy = null;
if (!state.node) lookAtAll(false); // what is told above the picture has its height by now
document.documentElement.classList.add("graph-ready");
