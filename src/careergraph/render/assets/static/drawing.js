// Statements as a picture, drawn with vis-network. Whatever it shows stands in the table below it, too.

const dark = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");

function library() {
  if (window.vis) return Promise.resolve();
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    script.src = "/static/vis-network.js";
    script.onload = loaded;
    script.onerror = failed;
    document.head.append(script);
  });
}

// A canvas understands plain colours only, so the style sheet's are worked out on an element.
function colours(place) {
  const [ink, ground, line] = ["--ink", "--ground", "--line"].map((name) => {
    place.style.color = `var(${name})`;
    return getComputedStyle(place).color;
  });
  place.style.color = "";
  return { ink, ground, line };
}

function nodeOptions(node, { ink, ground }) {
  const colour = dark.matches ? node.dark : node.colour;
  const boxed = node.shape === "box";
  return {
    id: node.id,
    label: node.label,
    shape: node.shape,
    size: 12,
    color: { background: boxed ? ground : colour, border: colour },
    font: { color: ink, multi: false },
  };
}

function draw(canvas, graph) {
  const palette = colours(canvas);
  const edges = graph.edges.map((edge) => ({ ...edge, arrows: "to" }));
  const data = { nodes: graph.nodes.map((node) => nodeOptions(node, palette)), edges };
  const network = new vis.Network(canvas, data, {
    autoResize: true,
    layout: { improvedLayout: false, randomSeed: 7 },
    physics: { solver: "forceAtlas2Based", stabilization: { iterations: 150, fit: true } },
    interaction: { hover: false, zoomView: false },
    edges: {
      smooth: false,
      color: { color: palette.line, inherit: false },
      font: { color: palette.ink, strokeColor: palette.ground, size: 11, multi: false },
    },
  });
  network.once("stabilized", () => network.setOptions({ physics: false }));
  return network;
}

export async function drawn(place) {
  const graph = JSON.parse(place.querySelector("script").textContent);
  try {
    await library();
  } catch {
    return; // the table is there
  }
  place.hidden = false;
  place.closest("details")?.removeAttribute("hidden");
  const canvas = place.querySelector(".canvas");
  let network = draw(canvas, graph);
  const again = () => {
    network.destroy();
    network = draw(canvas, graph);
  };
  dark.addEventListener("change", again);
  for (const button of place.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => {
      const animation = !still.matches;
      if (button.dataset.zoom === "fit") network.fit({ animation });
      else network.moveTo({ scale: network.getScale() * Number(button.dataset.zoom), animation });
    });
  }
}
