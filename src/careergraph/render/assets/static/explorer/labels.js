// Which labels are written: names of regions, then the most important nodes first, and none upon another.

const ink = document.createElement("canvas").getContext("2d");
const typeface = getComputedStyle(document.body).fontFamily;
const ROW = 22; // how many signs go in a line of a label
const LEADING = 1.15;
const MOST_LABELS = 250;
const regionSize = (width) => (width < 600 ? 13 : 19); // how large the name of a region is on the screen
const AWAY = [0, -1.5, 1.5, -3, 3, -4.5, 4.5]; // how far from the middle it may stand, in its own heights
const CLOSE = 0.9; // from this scale on, one is within a region, and it is not named
const LEAST_RADIUS = 3; // pixels on the screen, below which a node is not named

/** How a node's label is set: its lines, its size on the screen, and how wide it is. Worked out once a node. */
function settingOf(node) {
  if (!node.setting) {
    const lines = [""];
    for (const word of node.label.split(/\s+/)) {
      const last = lines[lines.length - 1];
      if (!last) lines[lines.length - 1] = word;
      else if (last.length + word.length < ROW) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(word);
    }
    if (lines.length > 3) lines.splice(2, lines.length, `${lines[2]} …`);
    const size = node.group === "role" ? 14 : node.group === "background" ? 13 : 12;
    const font = `${node.group === "role" ? 600 : 400} ${size}px ${typeface}`;
    ink.font = font;
    node.setting = { lines, size, font, width: Math.max(...lines.map((line) => ink.measureText(line).width)) };
  }
  return node.setting;
}

/** The names of regions that find room, near the middle of what is shown of each: {name, size, x, y} and their boxes. */
function regionsWithRoom({ shown, lit, onScreen, scale, width, height }) {
  if (lit || state.depth || scale > CLOSE) return [];
  const placed = [];
  const roles = ranked.filter((node) => node.group === "role" && shown.has(node.id)).map((node) => labelledBox(node, onScreen(node), scale));
  const size = regionSize(width);
  ink.font = regionFont(size);
  for (const { name, nodes: members } of page.regions) {
    const spots = members.filter((id) => shown.has(id)).map((id) => onScreen({ id }));
    if (!spots.length) continue;
    const [x, middle] = ["x", "y"].map((way) => median(spots.map((spot) => spot[way])));
    const [wide, high] = ["x", "y"].map((way) => span(spots.map((spot) => spot[way])));
    const half = ink.measureText(name).width / 2 + 6;
    if (half > wide.to - wide.from) continue; // twice as wide as what it names
    const heights = AWAY.map((rows) => middle + rows * size).filter((y) => y >= high.from && y <= high.to);
    const boxes = heights.map((y) => ({ name, size, x, y, left: x - half, right: x + half, top: y - size * 0.7, bottom: y + size * 0.7 }));
    const free = boxes.filter((box) => box.left > 0 && box.right < width && box.top > 0 && box.bottom < height && !placed.some((other) => overlap(box, other)));
    const covered = free.map((box) => roles.filter((role) => overlap(box, role)).length);
    const best = free[covered.indexOf(Math.min(...covered))];
    if (best) placed.push(best);
  }
  return placed;
}

/** A node with the room below it that its label takes. */
function labelledBox(node, { x, y }, scale) {
  const [label] = labelBoxes(node, { x, y }, scale);
  return { ...label, top: y - radius(node) * scale };
}

const regionFont = (size) => `700 ${size}px ${typeface}`;

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

/** The labels that find room, as {node, x, y} of the middle of their upper edge, in pixels of the screen. */
function labelsWithRoom({ shown, lit, onScreen, scale, width, height, most, regions }) {
  const marked = [state.node, state.hovered, graphHasFocus() ? state.cursor : null].filter((node) => node && shown.has(node.id));
  const seen = (node) => {
    const { x, y } = onScreen(node);
    return x > -80 && y > -60 && x < width + 80 && y < height + 20;
  };
  const wanted = (node) => (lit ? lit.has(node.id) : node.size * scale >= LEAST_RADIUS || foremost.has(node));
  const inView = ranked.filter((node) => shown.has(node.id) && wanted(node) && seen(node));
  const taken = [...regions, ...inView.filter((node) => radius(node) * scale > 5).map((node) => outlineBox(node, onScreen(node), scale))];
  const placed = [];
  for (const node of new Set([...marked, ...inView])) {
    const boxes = labelBoxes(node, onScreen(node), scale).filter((box) => box.left > 0 && box.right < width && box.bottom < height);
    const free = (inTheWay) => boxes.find((box) => !taken.some((other) => inTheWay(box, other)));
    const box = free(touching) ?? free(weighty) ?? (marked.includes(node) ? boxes[0] : null);
    if (!box) continue;
    taken.push(box);
    placed.push({ node, x: (box.left + box.right) / 2, y: box.top + 1 });
    if (placed.length >= most) break;
  }
  return placed;
}

/** Where a label may stand: below its node, above it, to the right, to the left; the first is best. */
function labelBoxes(node, { x, y }, scale) {
  const { lines, size, width } = settingOf(node);
  const [away, half, high] = [radius(node) * scale + 2, width / 2 + 2, lines.length * size * LEADING + 2];
  const at = (left, top) => ({ node, left, right: left + 2 * half, top, bottom: top + high });
  return [at(x - half, y + away), at(x - half, y - away - high), at(x + away, y - high / 2), at(x - away - 2 * half, y - high / 2)];
}

/** Whether something else stands where a label would. */
const touching = (box, other) => other.node !== box.node && overlap(box, other);

/** The same, but for nodes of another kind that are less important: these may be covered if there is no other room. */
function weighty(box, other) {
  const lesser = other.outline && other.node.group !== box.node.group && other.node.size < box.node.size - 3;
  return !lesser && touching(box, other);
}

function outlineBox(node, { x, y }, scale) {
  const away = radius(node) * scale;
  return { node, outline: true, left: x - away, right: x + away, top: y - away, bottom: y + away };
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

// Larger nodes first; positions in the order of the data, so the same labels stand on every machine with these fonts.
const ranked = [...nodes].sort((one, other) => other.size - one.size || one.id - other.id);
const foremost = new Set(ranked.slice(0, 15)); // named however small they are
