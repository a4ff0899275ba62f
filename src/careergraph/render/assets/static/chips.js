// A field with a value a line, as chips: a name is added with Enter, and taken out again with its button.
// Without this script, it is a box of text with a line for each.
import { element, suggesting, suggestions } from "./suggesting.js";

const PAUSE = 120; // milliseconds without a key before the server is asked

function chips(field) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  const hint = field.parentElement.querySelector("small");
  const list = element("ul", { className: "chips" });
  const input = element("input", { type: "text", id: `${field.id}-next`, maxLength: 200, autocomplete: "off", spellcheck: false });
  const news = element("p", { className: "visually-hidden" });
  news.setAttribute("role", "status");
  const box = element("div", { className: "suggesting chip-box" }, list, input, news);
  let timer;

  const values = () => field.value.split("\n").map((line) => line.trim()).filter(Boolean);

  function show(names, said = "") {
    const unique = [...new Set(names)];
    field.value = unique.join("\n");
    list.replaceChildren(...unique.map(chip));
    list.hidden = unique.length === 0;
    news.textContent = said;
  }

  function chip(name) {
    const button = element("button", { type: "button", textContent: "×", title: `Take out ${name}` });
    button.setAttribute("aria-label", `Take out ${name}`);
    button.addEventListener("click", () => {
      show(values().filter((other) => other !== name), `${name} is taken out`);
      input.focus();
    });
    return element("li", {}, element("span", { textContent: name }), button);
  }

  function add(text) {
    const names = text.split(/[\n,;]/).map((name) => name.trim()).filter(Boolean);
    input.value = "";
    if (names.length) show([...values(), ...names], `${names.join(", ")} added`);
  }

  const find = async () => {
    const text = input.value.trim();
    const found = text.length > 1 ? await suggestions(field.dataset.chips, text) : [];
    return found.map((item) => ({ text: item.label, about: item.kind }));
  };

  field.hidden = true;
  if (label) label.htmlFor = input.id;
  if (hint) {
    hint.textContent = hint.textContent.replace("one a line", "Enter adds one");
    hint.id = `${input.id}-hint`;
    input.setAttribute("aria-describedby", hint.id);
  }
  field.after(box);
  const offered = suggesting(input, find, (item) => add(item.text));
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => offered.open(0), PAUSE);
  });
  input.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return; // a suggestion was taken
    if (event.key === "Enter" && input.value.trim()) {
      event.preventDefault();
      clearTimeout(timer);
      offered.close();
      add(input.value);
    } else if (event.key === "Backspace" && !input.value) {
      show(values().slice(0, -1));
    }
  });
  // What was typed and not added counts all the same.
  field.form?.addEventListener("submit", () => add(input.value));
  show(values());
}

document.querySelectorAll("textarea[data-chips]").forEach(chips);
