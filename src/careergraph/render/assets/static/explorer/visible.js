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
function within(start, depth) {
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
  const route = routeSteps();
  const chosen = new Set(route.flatMap((step) => [step.from, step.to]));
  if (state.routing) for (const node of [state.from, state.to]) if (node) chosen.add(node.id);
  if (state.node) chosen.add(state.node.id);
  const near = state.node && state.depth ? within(state.node, state.depth) : null;
  const wanted = (node) => (near ? near.has(node.id) : !isOff(node));
  return new Set(nodes.filter((node) => chosen.has(node.id) || wanted(node)).map((node) => node.id));
}

/** The ids of the nodes that are lit, or null if nothing is chosen and all are. */
function litIds(shown) {
  if (state.routing && (state.from || state.to)) {
    const ends = [state.from, state.to].filter(Boolean).map((node) => node.id);
    return new Set([...ends, ...routeSteps().flatMap((step) => [step.from, step.to])]);
  }
  if (!state.node || state.depth) return null;
  return new Set([state.node.id, ...around[state.node.id].map(({ other }) => other)].filter((id) => shown.has(id)));
}
