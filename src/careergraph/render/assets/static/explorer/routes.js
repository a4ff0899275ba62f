// Route mode: the best routes between two positions, worked out when the page was made.

const table = page.routes;

const waysBetween = (from, to) => (table && from && to && table.pairs[`${from.id}-${to.id}`]) || [];

/** A step with its ends as ids of nodes, or null where the page has not got them. */
function stepAt(number) {
  const step = table.steps[number];
  return { ...step, from: table.refs[step.from].node, to: table.refs[step.to].node };
}

/** The steps of the route that is drawn, as far as the page has their ends. */
function routeSteps() {
  const way = state.routing ? waysBetween(state.from, state.to)[state.way] : null;
  return way ? way[1].map(stepAt).filter((step) => step.from !== null && step.to !== null) : [];
}

function showRoutes() {
  if (!table) return;
  element("from").value = state.from ? placeOf(state.from) : "";
  element("to").value = state.to ? placeOf(state.to) : "";
  const ways = waysBetween(state.from, state.to);
  element("ways").replaceChildren(...(ways.length ? ways.map(wayButton) : []), ...(ways.length ? [wayInFull(ways[state.way] ?? ways[0])] : whyNone()));
}

function wayButton([feasibility, steps], at) {
  const stops = steps.map((number) => table.refs[table.steps[number].to].label);
  const title = [table.refs[table.steps[steps[0]].from].label, ...stops].join(" → ");
  const button = make("button", { type: "button", class: "way", "aria-pressed": String(at === state.way) }, make("span", {}, title), make("span", { class: "grade" }, `${counted(steps.length, "step", "steps")}, feasibility ${short(feasibility)}`));
  button.addEventListener("click", () => go({ routing: true, from: state.from, to: state.to, way: at }));
  return button;
}

const short = (value) => (value >= 0.01 ? value.toFixed(2) : value.toPrecision(1));

function wayInFull([, steps]) {
  return make("ol", { class: "steps" }, ...steps.map((number) => stepInFull(table.steps[number])));
}

function stepInFull(step) {
  const parts = [make("h3", {}, ref(step.from), " → ", ref(step.to)), make("p", { class: "grade" }, `${step.basis}, feasibility ${short(step.feasibility)}`)];
  for (const said of step.says) parts.push(saying(said));
  if (!step.says.length) parts.push(make("p", {}, "No source names this step; it is computed."));
  const blocks = [
    ["Missing", step.missing.map(missing)],
    ["Milestones", step.milestones.map((at) => [ref(at)])],
    ["Held already", step.held.length ? [joined(step.held, ", ")] : []],
  ];
  for (const [title, items] of blocks) {
    if (items.length) parts.push(make("h4", {}, title), make("ul", {}, ...items.map((item) => make("li", {}, ...item))));
  }
  return make("li", {}, ...parts);
}

function saying(said) {
  const marks = [said.ease && make("span", { class: "grade" }, said.ease), said.disputed && make("strong", { class: "mark" }, "(sources disagree)")];
  const more = [...said.conditions.map((text) => `Condition: ${text}`), ...said.steps].map((text) => make("li", {}, text));
  const sources = said.sources.map((source) => make("cite", {}, source));
  return make("div", { class: "says" }, make("p", {}, said.text, " ", ...marks.filter(Boolean)), ...(more.length ? [make("ul", {}, ...more)] : []), ...sources);
}

function missing(item) {
  const group = item.anyOf.length > 1 ? [make("span", { class: "any-of" }, make("span", { class: "any" }, "any one of"), " ", ...joined(item.anyOf, " · "))] : joined(item.anyOf, "");
  const met = item.met ? `, ${Math.round(item.met * 100)} % there` : "";
  const taught = item.courses.length ? [" taught by ", ...joined(item.courses, ", ")] : [];
  return [...group, " ", make("span", { class: "grade" }, `${item.asked}${met}`), ...taught];
}

function ref(at) {
  const { label, node } = table.refs[at];
  return node === null ? label : linkTo(nodes[node]);
}

const joined = (refs, joint) => refs.flatMap((at, place) => (place ? [joint, ref(at)] : [ref(at)]));

/** Why nothing is listed: nothing chosen yet, already there, or no source names a way. */
function whyNone() {
  const { from, to } = state;
  if (!from && !to) return [make("p", {}, "Choose both ends to see the best routes, and what is missing at each step.")];
  const reached = from ? nodes.filter((node) => waysBetween(from, node).length) : [];
  const starts = to ? nodes.filter((node) => waysBetween(node, to).length) : [];
  const told = [];
  if (from && to) told.push(make("p", { class: "none" }, from === to ? `Already there: ${to.label}.` : `No source names a route from ${from.label} to ${to.label}.`));
  if (from) told.push(offers(reached, `From ${from.label} there is a route to ${counted(reached.length, "role", "roles")}`, `No source names a route from ${from.label}.`, (node) => ({ from, to: node })));
  if (to) told.push(offers(starts, `${to.label} has a route from ${counted(starts.length, "position", "positions")}`, `No source names a route to ${to.label}.`, (node) => ({ from: node, to })));
  if (from && to && from !== to) told.push(make("p", {}, "On the command line, ", make("code", {}, "careergraph path --derived"), " adds steps that no source names."));
  return told;
}

function offers(found, title, none, ends) {
  if (!found.length) return make("p", {}, none);
  const items = found.map((node) => make("li", {}, make("a", { href: writeAddress({ routing: true, way: 0, ...ends(node) }) }, node.label)));
  return make("div", {}, make("p", {}, title), make("ul", {}, ...items));
}

function startRoutes() {
  element("as-route").addEventListener("click", () => (state.routing ? go({}) : go({ routing: true, ...startingAt(state.node) })));
  element("to-route")?.addEventListener("click", () => go({ routing: true }));
  element("route").addEventListener("submit", (event) => event.preventDefault());
  for (const id of table ? ["from", "to"] : []) {
    element(id).addEventListener("change", () => go({ routing: true, from: placeAt.get(element("from").value) ?? null, to: placeAt.get(element("to").value) ?? null }));
  }
}

/** A selected position is where one starts; if no source leads on from it, where one wants to be. */
function startingAt(node) {
  if (!table || !node || placeAt.get(placeOf(node)) !== node) return {};
  return nodes.some((other) => waysBetween(node, other).length) || node.group !== "role" ? { from: node } : { to: node };
}
