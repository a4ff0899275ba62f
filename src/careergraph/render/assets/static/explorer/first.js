// The first picture: painted before the browser has read vis-network, just as vis-network paints it soon afterwards.

const waiting = []; // what people did before the page could answer, to be done then
const HEARD = ["click", "keydown"];

/** Answers where the view is as long as there is no vis-network. */
function viewAlone() {
  let view = { position: { x: 0, y: 0 }, scale: 1 };
  return { getScale: () => view.scale, getViewPosition: () => view.position, moveTo: (wanted) => (view = wanted) };
}

/** A canvas with the graph as a whole; vis-network throws it away when it puts its own there. */
function firstPicture() {
  const graph = element("graph");
  const { clientWidth, clientHeight } = graph;
  const [width, height] = [clientWidth, clientHeight].map((length) => Math.round(length * devicePixelRatio));
  const canvas = make("canvas", { width, height });
  Object.assign(canvas.style, { width: "100%", height: "100%" });
  const context = canvas.getContext("2d");
  const [scale, middle] = [network.getScale() * devicePixelRatio, network.getViewPosition()];
  context.setTransform(scale, 0, 0, scale, width / 2 - middle.x * scale, height / 2 - middle.y * scale);
  paintEdges(context);
  paintNodes(context);
  writeLabels(context);
  return canvas;
}

/** Nodes in the order and with the outlines of vis-network. */
function paintNodes(context) {
  const outlines = new Map();
  const outlineOf = (shape) => outlines.get(shape) ?? outlines.set(shape, new Path2D(outlineText(shape))).get(shape);
  context.strokeStyle = colours.ground;
  for (const node of nodes) {
    if (!picture.shown.has(node.id)) continue;
    const size = radius(node);
    const path = new Path2D();
    path.addPath(outlineOf(node.shape), { a: size, d: size, e: node.x, f: node.y });
    context.fillStyle = fillOf(node);
    context.fill(path);
    context.lineWidth = Math.min(2 * size, rim(node) / network.getScale());
    if (rim(node)) context.stroke(path);
  }
}

/** The outline of a node of radius 1 at 0, 0. */
const outlineText = (shape) => element(`shape-${shape}`).firstElementChild.getAttribute("d");

/** Keep what is done with what cannot answer yet; a text box can by itself. */
function keepWaiting(event) {
  const answered = event.type === "click" ? !event.target.closest("button, canvas") : event.target.matches("input, select");
  if (!answered) waiting.push(event);
}

/** Let the rest of the script run: vis-network, and what makes the page answer. */
const goOn = () => document.body.append(element("program").content);

function goOnOnceRead() {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", goOn);
  else goOn();
}

document.documentElement.classList.add("live");
element("graph").ariaBusy = "true";
for (const kind of HEARD) addEventListener(kind, keepWaiting, true);
colours = readColours();
network = viewAlone();
lookAtAll(false);
grow(network.getScale());
// An address that chooses something, or a page that nobody sees yet, has its first picture from vis-network.
if (location.hash.length > 1 || document.hidden) goOnOnceRead();
else {
  element("graph").append(firstPicture());
  requestAnimationFrame(() => setTimeout(goOnOnceRead)); // when the frame is on the screen
}
