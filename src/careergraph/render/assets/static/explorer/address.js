// What is chosen in the graph, in the address: #role=machine-learning-engineer&depth=2; #all if nothing is.

const nodeAt = new Map(nodes.map((node) => [node.key, node]));
const nodeAtAnyCase = new Map(nodes.map((node) => [node.key.toLowerCase(), node]));

/** A part of an address, escaped as the page escapes it, however it was typed. */
function escaped(text) {
  try {
    const plain = decodeURIComponent(text);
    return encodeURIComponent(plain).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  } catch {
    return text;
  }
}

const nodeCalled = (key) => nodeAt.get(key) ?? nodeAtAnyCase.get(key.toLowerCase());

/** What an address chooses; what it names and the page has not is `unknown`. */
function readAddress(hash) {
  const found = { node: null, depth: 0, unknown: [] };
  for (const field of hash.replace(/^#/, "").split("&")) {
    const at = field.indexOf("=");
    const [name, value] = at < 0 ? [field, ""] : [field.slice(0, at), field.slice(at + 1)];
    if (name === "depth") found.depth = Math.min(9, Math.max(0, parseInt(value, 10) || 0));
    else {
      const node = nodeCalled(`${name}=${escaped(value)}`);
      found.node = node ?? found.node;
      if (!node && name && value) found.unknown.push(unescaped(value));
    }
  }
  return found;
}

/** The address of what is chosen. */
function writeAddress({ node = null, depth = 0 }) {
  return node ? `#${node.key}${depth ? `&depth=${depth}` : ""}` : "#all";
}

/** Choose something: it becomes the address, and the page follows the address. */
function go(changes) {
  const wanted = writeAddress(changes);
  // Setting location.hash would take the focus away from where it is.
  if (wanted !== location.hash) history.pushState(null, "", wanted);
  follow();
}
