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

const SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~";

/** Bytes as they stand in base 85: five signs for four bytes, at the end one more than bytes. */
function bytesOf(text) {
  const values = new Uint8Array(128);
  for (let at = 0; at < SIGNS.length; at += 1) values[SIGNS.charCodeAt(at)] = at;
  const found = new DataView(new ArrayBuffer(4 * Math.ceil(text.length / 5)));
  for (let at = 0; at < text.length; at += 5) {
    let sum = 0;
    for (let next = at; next < at + 5; next += 1) sum = 85 * sum + (next < text.length ? values[text.charCodeAt(next)] : 84);
    found.setUint32((at / 5) * 4, sum);
  }
  return new Uint8Array(found.buffer, 0, Math.floor((4 * text.length) / 5));
}

/** What stands packed in the page, as text: deflate, in base 85. */
async function unpack(id) {
  const stream = new Blob([bytesOf(element(id).textContent)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

/** Markup that the page has packed, as elements. */
function unfolded(markup) {
  const held = new DOMParser().parseFromString(trusted ? trusted.createHTML(markup) : markup, "text/html");
  return [...held.body.childNodes].map((node) => document.adoptNode(node));
}

/** What is said about each node: elements for those who have no script, which cost a script nothing until it asks. */
function readArticles() {
  const kept = document.querySelector("noscript");
  return kept ? unfolded(kept.textContent) : [];
}
