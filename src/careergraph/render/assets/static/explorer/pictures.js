// The current view as a file: PNG from the canvas, SVG drawn anew from places, shapes and labels.

const SVG = "http://www.w3.org/2000/svg";

function imagePart(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** The view as an SVG document: text is text, and nothing in it runs. */
function asSvg() {
  const { placed, regions, onScreen, scale, width, height } = labelsNow();
  const image = imagePart("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "sans-serif" });
  image.append(imagePart("title", {}, document.title), imagePart("rect", { width, height, fill: colours.ground }));
  for (const edge of page.edges) if (picture.shown.has(edge.from) && picture.shown.has(edge.to)) image.append(paintedLine(edge, onScreen));
  for (const edge of wires.get()) image.append(line(edge, onScreen, { stroke: edge.color, "stroke-width": edge.width, ...(edge.dashes ? { "stroke-dasharray": "6 5" } : {}) }), head(edge, onScreen, scale));
  for (const node of nodes) if (picture.shown.has(node.id)) image.append(outline(node, onScreen(node), scale));
  for (const { name, size, x, y } of regions) image.append(imagePart("text", { x: rounded(x), y: rounded(y + size * 0.35), "font-size": size, "font-weight": 700, ...lettering(colours.quiet) }, name));
  for (const label of placed) image.append(...written(label));
  return new XMLSerializer().serializeToString(image);
}

const rounded = (value) => Math.round(value * 10) / 10;

function line(edge, onScreen, attributes) {
  const [tail, head] = [onScreen(nodes[edge.from]), onScreen(nodes[edge.to])];
  return imagePart("line", { x1: rounded(tail.x), y1: rounded(tail.y), x2: rounded(head.x), y2: rounded(head.y), ...attributes });
}

function paintedLine(edge, onScreen) {
  const { alpha, width, colour } = LAYERS.find(({ of }) => of(edge));
  return line(edge, onScreen, { stroke: colours[colour ?? "line"], "stroke-width": width, "stroke-opacity": rounded(alpha * (picture.lit ? 30 : 100)) / 100 });
}

/** The head of an arrow, drawn at the rim of the node that it points to. */
function head(edge, onScreen, scale) {
  const [tail, tip] = [onScreen(nodes[edge.from]), onScreen(nodes[edge.to])];
  const angle = Math.atan2(tip.y - tail.y, tip.x - tail.x);
  const back = radius(nodes[edge.to]) * scale + 2;
  const size = 5 + edge.width * 2;
  const at = (turn, far) => [tip.x - Math.cos(angle) * back + far * Math.cos(angle + turn), tip.y - Math.sin(angle) * back + far * Math.sin(angle + turn)];
  const corners = [at(0, 0), at(2.7, size), at(-2.7, size)].map((corner) => corner.map(rounded).join(" "));
  return imagePart("path", { d: `M${corners.join("L")}Z`, fill: edge.color });
}

function outline(node, { x, y }, scale) {
  const size = radius(node) * scale;
  const dim = picture.lit && !picture.lit.has(node.id);
  const image = imagePart("path", { d: outlineText(node.shape), transform: `translate(${rounded(x)} ${rounded(y)}) scale(${rounded(size)})`, fill: fillOf(node), ...(dim ? { "fill-opacity": 0.13 } : {}) });
  image.append(imagePart("title", {}, hint(node)));
  return image;
}

const lettering = (fill) => ({ "text-anchor": "middle", fill, stroke: colours.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" });

function written({ node, x, y }) {
  const { lines, size } = settingOf(node);
  const look = { "font-size": size, ...lettering(colours.ink) };
  return lines.map((text, row) => imagePart("text", { x: rounded(x), y: rounded(y + size * (0.85 + row * LEADING)), ...look }, text));
}

/** The canvas on the ground of the page; by itself it is transparent. */
function asPng() {
  const canvas = element("graph").querySelector("canvas");
  const copy = make("canvas", { width: canvas.width, height: canvas.height });
  const context = copy.getContext("2d");
  context.fillStyle = colours.ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  return new Promise((resolve) => copy.toBlob(resolve, "image/png"));
}

function save(content, name) {
  const address = URL.createObjectURL(content);
  make("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  closeMenu();
  say(`Saved as ${name}.`);
}

/** The menu has done its work; the keys go on from where it was opened. */
function closeMenu() {
  const menu = document.querySelector(".save");
  if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  menu.open = false;
}

function startPictures() {
  element("save-svg").addEventListener("click", () => save(new Blob([asSvg()], { type: "image/svg+xml" }), "careergraph.svg"));
  element("save-png").addEventListener("click", async () => save(await asPng(), "careergraph.png"));
  for (const id of ["save-svg", "save-png"]) element(id).addEventListener("click", closeMenu);
}
