// The data of the graph, and what is chosen in it.

const page = JSON.parse(window.graphData);
const nodes = page.nodes;

// What is chosen. Node and depth come from the address and from nowhere else, so that going back works.
const state = {
  node: null, // the selected node, or null
  depth: 0, // how many steps around it are shown; 0 is all
  unknown: [], // what the address names and the page has not
  list: false, // whether the list stands in the place of the picture
  cursor: null, // where the keyboard is in the picture
  hovered: null,
  wanted: new Set(), // kinds that somebody asked for by the legend
  off: new Set(Object.keys(page.kinds).filter((kind) => !page.kinds[kind].shown)),
};

const kindOf = (node) => page.kinds[node.group];

/** A link to a node of this page. */
const linkTo = (node) => make("a", { href: `#${node.key}` }, node.label);
