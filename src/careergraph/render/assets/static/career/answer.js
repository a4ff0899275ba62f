// The answer: routes as thumbnails beside the map, the steps of the chosen one as cards below it.

const EXAMPLES = [["software-engineer", "ai-product-manager"], ["policy-professional", "ai-ethicist"], ["data-scientist", "ai-research-scientist"], ["nurse", "ai-policy-role"]];

function showAnswer() {
  const { from, to } = chosen;
  const both = from !== null && to !== null;
  const ways = waysBetween(from, to);
  const way = ways[chosen.way] ?? ways[0];
  if (both && way) showRoute(ways, way);
  else if (both) showNone(from, to);
  else if (from !== null) showReach(within(from), `Within reach from ${places[from].label}`, (one) => ({ to: one.to }), (one) => one.to);
  else if (to !== null) showReach(startsOf(to), `Ways to become ${withArticle(to)}`, (one) => ({ from: one.from }), (one) => one.from);
  else showExamples();
}

const withArticle = (place) => `${places[place].article} ${places[place].label}`;

function showRoute(ways, way) {
  drawMap([way], true);
  const title = `From ${places[chosen.from].label} to ${places[chosen.to].label}`;
  fill(counted(ways.length, "route", "routes"), ways.map((one, at) => thumb(one, one.title, { way: at }, one === way)), outlook(chosen.from, chosen.to));
  element("answer-title").textContent = title;
  element("stops").replaceChildren(...stopsOf(way).map((place, at) => stopItem(place, way.steps[at - 1])));
  element("cards").replaceChildren(...way.steps.map(card));
  element("answer").hidden = false;
  element("hint").replaceChildren("With what you can do, or with your CV: ", make("code", {}, `careergraph path "${places[chosen.from].label}" "${places[chosen.to].label}" --skill Python`));
  retitle(title);
}

function stopItem(place, step) {
  const said = step ? [make("small", {}, cardText(step.card))] : [];
  return make("li", { class: step && !step.sourced ? "computed" : "sourced" }, ...said, make("strong", {}, places[place].label));
}

/** How hard a step is and how long it takes, from its card. */
function cardText(number) {
  const [ease, time] = ["p.ease strong", ".facts dd:nth-of-type(2)"].map((part) => cardParts(number).map((node) => node.matches?.(part) ? node : node.querySelector?.(part)).find(Boolean)?.textContent ?? "");
  return [ease, time].filter(Boolean).join(" · ");
}

const cardParts = (number) => unfolded(table.cards[number].map((part) => table.parts[part]).join(""));

function card(step, at) {
  const name = `card-${at + 1}`;
  const heading = make("h3", { id: name }, make("span", { class: "number" }, `${at + 1} `), `${places[step.from].label} → ${places[step.to].label}`);
  return make("li", {}, make("article", { class: `card ${step.sourced ? "sourced" : "computed"}`, "aria-labelledby": name }, heading, ...cardParts(step.card)));
}

/** A route in small, as a link to it. */
function thumb(way, title, changes, current, note = way.said) {
  const stops = stopsOf(way);
  const wide = 100 / way.steps.length;
  const lines = way.steps.map((step, at) => makeSvg("line", { class: `line ${step.sourced ? "sourced" : "computed"}`, x1: `${at * wide}%`, x2: `${(at + 1) * wide}%`, y1: 7, y2: 7 }));
  const dots = stops.map((_, at) => makeSvg("circle", { cx: `${Math.min(98, Math.max(2, at * wide))}%`, cy: 7, r: 4.5 }));
  const picture = makeSvg("svg", { "aria-hidden": "true", height: 14, width: "100%" }, ...lines, ...dots);
  const passed = stops.slice(1, -1).map((place) => places[place].label);
  const via = passed.length ? [make("small", {}, `by way of ${passed.join(", ")}`)] : [];
  const end = stops.at(-1);
  if (chosen.to !== null && changes.way !== undefined && end !== chosen.to) via.push(make("small", {}, `as ${places[end].label}`));
  const link = make("a", { class: "thumb", href: writeQuestion({ from: chosen.from, to: chosen.to, ...changes }) }, make("strong", {}, title), picture, ...via, make("small", {}, note));
  if (current) link.setAttribute("aria-current", "true");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    ask(changes);
  });
  return make("li", {}, link);
}

/** What to think of a best route that is a long shot, and what is better. */
function outlook(from, to) {
  const told = table.outlooks[table.far[table.same[from] ?? from]?.[to]] ?? [];
  return told.map((at, row) => make("p", {}, row ? table.said[at] : make("strong", {}, table.said[at])));
}

function fill(title, thumbs, told = []) {
  element("thumbs-title").textContent = title;
  element("outlook").replaceChildren(...told);
  element("outlook").hidden = !told.length;
  element("thumbs").replaceChildren(...thumbs);
}

function showReach(found, title, changes, place) {
  drawMap(found.map(({ way }) => way), false);
  element("answer").hidden = true;
  fill(title, found.map((one) => thumb(one.way, places[place(one)].label, changes(one), false)));
  element("hint").textContent = found.length ? "" : "This page has no routes for that; careergraph reach finds them.";
  retitle(title);
}

/** Nothing leads there: already there, or no way is known. The nearest role that can be reached is offered. */
function showNone(from, to) {
  const near = from === to ? [] : within(from).slice(0, 3);
  drawMap([], true);
  const known = from === to ? `Already there: ${places[to].label}.` : `No way from ${withArticle(from)} to ${withArticle(to)} is known, or they are the same work.`;
  element("answer-title").textContent = known;
  element("stops").replaceChildren();
  element("cards").replaceChildren();
  element("answer").hidden = false;
  fill(near.length ? "Nearest instead" : "Choose another", near.map((one) => thumb(one.way, places[one.to].label, { to: one.to }, false)));
  retitle(`From ${places[from].label} to ${places[to].label}`);
}

function showExamples() {
  drawMap([], true);
  element("answer").hidden = true;
  const pairs = EXAMPLES.map((pair) => pair.map((address) => placeAt.get(address) ?? null)).filter(([from, to]) => waysBetween(from, to).length);
  const ends = pairs.length ? pairs : [...stations.keys()].flatMap((from) => within(from).slice(0, 1).map(({ to }) => [from, to])).slice(0, 4);
  fill("Try one", ends.map(([from, to]) => thumb(waysBetween(from, to)[0], `${places[from].label} → ${places[to].label}`, { from, to }, false)));
  element("hint").textContent = "Click or tap where you are, then where you want to be.";
  retitle("");
}

const siteTitle = document.title;
function retitle(question) {
  document.title = question ? `${question} · ${siteTitle}` : siteTitle;
}
