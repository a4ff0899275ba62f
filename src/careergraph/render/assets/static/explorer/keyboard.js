// The picture by keyboard: arrows go to the nearest node that way, and what is reached is told.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
const ZOOMS = { "+": 1.25, "=": 1.25, "-": 0.8 };

/** The shown node that is nearest in a direction: as near as it is far, and nearer the less it is aside. */
function nearest(start, [dx, dy]) {
  let best = null;
  let least = Infinity;
  for (const id of picture.lit ?? picture.shown) {
    const [x, y] = [points[id].x - points[start.id].x, points[id].y - points[start.id].y];
    const ahead = x * dx + y * dy;
    const aside = Math.abs(x * dy - y * dx);
    if (id === start.id || ahead <= 0 || aside > ahead * 2) continue;
    if (ahead + aside * 2 < least) [least, best] = [ahead + aside * 2, nodes[id]];
  }
  return best;
}

/** Where the arrows start: at the cursor, the selected node, or the most important one. */
function cursorNow() {
  const kept = [state.cursor, state.node].find((node) => node && picture.shown.has(node.id));
  return kept ?? ranked.find((node) => picture.shown.has(node.id)) ?? null;
}

function moveCursor(node) {
  state.cursor = node;
  if (!inView(node)) network.focus(node.id, { animation: motion() });
  network.redraw();
  say(`${node.label}, ${node.group}, ${counted(around[node.id].length, "connection", "connections")}`);
}

function graphKeys(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const here = cursorNow();
  if (event.key in WAYS && here) moveCursor(state.cursor ? (nearest(here, WAYS[event.key]) ?? here) : here);
  else if ((event.key === "Enter" || event.key === " ") && here) {
    go({ node: here });
    say(`${here.label} is selected. The details follow.`);
  } else if (event.key === "Escape") letNodeGo();
  else if (event.key in ZOOMS) zoom(ZOOMS[event.key]);
  else if (event.key === "0") lookAtAll();
  else return;
  event.preventDefault();
}

function startKeyboard() {
  const graph = element("graph");
  graph.addEventListener("keydown", graphKeys);
  graph.addEventListener("focus", () => network.redraw());
  graph.addEventListener("blur", () => network.redraw());
}
