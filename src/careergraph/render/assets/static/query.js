// The page for queries: completion, running without leaving the page, results as a sortable table and as a picture.
import { suggesting, suggestions } from "./suggesting.js";
import { drawn } from "./drawing.js";
import { sortable } from "./sorting.js";

const LONGEST_ADDRESS = 100_000; // what the server takes
const editor = document.querySelector("#editor");
const field = document.querySelector("#query");
const place = document.querySelector("#answer");
const news = document.querySelector("#news");

// --- Completion

function token() {
  const before = field.value.slice(0, field.selectionStart);
  return before.match(/[?$]?[\p{L}\p{N}_.:-]*$/u)[0];
}

function variables(start) {
  const others = field.value.slice(0, field.selectionStart - start.length) + field.value.slice(field.selectionStart);
  const known = new Set(others.match(/[?$][\p{L}\p{N}_]+/gu));
  return [...known].filter((name) => name.slice(1).startsWith(start.slice(1))).sort().map((text) => ({ text, about: "variable" }));
}

async function completions() {
  const start = token();
  if (/^[?$]/.test(start)) return variables(start);
  const found = await suggestions(field.dataset.complete, start);
  return found.map(({ text, label, about }) => ({ text, about: text.endsWith(`:${label}`) ? about : `${label}: ${about}` }));
}

function insert(item) {
  const end = field.selectionStart;
  field.setRangeText(item.text, end - token().length, end, "end");
}

const list = suggesting(field, completions, insert);
field.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.code === "Space") {
    event.preventDefault();
    list.open(0);
  } else if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    list.close();
    editor.requestSubmit();
  }
});
field.addEventListener("input", () => {
  if (list.isOpen()) list.open(0);
});

// --- Running

function enhance() {
  place.querySelectorAll("table.rows").forEach(sortable);
  place.querySelectorAll(".drawing").forEach(drawn);
}

function pointToError() {
  const { line, column } = place.querySelector("[data-line]")?.dataset ?? {};
  if (!line) return;
  const start = field.value.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start + Number(column) - 1, start + Number(column) - 1);
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
