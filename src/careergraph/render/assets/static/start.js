// The start page: a station that is clicked goes into the sentence, and both ends together ask.

const form = document.getElementById("ask");
const [from, to] = ["origin", "destination"].map((name) => form.elements[name]);
const map = document.querySelector(".map");

/** Show which stations are in the sentence. */
function mark() {
  const chosen = new Set([from.value, to.value].filter(Boolean).map((name) => name.toLowerCase()));
  map.classList.toggle("chosen", chosen.size > 0);
  for (const station of map.querySelectorAll(".station")) {
    const own = chosen.has(station.dataset.place.toLowerCase());
    station.classList.toggle("on", own);
    station.classList.toggle("end", own);
  }
  const near = [...map.querySelectorAll(".line[data-from]")];
  for (const line of near) line.classList.toggle("lit", chosen.has(line.dataset.from.toLowerCase()) || chosen.has(line.dataset.to.toLowerCase()));
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
