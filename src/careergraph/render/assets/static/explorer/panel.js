// The panel beside the picture: what the page is, or a node with all that is said about it.

// Each article has an address only where there is no script.
const articles = new Map(readArticles().flatMap((all) => [...(all.querySelectorAll?.("article") ?? [])]).map((one) => [one.id, one]));
let lent = null; // what stands in the panel: a node, and its article

function showPanel() {
  const views = { intro: !state.node, chosen: Boolean(state.node) };
  for (const [id, wanted] of Object.entries(views)) element(id).hidden = !wanted;
  if (lent?.node !== state.node) lend(state.node);
  for (const button of document.querySelectorAll("[data-depth]")) press(button, Number(button.dataset.depth) === state.depth);
  showRoutesFrom(state.node);
}

function lend(node) {
  lent?.article.remove();
  if (!node) lent = null;
  else {
    lent = { node, article: articles.get(node.key) ?? brief(node) };
    lent.article.removeAttribute("id");
    element("article").append(lent.article);
    element("panel").scrollTop = 0;
  }
}

/** Links to the map: the routes from a position, and those to a role. */
function showRoutesFrom(node) {
  const place = node ? placeAt.get(unescaped(node.key.slice(node.key.indexOf("=") + 1)).toLowerCase()) : undefined;
  const links = place === undefined || places[place].kind !== node.group ? [] : [make("a", { href: writeQuestion({ from: place }) }, "Where this leads")];
  if (links.length && isGoal(place)) links.push(" · ", make("a", { href: writeQuestion({ to: place }) }, "Ways to get there"));
  element("from-here").replaceChildren(...links);
}

/** What a page without articles tells of a node: what the graph shows. */
function brief(node) {
  const ties = new Map();
  for (const { words, other } of around[node.id]) ties.set(words, [...(ties.get(words) ?? []), other]);
  const list = make("dl");
  for (const [words, others] of ties) {
    list.append(make("dt", {}, words), make("dd", {}, ...others.flatMap((id, at) => [at ? ", " : "", linkTo(nodes[id])])));
  }
  const also = node.also ? `; also called ${node.also.join(", ")}` : "";
  return make("article", {}, make("h3", {}, node.label), make("p", { class: "kind" }, `${node.group}${also}`), ...(node.says ? [make("p", { class: "definition" }, node.says)] : []), make("section", { class: "connections" }, make("h4", {}, "Joined to"), list));
}

/** Where reading goes on after a choice that was made in words. */
function readOn() {
  const heading = state.node && element("article").querySelector("h3");
  if (heading) heading.tabIndex = -1;
  (state.node ? heading : element("panel"))?.focus({ preventScroll: false });
}

function showList() {
  document.documentElement.classList.toggle("as-list", state.list);
  for (const section of document.querySelectorAll("#list section")) {
    let left = 0;
    for (const item of section.querySelectorAll("li")) {
      const node = nodeAt.get(item.firstElementChild.getAttribute("href").slice(1));
      item.hidden = !picture.shown.has(node.id);
      if (!item.hidden) left += 1;
      if (node === state.node) item.firstElementChild.setAttribute("aria-current", "true");
      else item.firstElementChild.removeAttribute("aria-current");
    }
    section.hidden = !left;
  }
}
