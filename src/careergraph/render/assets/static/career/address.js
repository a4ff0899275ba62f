// What is asked stands in the address and nowhere else: #route=software-engineer,ai-product-manager&way=2.

let table = null; // the routes, once they are unpacked
let places = []; // positions: label, address, kind, aliases, and the names to find them by
let placeAt = new Map();
const chosen = { from: null, to: null, way: 0, unknown: [] };

function unescaped(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function readQuestion(hash) {
  const found = { from: null, to: null, way: 0, unknown: [] };
  for (const field of hash.replace(/^#/, "").split("&")) {
    const [name, value = ""] = field.split(/=(.*)/s);
    if (name === "way") found.way = Math.max(0, (parseInt(value, 10) || 1) - 1);
    if (name !== "route") continue;
    const ends = value.split(",").slice(0, 2).map(unescaped);
    [found.from, found.to] = ends.map((end) => placeAt.get(end.toLowerCase()) ?? null);
    found.to ??= null;
    found.unknown = ends.filter((end, at) => end && (at ? found.to : found.from) === null);
  }
  return found;
}

function writeQuestion({ from = null, to = null, way = 0 }) {
  if (from === null && to === null) return "#";
  const ends = [from, to].map((at) => (at === null ? "" : encodeURIComponent(places[at].address)));
  return `#route=${ends.join(",")}${way ? `&way=${way + 1}` : ""}`;
}

/** Ask something: it becomes the address, and the page follows the address. */
function ask(changes) {
  const wanted = writeQuestion({ from: chosen.from, to: chosen.to, ...changes });
  // Setting location.hash would take the focus away from where it is.
  if (wanted !== (location.hash || "#")) history.pushState(null, "", wanted === "#" ? location.href.split("#")[0] : wanted);
  follow();
}
