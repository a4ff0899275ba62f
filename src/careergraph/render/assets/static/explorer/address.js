// The part of the address after #: role=machine-learning-engineer&depth=2, or route=software-engineer,data-scientist.

const nodeAt = new Map(nodes.map((node) => [node.key, node]));
const placeAt = new Map();
for (const node of nodes) if (node.group === "role" || node.group === "background") placeAt.set(placeOf(node), node);

const anyCase = (map) => new Map([...map].map(([key, node]) => [key.toLowerCase(), node]));
const [nodeAtAnyCase, placeAtAnyCase] = [nodeAt, placeAt].map(anyCase);

function placeOf(node) {
  return node.key.slice(node.key.indexOf("=") + 1);
}

/** A part of an address, escaped as the page escapes it, however it was typed. */
function escaped(text) {
  try {
    const plain = decodeURIComponent(text);
    return encodeURIComponent(plain).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return text;
  }
}

/** A name in an address as people read it. */
function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const nodeCalled = (key) => nodeAt.get(key) ?? nodeAtAnyCase.get(key.toLowerCase());
const placeCalled = (place) => placeAt.get(place) ?? placeAtAnyCase.get(place.toLowerCase());

/** What an address chooses; what it names and the page has not is `unknown`. */
function readAddress(hash) {
  const found = { node: null, depth: 0, from: null, to: null, routing: false, way: 0, unknown: [] };
  for (const field of hash.replace(/^#/, "").split("&")) {
    const at = field.indexOf("=");
    const [name, value] = at < 0 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
    if (name === "depth") found.depth = Math.min(9, Math.max(0, parseInt(value, 10) || 0));
    else if (name === "way") found.way = Math.max(0, (parseInt(value, 10) || 1) - 1);
    else if (name === "route") {
      const ends = value.split(",").slice(0, 2);
      const [from, to] = ends.map((place) => placeCalled(escaped(place)) ?? null);
      found.unknown.push(...ends.filter((place, at) => place && ![from, to][at]).map(unescaped));
      Object.assign(found, { routing: true, from: from ?? null, to: to ?? null });
    } else {
      const node = nodeCalled(`${name}=${escaped(value)}`);
      found.node = node ?? found.node;
      if (!node && name && value) found.unknown.push(unescaped(value));
    }
  }
  return found.routing ? { ...found, node: null, depth: 0 } : found;
}

/** The address of what is chosen. */
function writeAddress(chosen) {
  if (chosen.routing) {
    const ends = [chosen.from, chosen.to].map((node) => (node ? placeOf(node) : ""));
    return `#route=${ends.join(",")}${chosen.way ? `&way=${chosen.way + 1}` : ""}`;
  }
  if (!chosen.node) return "#";
  return `#${chosen.node.key}${chosen.depth ? `&depth=${chosen.depth}` : ""}`;
}

/** Choose something: it becomes the address, and the page follows the address. */
function go(changes) {
  const empty = { node: null, depth: 0, from: null, to: null, routing: false, way: 0 };
  const wanted = writeAddress({ ...empty, ...changes });
  // Setting location.hash would take the focus away from where it is.
  if (wanted !== (location.hash || "#")) history.pushState(null, "", wanted === "#" ? location.href.split("#")[0] : wanted);
  follow();
}
