// The page comes to life: routes are unpacked, the sentence suggests, and the address is followed.

let graph = null; // what runs the graph, once somebody wants to see everything

/** Do what the address says. */
function follow() {
  const ofMap = isOfMap(location.hash);
  root.classList.toggle("graph-open", !ofMap);
  if (!ofMap) return openGraph();
  Object.assign(chosen, readQuestion(location.hash));
  if (chosen.way >= waysBetween(chosen.from, chosen.to).length) chosen.way = 0;
  root.classList.toggle("asked", chosen.from !== null || chosen.to !== null);
  showSentence();
  showAnswer();
  return undefined;
}

function showSentence() {
  for (const end of ["from", "to"]) {
    const label = chosen[end] === null ? "" : places[chosen[end]].label;
    element(end).value = label;
    element(`an-${end}`).textContent = label ? places[chosen[end]].article : "a";
    document.querySelector(`[data-clears=${end}]`).hidden = !label;
  }
  const text = chosen.unknown.map((name) => `Nothing is called “${name}” here.`).join(" ");
  element("unknown").hidden = !text;
  element("unknown").textContent = text;
  if (text) say(text);
  element("unsure").hidden = chosen.from !== null && chosen.to === null;
}

const option = (at) => ({ value: at, label: places[at].label, note: places[at].kind === "role" ? "role" : "" });

/** What a box offers: by name what is typed, the stations of the map before anything is. */
function offersOf(end) {
  const fits = (at) => end === "from" || isGoal(at);
  const first = () => [...stations.keys()].filter((at) => (end === "from") === (stations.get(at).classList.contains("start")) || (end === "from" && isGoal(at)));
  return (text) => (text.trim() ? search(places.map(({ names }) => names), text, 200).filter(fits).slice(0, 12) : first()).map(option);
}

function startSentence() {
  for (const end of ["from", "to"]) {
    const take = (at) => {
      ask({ [end]: at, way: 0 });
      say(`${places[at].label}: chosen.`);
      if (end === "from" && chosen.to === null) element("to").focus();
    };
    combobox(element(end), element(`${end}-options`), { offers: offersOf(end), take, leave: showSentence });
    document.querySelector(`[data-clears=${end}]`).addEventListener("click", () => {
      ask({ [end]: null });
      element(end).focus();
    });
  }
  element("ask").addEventListener("submit", (event) => event.preventDefault());
  element("unsure").addEventListener("click", (event) => {
    event.preventDefault();
    if (chosen.from === null) element("from").focus();
    else ask({ to: null });
  });
}

async function openGraph() {
  if (!graph) {
    graph = Promise.all(["packed-graph", "packed-library", "packed-program"].map(unpack));
    const [data, ...programs] = await graph;
    window.graphData = data;
    for (const program of programs) {
      const script = document.createElement("script");
      script.text = trusted ? trusted.createScript(program) : program;
      document.body.append(script);
    }
  } else if (window.followGraph) window.followGraph();
  return undefined;
}

/** Light or dark as the system has it, until the button is pressed; paper is light. */
function startTheme() {
  const button = element("theme");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.style.colorScheme || (prefersDark.matches ? "dark" : "light")) === "dark";
  let kept = "";
  const wear = (scheme) => {
    root.style.colorScheme = scheme;
    press(button, isDark());
    window.repaintGraph?.();
  };
  button.addEventListener("click", () => wear(isDark() ? "light" : "dark"));
  prefersDark.addEventListener("change", () => wear(root.style.colorScheme));
  addEventListener("beforeprint", () => {
    kept = root.style.colorScheme;
    wear("light");
  });
  addEventListener("afterprint", () => wear(kept));
  press(button, isDark());
}

async function copyLink() {
  const told = element("copied");
  try {
    await navigator.clipboard.writeText(location.href);
    told.textContent = "Copied.";
  } catch {
    told.textContent = location.href;
  }
}

/** When the page has been drawn once: the map comes first. A page that nobody looks at is not drawn. */
function drawn() {
  return new Promise((told) => {
    requestAnimationFrame(() => setTimeout(told));
    setTimeout(told, 250);
  });
}

async function startCareer() {
  await drawn();
  table = JSON.parse(await unpack("packed-routes"));
  places = table.places.map(([label, address, kind, article, aliases]) => ({ label, address, kind, article, names: [label, ...aliases].map(plain) }));
  placeAt = new Map(places.map(({ address }, at) => [address.toLowerCase(), at]));
  findStations();
  startSentence();
  document.querySelector("main").addEventListener("click", chooseStation);
  element("copy").addEventListener("click", copyLink);
  for (const id of ["print", "to-paper"]) element(id).addEventListener("click", () => print());
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  follow();
  root.classList.add("ready");
}

if (root.classList.contains("live")) {
  startTheme();
  startCareer();
} else document.querySelector("noscript")?.replaceWith(...readArticles());
