// Routes between places, as they were worked out when the page was made.

/** The routes from one place to another: its title, in short, its steps, its attempts. */
function waysBetween(from, to) {
  if (from === null || to === null) return [];
  const shared = table.same[from];
  const ways = (table.ways[shared ?? from] ?? {})[to] ?? [];
  return ways.map(([title, said, numbers, attempts]) => ({ title, said, attempts, steps: numbers.map((number) => stepAt(number, shared, from)) }));
}

/** A step; where the routes are those of another place that holds the same, it starts from this one all the same. */
function stepAt(number, shared, from) {
  const [start, end, sourced, width, card] = table.steps[number];
  return { from: start === shared ? from : start, to: end, sourced: Boolean(sourced), width, card };
}

const endOf = (way) => way.steps[way.steps.length - 1].to;

/** The places that can be reached from one, each with its best route, the easiest first; families of roles are none. */
function within(from) {
  const reached = Object.keys(table.ways[table.same[from] ?? from] ?? {}).map(Number);
  const found = reached.filter((to) => to !== from).map((to) => ({ to, way: waysBetween(from, to)[0] })).filter(({ to, way }) => way && endOf(way) === to);
  return found.sort((one, other) => one.way.attempts - other.way.attempts);
}

/** The places on the map from which a route leads to one, each with its best route, the easiest first. */
function startsOf(to) {
  const starts = [...stations.keys()].filter((from) => from !== to);
  const found = starts.map((from) => ({ from, way: waysBetween(from, to)[0] })).filter(({ way }) => way);
  return found.sort((one, other) => one.way.attempts - other.way.attempts);
}

const stopsOf = (way) => [way.steps[0].from, ...way.steps.map((step) => step.to)];
