// Which nodes are shown, and which of them are lit while the rest is dimmed.

// For each node its neighbours, with how the edge between them reads from here.
const around = nodes.map(() => []);
for (const edge of page.edges) {
  around[edge.from].push({ edge, other: edge.to, words: page.relations[edge.kind][0] });
  around[edge.to].push({ edge, other: edge.from, words: page.relations[edge.kind][1] });
}

/** Whether the legend hides a node. The list, which stands without the legend, has all kinds. */
const isOff = (node) => !state.list && state.off.has(node.group);

/** Node → how many steps from a start it is, as far as a depth goes, over kinds that are shown. */
function nearBy(start, depth) {
  const steps = new Map([[start.id, 0]]);
  for (const [id, step] of steps) {
    if (step === depth) continue;
    for (const { other } of around[id]) {
      if (!steps.has(other) && !isOff(nodes[other])) steps.set(other, step + 1);
    }
  }
  return steps;
}

/** The ids of the nodes that are shown: what is chosen is, whatever its kind. */
function shownIds() {
  const near = state.node && state.depth ? nearBy(state.node, state.depth) : null;
  // What nothing shown is joined to stands in the list, and in the picture only where its kind is asked for.
  const counts = (node) => state.list || state.wanted.has(node.group) || around[node.id].some(({ other }) => !isOff(nodes[other])) || nodes.length === 1;
  const wanted = (node) => (near ? near.has(node.id) : !isOff(node) && counts(node));
  return new Set(nodes.filter((node) => node === state.node || wanted(node)).map((node) => node.id));
}

/** The ids of the nodes that are lit, or null if nothing is chosen or pointed at and all are. */
function litIds(shown) {
  const middle = state.node ?? state.hovered;
  if (!middle || (state.node && state.depth)) return null;
  return new Set([middle.id, ...around[middle.id].map(({ other }) => other)].filter((id) => shown.has(id)));
}
