// Dragging the view of a large graph: its picture is painted once, with a margin around the view, and then only moved.

const LARGE = 3_000; // nodes and edges together; fewer are drawn anew in each frame soon enough
const MARGIN = 0.6; // how much is painted beyond the view on each side, as a share of it
const TREMBLE = 5; // pixels that a pointer may move in a click, the same as for vis-network

let held = null; // while the empty canvas is held: by which pointer, where, and what picture of it is moved

/** Has to come before the picture starts: vis-network then leaves dragging the view to us. */
function startPanning() {
  if (nodes.length + page.edges.length <= LARGE) return;
  page.options.interaction.dragView = false;
  const graph = element("graph");
  graph.addEventListener("pointerdown", hold);
  graph.addEventListener("pointermove", pull);
  // vis-network would look for what is under the pointer where the view was before.
  graph.addEventListener("mousemove", (event) => held?.image && event.stopPropagation(), { capture: true });
  // Keys and wheel change the view, too: they go on from where the drag has come to.
  for (const end of ["pointerup", "pointercancel", "wheel", "keydown"]) graph.addEventListener(end, letGo, { capture: true, passive: true });
}

function hold(event) {
  letGo(); // a second finger makes it a pinch
  const { left, top } = element("graph").getBoundingClientRect();
  const onNode = network.getNodeAt({ x: event.clientX - left, y: event.clientY - top }) !== undefined;
  if (!event.isPrimary || event.button || event.shiftKey || onNode || !event.target.matches("canvas")) return;
  held = { id: event.pointerId, x: event.clientX, y: event.clientY, start: network.getViewPosition(), image: null };
}

function pull(event) {
  if (event.pointerId !== held?.id) return;
  const [x, y] = [event.clientX - held.x, event.clientY - held.y];
  if (!event.buttons) letGo(); // it was let go of outside
  else if (held.image || Math.hypot(x, y) > TREMBLE) dragTo(x, y);
}

/** Show the view as it is that many pixels from where it was held; paint only where the picture does not reach. */
function dragTo(x, y) {
  const scale = network.getScale();
  held.middle = { x: held.start.x - x / scale, y: held.start.y - y / scale };
  const reached = held.image && Math.abs(x - held.from.x) <= -held.image.offsetLeft && Math.abs(y - held.from.y) <= -held.image.offsetTop;
  if (!reached) {
    const graph = element("graph");
    graph.setPointerCapture(held.id);
    held.image?.remove();
    Object.assign(held, { from: { x, y }, image: paintedAround(held.middle) });
    graph.append(held.image);
  }
  held.image.style.transform = `translate(${x - held.from.x}px, ${y - held.from.y}px)`;
}

function letGo() {
  if (held?.image) {
    network.moveTo({ position: held.middle, animation: false });
    held.image.remove();
  }
  held = null;
}

/** A canvas with what the graph shows around a middle, the margin with it. */
function paintedAround(middle) {
  const labels = labelsNow(middle, MARGIN);
  const { clientWidth, clientHeight } = element("graph");
  const [width, height] = [labels.width, labels.height].map((length) => Math.round(length * devicePixelRatio));
  const canvas = make("canvas", { class: "moved", width, height });
  Object.assign(canvas.style, { left: `${(clientWidth - labels.width) / 2}px`, top: `${(clientHeight - labels.height) / 2}px`, width: `${labels.width}px`, height: `${labels.height}px` });
  const context = canvas.getContext("2d");
  const scale = labels.scale * devicePixelRatio;
  context.setTransform(scale, 0, 0, scale, width / 2 - middle.x * scale, height / 2 - middle.y * scale);
  paintEdges(context);
  // In the order of vis-network itself, which has no public way to draw on another canvas.
  network.renderer._drawEdges(context);
  network.renderer._drawNodes(context, true);
  network.renderer._drawArrows(context);
  writeLabels(context, labels);
  return canvas;
}
