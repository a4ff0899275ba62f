// The picture: vis-network draws nodes, and real edges where something is chosen; all other edges are one layer below.

let dragging = false; // whether a node is being dragged
let moving = false; // whether a node is being dragged or the picture zoomed, with too many edges to be painted
const dots = new vis.DataSet();
const wires = new vis.DataSet();

const MANY_EDGES = 12_000; // more than these are not painted while the picture is drawn anew in each frame

function startPicture() {
  dots.add(nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: radius(node), shape: node.shape, title: hint(node), borderWidth: rim(node), hidden: !picture.shown.has(node.id), ...paint(node) })));
  network = new vis.Network(element("graph"), { nodes: dots, edges: wires }, page.options);
  element("graph").firstElementChild.removeAttribute("tabindex"); // the keys are those of the element around it
  network.on("beforeDrawing", keepVisible);
  network.on("beforeDrawing", (context) => moving || paintEdges(context));
  network.on("afterDrawing", writeLabels);
  // To hold the ground is how a drag begins: vis-network calls it a click before anybody knows.
  network.on("click", ({ nodes: [id], event }) => (event.type === "press" && id === undefined) || choose(id));
  network.on("doubleClick", ({ nodes: [id] }) => id !== undefined && go({ node: nodes[id], depth: 1 }));
  network.on("hoverNode", ({ node }) => hover(nodes[node]));
  network.on("blurNode", () => hover(null));
  network.on("dragStart", ({ nodes: dragged }) => {
    dragging = dragged.length > 0;
    moving = dragging && page.edges.length > MANY_EDGES;
  });
  network.on("zoom", rest);
  network.on("dragging", ({ nodes: dragged }) => moved(dragged));
  network.on("dragEnd", ({ nodes: dragged }) => {
    moved(dragged);
    dragging = false;
    dots.update(dragged.map((id) => ({ id, ...points[id] }))); // or the next change would put them back
    if (dragged.length) rest();
  });
}

/** Let small nodes grow as the picture shrinks. */
function keepVisible() {
  const before = least;
  if (!grow(network.getScale())) return;
  const changed = nodes.filter((node) => radius(node, before) !== radius(node));
  dots.update(changed.map((node) => ({ id: node.id, size: radius(node) })));
}

/** The picture stands still again, or will in a moment. */
function rest() {
  moving = page.edges.length > MANY_EDGES;
  clearTimeout(rest.timer);
  rest.timer = setTimeout(() => {
    moving = false;
    network.redraw();
  }, 150);
}

function choose(id) {
  if (id !== undefined) go({ node: nodes[id], depth: state.node?.id === id ? state.depth : 0 });
  else if (state.node) go({});
}

/** What is under the pointer lights its neighbours, as long as nothing is selected. */
function hover(node) {
  state.hovered = node;
  if (state.node || dragging || nodes.length + page.edges.length > LARGE) network.redraw();
  else drawPicture();
}

function moved(dragged) {
  for (const id of dragged) points[id] = network.getPosition(id);
  if (dragged.length) layer = null;
}

/** What a pointer over a node is told. vis-network sets it as text. */
function hint(node) {
  const says = node.says ? `: ${node.says.length > 160 ? `${node.says.slice(0, 160)} …` : node.says}` : "";
  return `${node.label} (${node.group})${says}`;
}

function paint(node) {
  const background = fillOf(node);
  const chosen = { background, border: colours.ink };
  return { color: { background, border: colours.ground, highlight: chosen, hover: chosen } };
}

function repaint() {
  colours = readColours();
  dots.update(nodes.map((node) => ({ id: node.id, ...paint(node) })));
  wires.update(wires.map((wire) => ({ id: wire.id, color: colours[wire.tint] })));
  network.redraw();
}

/** Show what the state asks for. Only nodes that change are told to vis-network. */
function drawPicture() {
  const shown = shownIds();
  const lit = litIds(shown);
  const changed = nodes.filter((node) => looks(node, shown, lit) !== looks(node, picture.shown, picture.lit));
  dots.update(changed.map((node) => ({ id: node.id, hidden: !shown.has(node.id), opacity: !lit || lit.has(node.id) ? 1 : 0.13 })));
  picture = { shown, lit };
  layer = null;
  wires.clear();
  wires.add(nodeWires(shown));
  network.selectNodes(state.node ? [state.node.id] : [], false); // has the picture drawn anew
}

const looks = (node, shown, lit) => (shown.has(node.id) ? (!lit || lit.has(node.id) ? "lit" : "dim") : "hidden");

function nodeWires(shown) {
  if (!state.node) return [];
  return around[state.node.id].filter(({ other }) => shown.has(other)).map(({ edge }, id) => wire(id, edge, edge.kind === "transition" ? "accent" : "quiet", edge.kind === "transition" ? 3 : 1.5));
}

function wire(id, edge, tint, width) {
  const remark = [edge.says, edge.judged && "as the editors judge", edge.disputed && "sources disagree"].filter(Boolean).join("; ");
  const title = `${nodes[edge.from].label} ${page.relations[edge.kind][0]} ${nodes[edge.to].label}${remark ? ` (${remark})` : ""}`;
  return { id, from: edge.from, to: edge.to, arrows: { to: { enabled: true, scaleFactor: 0.7 } }, dashes: Boolean(edge.judged), tint, color: colours[tint], width, title };
}

/** Bring into view what is chosen: a neighbourhood as a whole, a node if it is not to be seen. */
function lookAtChosen() {
  const whole = state.node && state.depth ? [...picture.shown] : [];
  if (whole.length) fit(whole, 0.9, motion());
  else if (state.node && !inView(state.node)) network.focus(state.node.id, { scale: Math.max(0.8, network.getScale()), animation: motion() });
}

function inView(node) {
  const { x, y } = network.canvasToDOM(points[node.id]);
  const { clientWidth: width, clientHeight: height } = element("graph");
  return x > 40 && y > 40 && x < width - 40 && y < height - 60;
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: motion() });
}
