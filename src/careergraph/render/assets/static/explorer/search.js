// Search with completion: a combobox as the ARIA authoring practices describe it.

const MOST_FOUND = 12;
let found = [];
let active = -1;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const names = nodes.map((node) => [node.label, ...(node.also ?? [])].map(plain));

/** Nodes whose name or alias has the text: as a whole, at its start, at the start of a word, anywhere. */
function search(text) {
  const wanted = plain(text.trim());
  if (!wanted) return [];
  const hits = [];
  names.forEach((own, id) => {
    const rank = Math.min(...own.map((name) => rankOf(name, wanted)));
    if (rank < 9) hits.push({ rank, id });
  });
  hits.sort((one, other) => one.rank - other.rank || nodes[other.id].size - nodes[one.id].size || one.id - other.id);
  return hits.slice(0, MOST_FOUND).map(({ id }) => nodes[id]);
}

function rankOf(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return 9;
  if (at === 0) return name.length === wanted.length ? 0 : 1;
  return /[\s\-(/.]/.test(name[at - 1]) ? 2 : 3;
}

function offer() {
  const box = element("search");
  found = search(box.value);
  active = found.length ? 0 : -1;
  const options = found.map((node, at) => option(node, at));
  const none = box.value.trim() ? [make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing has that name.")] : [];
  element("found").replaceChildren(...(options.length ? options : none));
  open(Boolean(box.value.trim()));
  if (none.length && !found.length) say("Nothing has that name.");
  mark();
}

function option(node, at) {
  const swatch = document.querySelector(`.legend [data-kind="${node.group}"] svg`).cloneNode(true);
  const item = make("li", { id: `found-${at}`, role: "option", "aria-selected": "false" }, swatch, make("span", {}, node.label), make("span", { class: "grade" }, node.group));
  item.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  item.addEventListener("click", () => take(node));
  return item;
}

function open(wanted) {
  element("found").hidden = !wanted;
  element("search").setAttribute("aria-expanded", String(wanted));
}

function mark() {
  const box = element("search");
  [...element("found").children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
  if (active >= 0 && !element("found").hidden) box.setAttribute("aria-activedescendant", `found-${active}`);
  else box.removeAttribute("aria-activedescendant");
  element(`found-${active}`)?.scrollIntoView({ block: "nearest" });
}

function take(node) {
  element("search").value = "";
  open(false);
  mark();
  go({ node });
  say(`${node.label} is selected.`);
}

function searchKeys(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && found.length) {
    active = (active + steps[event.key] + found.length) % found.length;
    open(true);
  } else if (event.key === "Enter" && active >= 0 && !element("found").hidden) take(found[active]);
  else if (event.key === "Escape") {
    if (element("found").hidden) element("search").value = "";
    open(false);
  } else return;
  event.preventDefault();
  mark();
}

function startSearch() {
  const box = element("search");
  box.addEventListener("input", offer);
  box.addEventListener("keydown", searchKeys);
  box.addEventListener("blur", () => open(false));
  if (box.value) offer(); // typed before there was anything to answer
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, select, textarea");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
