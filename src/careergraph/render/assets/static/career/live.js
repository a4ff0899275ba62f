// Before anything is drawn: whether the page comes to life, and whether it opens with the map or with the whole graph.

const root = document.documentElement;

/** Whether an address asks for the map; what it asks for besides is for the graph to answer. */
const isOfMap = (hash) => /^#?$|^#route=|^#[^=]*$/.test(hash) && hash !== "#all";

if (window.DecompressionStream) {
  root.classList.add("live");
  if (!isOfMap(location.hash)) root.classList.add("graph-open");
}
