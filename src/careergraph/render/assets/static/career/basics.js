// Words that all parts of the page share.

const element = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** An element with attributes and children; a child that is text stays text. */
function make(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "boolean") made.toggleAttribute(key, value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** The same for a part of a picture. */
function makeSvg(name, attributes = {}, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** Tell those who cannot see the picture. */
function say(text) {
  element("said").textContent = text;
}

const counted = (number, one, many) => `${number} ${number === 1 ? one : many}`;

function press(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

// The browser lets nothing become script or markup but what this page carries.
const trusted = window.trustedTypes?.createPolicy("careergraph", { createHTML: (text) => text, createScript: (text) => text });

/** What stands packed in the page, as text: deflate, in base 64. */
async function unpack(id) {
  const bytes = Uint8Array.from(atob(element(id).textContent), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** Markup that the page has packed, as elements. */
function unfolded(markup) {
  const held = new DOMParser().parseFromString(trusted ? trusted.createHTML(markup) : markup, "text/html");
  return [...held.body.childNodes].map((node) => document.adoptNode(node));
}
