// The data of the page, what is chosen in it, and a few words that all parts share.

const page = JSON.parse(document.getElementById("data").textContent);
const nodes = page.nodes;

// What is chosen. Node, depth and route come from the address and from nowhere else, so that going back works.
const state = {
  node: null, // the selected node, or null
  depth: 0, // how many steps around it are shown; 0 is all
  from: null, // where a route starts, and where it leads
  to: null,
  routing: false,
  unknown: [], // what the address names and the page has not
  way: 0, // which of the alternatives is drawn
  list: false, // whether the list stands in the place of the picture
  cursor: null, // where the keyboard is in the picture
  hovered: null,
  off: new Set(Object.keys(page.kinds).filter((kind) => !page.kinds[kind].shown)),
};

const element = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
const kindOf = (node) => page.kinds[node.group];

/** An element with attributes and children; a child that is text stays text. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "boolean") made.toggleAttribute(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A link to a node of this page. */
const linkTo = (node) => make("a", { href: `#${node.key}` }, node.label);

/** Tell those who cannot see the picture. */
function say(text) {
  element("said").textContent = text;
}

const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;
