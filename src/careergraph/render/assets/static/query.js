// The page for queries: an editor, running without leaving the page, results as a sortable table and as a picture.
import { suggestions } from "./suggesting.js";
import { sparqlEditor } from "./sparql-editor.js";
import { drawn } from "./drawing.js";
import { sortable } from "./sorting.js";

const LONGEST_ADDRESS = 100_000; // what the server takes
const editor = document.querySelector("#editor");
const field = document.querySelector("#query");
const place = document.querySelector("#answer");
const news = document.querySelector("#news");

async function completions(start) {
  const found = await suggestions(field.dataset.complete, start);
  return found.map(({ text, label, about }) => ({ text, about: text.endsWith(`:${label}`) ? about : `${label}: ${about}` }));
}

const written = sparqlEditor(field, completions, () => editor.requestSubmit());

// --- Running

function enhance() {
  place.querySelectorAll("table.rows").forEach(sortable);
  place.querySelectorAll(".drawing").forEach(drawn);
}

function pointToError() {
  const { line, column } = place.querySelector("[data-line]")?.dataset ?? {};
  if (line) written.goTo(Number(line), Number(column));
}

async function run() {
  const asked = new URLSearchParams(new FormData(editor));
  const address = `/query?${asked}`;
  place.setAttribute("aria-busy", "true");
  news.textContent = "Running";
  try {
    asked.set("part", "answer");
    const response = await fetch(`/query?${asked}`, { headers: { Accept: "text/html" } });
    const html = await response.text();
    const parsed = new DOMParser().parseFromString(html, "text/html");
    place.replaceChildren(...(response.headers.get("content-type")?.startsWith("text/html") ? parsed.body.childNodes : [html]));
    history.replaceState(null, "", address);
    enhance();
    pointToError();
  } catch {
    place.textContent = "The server does not answer. Is it still running?";
  }
  place.removeAttribute("aria-busy");
  news.textContent = place.querySelector("h2")?.textContent ?? "";
}

editor.addEventListener("submit", (event) => {
  const size = new URLSearchParams(new FormData(editor)).toString().length;
  event.preventDefault();
  if (size < LONGEST_ADDRESS - 100) run();
  else place.textContent = `This query is too long for an address; post it to /sparql instead.`;
});

for (const hint of document.querySelectorAll(".with-script")) hint.hidden = false;
enhance();
pointToError();
