// The part of the address after #: role=machine-learning-engineer&depth=2, or route=software-engineer,data-scientist.

const placeAt = new Map();
for (const node of nodes) if (node.group === "role" || node.group === "background") placeAt.set(placeOf(node), node);

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

/** What an address chooses; what it names and the page has not is left out. */
function readAddress(hash) {
  const found = { node: null, depth: 0, from: null, to: null, routing: false, way: 0 };
  for (const field of hash.replace(/^#/, "").split("&")) {
    const at = field.indexOf("=");
    const [name, value] = at < 0 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
    if (name === "depth") found.depth = Math.min(9, Math.max(0, parseInt(value, 10) || 0));
    else if (name === "way") found.way = Math.max(0, (parseInt(value, 10) || 1) - 1);
    else if (name === "route") {
      const [from, to] = value.split(",").map((place) => placeAt.get(escaped(place)) ?? null);
      Object.assign(found, { routing: true, from: from ?? null, to: to ?? null });
    } else found.node = nodeAt.get(`${name}=${escaped(value)}`) ?? found.node;
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
