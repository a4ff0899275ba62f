// Search in the graph, by the same rules as everywhere.

const MOST_FOUND = 12;
const nodeNames = nodes.map((node) => [node.label, ...(node.also ?? [])].map(plain));

function offersOfGraph(text) {
  return search(nodeNames, text, MOST_FOUND, (id) => nodes[id].size).map((id) => {
    const mark = document.querySelector(`.legend [data-kind="${nodes[id].group}"] svg`).cloneNode(true);
    return { value: nodes[id], label: nodes[id].label, note: nodes[id].group, mark };
  });
}

function startSearch() {
  const box = element("search");
  const take = (node) => {
    box.value = "";
    go({ node });
    say(`${node.label} is selected.`);
  };
  const { offer } = combobox(box, element("found"), { offers: offersOfGraph, take });
  if (box.value) offer(box.value); // typed before there was anything to answer
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
