// What is painted, whoever does it: colours, edges, labels, and what of the graph comes into view.

let network = null; // vis-network, once it is there; until then something that answers where the view is
let picture = { shown: new Set(nodes.filter((node) => !state.off.has(node.group)).map((node) => node.id)), lit: null };
let colours = {};
let layer = null; // the painted edges as paths, or null if they have to be made anew
const points = nodes.map((node) => ({ x: node.x, y: node.y }));

const LEAST_DRAWN = 3; // pixels on the screen that a node has from its middle, however far one is
const GROWING = 2_000; // more nodes than these keep their sizes: it takes too long to change them
const THIN = 18; // smaller nodes have a thinner rim, or it would cover them
const FRAME = 62; // pixels around what is brought into view, as wide as the buttons that lie upon it
let least = 0; // the radius that no node is drawn below, in units of the graph

const LAYERS = [
  { of: (edge) => edge.kind === "holds" || edge.kind === "publisher", alpha: 0.16, width: 0.8 },
  { of: (edge) => edge.kind !== "transition", alpha: 0.38, width: 1 },
  { of: () => true, alpha: 0.8, width: 2, arrows: true, colour: "accent" },
];

const veil = Math.min(1, Math.sqrt(2_500 / page.edges.length)); // many lines upon each other are dark

const rim = ({ size }) => Math.min(page.options.nodes.borderWidth, size < THIN ? 0.5 : Infinity);

/** How large a node is drawn where none is below some radius; a star has the least inside for its radius. */
const radius = ({ size, shape }, floor = least) => Math.max(size, shape === "star" ? 1.5 * floor : floor);

/** Whether small nodes had to grow, or to shrink, for the scale: in steps, so that few frames have to change them. */
function grow(scale) {
  const wanted = nodes.length > GROWING ? 0 : 1.25 ** Math.ceil(Math.log(LEAST_DRAWN / scale) / Math.log(1.25));
  if (wanted === least) return false;
  least = wanted;
  layer = null;
  return true;
}

/** Colours as the page has them now. Styles name two of each, and only an element knows which is meant. */
function readColours() {
  const probe = element("graph");
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

const fillOf = (node) => (colours.dark ? kindOf(node).dark : kindOf(node).light);

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
  const view = { ...picture, onScreen, scale, width, height };
  const regions = regionsWithRoom(view);
  return { placed: labelsWithRoom({ ...view, most, regions }), regions, onScreen, scale, width, height };
}

function writeLabels(context, { placed, regions, scale, onScreen, width } = labelsNow()) {
  const ratio = context.canvas.width / width;
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "top";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.ground;
  writeRegions(context, regions);
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

function writeRegions(context, regions) {
  context.save();
  Object.assign(context, { fillStyle: colours.quiet, lineWidth: 6, textBaseline: "middle" });
  for (const { name, size, x, y } of regions) {
    context.font = regionFont(size);
    context.strokeText(name, x, y);
    context.fillText(name, x, y);
  }
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

const motion = () => (still.matches ? false : { duration: 300, easingFunction: "easeInOutQuad" });

function lookAtAll(animation = motion()) {
  fit([...picture.shown], 1.1, animation);
}

/** The outline of a node of radius 1 at 0, 0. */
const outlineText = (shape) => element(`shape-${shape}`).firstElementChild.getAttribute("d");
