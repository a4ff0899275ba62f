// The start page: a station that is clicked goes into the sentence, and both ends together ask.

const form = document.getElementById("ask");
const [from, to] = ["origin", "destination"].map((name) => form.elements[name]);
const map = document.querySelector(".map");

/** The lines that lead on from a station, or that lead to it, over any number of stops. */
function linesFrom(name, [start, end]) {
  const found = new Set();
  const follow = (place) => {
    for (const line of map.querySelectorAll(".line[data-from]")) {
      if (found.has(line) || line.dataset[start].toLowerCase() !== place) continue;
      found.add(line);
      follow(line.dataset[end].toLowerCase());
    }
  };
  follow(name);
  return found;
}

/** Show which stations are in the sentence, and all that is within reach of them. */
function mark() {
  const [origin, goal] = [from.value, to.value].map((name) => name.toLowerCase());
  const lit = new Set([...(origin ? linesFrom(origin, ["from", "to"]) : []), ...(goal && !origin ? linesFrom(goal, ["to", "from"]) : [])]);
  const reached = new Set([origin, goal, ...[...lit].flatMap(({ dataset }) => [dataset.from.toLowerCase(), dataset.to.toLowerCase()])]);
  map.classList.toggle("chosen", Boolean(origin || goal));
  for (const station of map.querySelectorAll(".station")) {
    const name = station.dataset.place.toLowerCase();
    station.classList.toggle("on", reached.has(name));
    station.classList.toggle("end", name === origin || name === goal);
  }
  for (const line of map.querySelectorAll(".line[data-from]")) line.classList.toggle("lit", lit.has(line));
}

function choose(event) {
  const link = event.target.closest("[data-place]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const { place } = link.dataset;
  const starts = link.classList.contains("start");
  if (place === from.value) from.value = "";
  else if (place === to.value) to.value = "";
  else if (starts || !from.value) from.value = place;
  else to.value = place;
  mark();
  if (from.value && to.value) form.requestSubmit();
}

map?.addEventListener("click", choose);
form.addEventListener("change", mark);
mark();
