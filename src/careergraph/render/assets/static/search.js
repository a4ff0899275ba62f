// The search fields: names are suggested while somebody types, and lead to their pages.
import { suggesting, suggestions } from "./suggesting.js";

const PAUSE = 120; // milliseconds without a key before the server is asked

for (const field of document.querySelectorAll("[data-suggest]")) {
  let timer;
  const find = async () => {
    const text = field.value.trim();
    const found = text ? await suggestions(field.dataset.suggest, text) : [];
    return found.map((item) => ({ text: item.label, about: item.kind, href: item.href }));
  };
  // A field of a form takes the name; the search leads to the page.
  const fill = ({ text }) => {
    field.value = text;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const list = suggesting(field, find, (item) => ("fill" in field.dataset ? fill(item) : location.assign(item.href)));
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => list.open(), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && !list.isOpen()) list.open(0);
  });
}
