// The map: what is chosen is drawn over it, and a click on a station chooses.

const mapPicture = document.querySelector(".map");
const drawnOver = mapPicture?.querySelector(".drawn");
const stations = new Map(); // the number of a place → its station
const GUEST = { x: 262, y: 16 }; // where somebody starts who is not on the map

function findStations() {
  for (const station of document.querySelectorAll(".station")) {
    const at = placeAt.get(station.dataset.place.toLowerCase());
    if (at !== undefined) stations.set(at, station);
  }
}

function spotOf(place) {
  const station = stations.get(place);
  if (station) return { x: Number(station.dataset.x), y: Number(station.dataset.y) };
  return place === chosen.from ? GUEST : null;
}

/** A curve as the map has it: it leaves and arrives level. */
function curve(from, to) {
  const middle = from.x === to.x ? from.x + 40 : (from.x + to.x) / 2;
  return `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}`;
}

/** The line of a step: along the one that the map has, if it has one. */
function lineOf(step, extra) {
  const ends = [spotOf(step.from), spotOf(step.to)];
  if (ends.includes(null)) return null;
  const [from, to] = [step.from, step.to].map((at) => places[at].address);
  const own = mapPicture.querySelector(`.line[data-from="${CSS.escape(from)}"][data-to="${CSS.escape(to)}"]`);
  const path = own ? own.getAttribute("d") : curve(...ends);
  return makeSvg("path", { class: `line ${step.sourced ? "sourced" : "computed"}${extra}`, d: path, "stroke-width": Math.max(2, step.width) });
}

function drawMap(ways, whole) {
  if (!mapPicture) return;
  const steps = new Map();
  for (const way of ways) for (const step of way.steps) steps.set(`${step.from} ${step.to}`, step);
  const lines = [...steps.values()].sort((one, other) => one.width - other.width).map((step) => lineOf(step, whole ? "" : " reach"));
  const guest = chosen.from !== null && !stations.has(chosen.from) ? guestStation() : [];
  drawnOver.replaceChildren(...lines.filter(Boolean), ...guest);
  const ends = new Set([chosen.from, chosen.to]);
  const on = new Set([...ends, ...[...steps.values()].flatMap((step) => [step.from, step.to])]);
  mapPicture.classList.toggle("chosen", chosen.from !== null || chosen.to !== null);
  mapPicture.querySelector(".column")?.toggleAttribute("hidden", guest.length > 0);
  for (const [place, station] of stations) {
    station.classList.toggle("on", on.has(place));
    station.classList.toggle("end", ends.has(place));
  }
}

function guestStation() {
  const { x, y } = GUEST;
  const label = makeSvg("text", { x: x - 13, y: y + 4, "text-anchor": "end", class: "guest" }, places[chosen.from].label);
  return [makeSvg("circle", { cx: x, cy: y, r: 6.5, class: "guest" }), label];
}

/** A station that is clicked is where one starts; or where one wants to be, if the start is known. */
function chooseStation(event) {
  const link = event.target.closest("[data-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const place = placeAt.get(link.dataset.place.toLowerCase());
  if (place === undefined) return;
  event.preventDefault();
  const start = chosen.from === null && chosen.to !== place;
  if (place === chosen.from) ask({ from: null });
  else if (place === chosen.to) ask({ to: null });
  else ask(start || !isGoal(place) ? { from: place } : { to: place });
}

const isGoal = (place) => places[place].kind !== "background";
