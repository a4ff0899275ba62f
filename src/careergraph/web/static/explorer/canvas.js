// The picture: vis-network draws nodes, and real edges where something is chosen; all other edges are one layer below.

let network = null;
let picture = { shown: new Set(nodes.map((node) => node.id)), lit: null };
let colours = {};
let moving = false; // whether a node is being dragged or the picture zoomed, with too many edges to be painted
let layer = null; // the painted edges as paths, or null if they have to be made anew
const points = nodes.map((node) => ({ x: node.x, y: node.y }));
const dots = new vis.DataSet();
const wires = new vis.DataSet();

const LEAST_DRAWN = 3; // pixels on the screen that a node has from its middle, however far one is
const GROWING = 2_000; // more nodes than these keep their sizes: it takes too long to change them
const THIN = 18; // smaller nodes have a thinner rim, or it would cover them
const FRAME = 62; // pixels around what is brought into view, as wide as the buttons that lie upon it
let least = 0; // the radius that no node is drawn below, in units of the graph

const MANY_EDGES = 12_000; // more than these are not painted while the picture is drawn anew in each frame

const LAYERS = [
  { of: (edge) => edge.kind === "holds" || edge.kind === "publisher", alpha: 0.16, width: 0.8 },
  { of: (edge) => edge.kind !== "transition", alpha: 0.38, width: 1 },
  { of: () => true, alpha: 0.8, width: 2, arrows: true, colour: "accent" },
];

const veil = Math.min(1, Math.sqrt(2_500 / page.edges.length)); // many lines upon each other are dark

function startPicture() {
  colours = readColours();
  dots.add(nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, shape: node.shape, title: hint(node), borderWidth: rim(node), ...paint(node) })));
  network = new vis.Network(element("graph"), { nodes: dots, edges: wires }, page.options);
  element("graph").firstElementChild.removeAttribute("tabindex"); // the keys are those of the element around it
  network.on("beforeDrawing", keepVisible);
  network.on("beforeDrawing", (context) => moving || paintEdges(context));
  network.on("afterDrawing", writeLabels);
  network.on("click", ({ nodes: [id] }) => choose(id));
  network.on("doubleClick", ({ nodes: [id] }) => id !== undefined && go({ node: nodes[id], depth: 1 }));
  network.on("hoverNode", ({ node }) => hover(nodes[node]));
  network.on("blurNode", () => hover(null));
  network.on("dragStart", ({ nodes: dragged }) => (moving = dragged.length > 0 && page.edges.length > MANY_EDGES));
  network.on("zoom", rest);
  network.on("dragging", ({ nodes: dragged }) => moved(dragged));
  network.on("dragEnd", ({ nodes: dragged }) => {
    moved(dragged);
    if (dragged.length) rest();
  });
}

const rim = ({ size }) => Math.min(page.options.nodes.borderWidth, size < THIN ? 0.5 : Infinity);

/** How large a node is drawn; a star has the least inside for its radius. */
const radius = ({ size, shape }) => Math.max(size, shape === "star" ? 1.5 * least : least);

/** Let small nodes grow as the picture shrinks, in steps, so that few frames have to change them. */
function keepVisible() {
  const wanted = 1.25 ** Math.ceil(Math.log(LEAST_DRAWN / network.getScale()) / Math.log(1.25));
  if (wanted === least || nodes.length > GROWING) return;
  const before = nodes.map(radius);
  least = wanted;
  layer = null;
  const changed = nodes.filter((node) => radius(node) !== before[node.id]);
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

function hover(node) {
  state.hovered = node;
  network.redraw();
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

/** Colours as the page has them now. Styles name two of each, and only an element knows which is meant. */
function readColours() {
  const probe = element("said");
  const found = {};
  for (const name of ["ground", "ink", "quiet", "line", "accent", "focus"]) {
    probe.style.color = `var(--${name})`;
    found[name] = getComputedStyle(probe).color;
  }
  probe.style.color = "light-dark(rgb(0 0 0), rgb(255 255 255))";
  found.dark = getComputedStyle(probe).color === "rgb(255, 255, 255)";
  probe.style.color = "";
  return found;
}

function paint(node) {
  const background = colours.dark ? kindOf(node).dark : kindOf(node).light;
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
  wires.add(state.routing ? routeWires() : nodeWires(shown));
  network.selectNodes(state.node ? [state.node.id] : [], false);
  network.redraw();
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

function routeWires() {
  return routeSteps().map((step, id) => ({
    id, from: step.from, to: step.to, arrows: { to: { enabled: true, scaleFactor: 0.6 } }, tint: "accent", color: colours.accent, width: 5,
    dashes: step.basis === "derived", title: `${step.basis}, feasibility ${step.feasibility}`,
  }));
}

function madeLayer() {
  const made = LAYERS.map(() => new Path2D());
  for (const edge of page.edges) {
    if (!picture.shown.has(edge.from) || !picture.shown.has(edge.to)) continue;
    const at = LAYERS.findIndex(({ of }) => of(edge));
    const [tail, head] = [points[edge.from], points[edge.to]];
    made[at].moveTo(tail.x, tail.y);
    made[at].lineTo(head.x, head.y);
    if (LAYERS[at].arrows) addArrow(made[at], tail, head, radius(nodes[edge.to]));
  }
  return made;
}

function addArrow(path, tail, head, away) {
  const angle = Math.atan2(head.y - tail.y, head.x - tail.x);
  const [x, y] = [head.x - Math.cos(angle) * (away + 2), head.y - Math.sin(angle) * (away + 2)];
  for (const turn of [2.7, -2.7]) {
    path.moveTo(x, y);
    path.lineTo(x + 9 * Math.cos(angle + turn), y + 9 * Math.sin(angle + turn));
  }
}

function paintEdges(context) {
  layer ??= madeLayer();
  const thin = Math.max(1, 0.7 / network.getScale());
  LAYERS.forEach(({ alpha, width, colour }, at) => {
    context.globalAlpha = alpha * (picture.lit ? 0.3 : 1) * veil;
    context.strokeStyle = colours[colour ?? "line"];
    context.lineWidth = width * thin;
    context.stroke(layer[at]);
  });
  context.globalAlpha = 1;
}

/** The labels of the view, or of one around another middle that reaches further on each side by a share of it. */
function labelsNow(middle = network.getViewPosition(), beyond = 0) {
  const scale = network.getScale();
  const { clientWidth, clientHeight } = element("graph");
  const [width, height] = [clientWidth, clientHeight].map((length) => length + 2 * Math.round(length * beyond));
  const most = MOST_LABELS * (1 + 2 * beyond) ** 2;
  const onScreen = ({ id }) => ({ x: (points[id].x - middle.x) * scale + width / 2, y: (points[id].y - middle.y) * scale + height / 2 });
  return { placed: labelsWithRoom({ ...picture, onScreen, scale, width, height, most }), onScreen, scale, width, height };
}

function writeLabels(context, { placed, scale, onScreen, width } = labelsNow()) {
  const ratio = context.canvas.width / width;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.ink;
  for (const { node, x, y } of placed) {
    const { lines, size, font } = settingOf(node);
    context.font = font;
    lines.forEach((line, row) => context.strokeText(line, x, y + row * size * LEADING));
    lines.forEach((line, row) => context.fillText(line, x, y + row * size * LEADING));
  }
  if (state.cursor && graphHasFocus()) ring(context, onScreen(state.cursor), radius(state.cursor) * scale + 6);
  context.restore();
}

const graphHasFocus = () => document.activeElement === element("graph");

function ring(context, { x, y }, away) {
  context.beginPath();
  context.arc(x, y, away, 0, 7);
  context.lineWidth = 3;
  context.strokeStyle = colours.focus;
  context.stroke();
}

const motion = () => (still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" });

/** Bring into view what is chosen: a route or a neighbourhood as a whole, a node if it is not to be seen. */
function lookAtChosen() {
  const whole = state.routing ? [...(picture.lit ?? [])] : state.node && state.depth ? [...picture.shown] : [];
  if (whole.length) fit(whole, 0.9, motion());
  else if (state.node && !inView(state.node)) network.focus(state.node.id, { scale: Math.max(0.8, network.getScale()), animation: motion() });
}

/** Bring nodes into view with a frame around them, no closer than at a scale. */
function fit(ids, closest, animation) {
  const { clientWidth, clientHeight } = element("graph");
  if (!ids.length || !clientWidth) return;
  const [x, y] = ["x", "y"].map((way) => span(ids.map((id) => points[id][way])));
  const room = (length, { from, to }) => Math.max(1, length - 2 * FRAME) / Math.max(1, to - from);
  const scale = Math.min(closest, room(clientWidth, x), room(clientHeight, y));
  network.moveTo({ position: { x: (x.from + x.to) / 2, y: (y.from + y.to) / 2 }, scale, animation });
}

const span = (values) => values.reduce(({ from, to }, value) => ({ from: Math.min(from, value), to: Math.max(to, value) }), { from: Infinity, to: -Infinity });

function inView(node) {
  const { x, y } = network.canvasToDOM(points[node.id]);
  const { clientWidth: width, clientHeight: height } = element("graph");
  return x > 40 && y > 40 && x < width - 40 && y < height - 60;
}

function lookAtAll(animation = motion()) {
  fit([...picture.shown], 1.1, animation);
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(4, Math.max(0.05, network.getScale() * factor)), animation: motion() });
}
