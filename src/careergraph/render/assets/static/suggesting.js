// A list of suggestions under a field: arrows move through it, Enter takes one, Escape closes it.
// It follows the ARIA pattern of a combobox whose focus stays in the field.

let count = 0;

export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/**
 * Attach a list of suggestions to a field.
 *
 * @param field an input or a textarea inside an element of class `suggesting`
 * @param find gives the suggestions for what stands in the field, each `{text, about, ...}`
 * @param take is called with the suggestion that was chosen
 * @return `open`, which looks for suggestions, and `close`
 */
export function suggesting(field, find, take) {
  const combobox = field.tagName === "INPUT";
  const list = element("ul", { id: `suggestions-${++count}`, className: "suggestions", hidden: true });
  const news = element("p", { className: "visually-hidden" });
  let found = [];
  let active = -1;
  let asked = 0;
  let typed = ""; // what the suggestions are for
  let moved = false; // whether arrows have chosen among them

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  news.setAttribute("role", "status");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  if (combobox) {
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-expanded", "false");
  }
  field.after(list, news);

  function close() {
    asked += 1; // what is still on its way comes too late
    found = [];
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
    if (combobox) field.setAttribute("aria-expanded", "false");
  }

  function mark(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function show(first) {
    list.replaceChildren(
      ...found.map((item, index) => {
        const option = element("li", { id: `${list.id}-${index}` }, element("span", { textContent: item.text }));
        if (item.about) option.append(element("small", { textContent: item.about }));
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.addEventListener("mousedown", (event) => {
          event.preventDefault(); // the field keeps the focus
          choose(index);
        });
        return option;
      }),
    );
    list.hidden = found.length === 0;
    if (combobox) field.setAttribute("aria-expanded", String(found.length > 0));
    moved = false;
    news.textContent = found.length === 1 ? "1 suggestion" : `${found.length || "no"} suggestions`;
    mark(first);
  }

  function choose(index) {
    const item = found[index];
    close();
    take(item);
  }

  async function open(first = -1) {
    const number = ++asked;
    const text = field.value;
    const items = await find();
    if (number !== asked) return; // something else has been typed since
    found = items;
    typed = text;
    show(found.length ? first : -1);
  }

  function move(index) {
    moved = true;
    mark(index);
  }

  /** Take the first suggestion for what stands in the field by now: those in the list are for what stood there before. */
  async function chooseAgain() {
    await open(0);
    if (active >= 0 && found.length) choose(active);
  }

  const keys = {
    ArrowDown: () => move(active + 1 < found.length ? active + 1 : 0),
    ArrowUp: () => move(active > 0 ? active - 1 : found.length - 1),
    Escape: close,
  };

  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const chosen = (event.key === "Enter" || event.key === "Tab") && active >= 0 && !event.shiftKey;
    if (chosen && !moved && typed !== field.value) chooseAgain();
    else if (chosen) choose(active);
    else if (event.key in keys) keys[event.key]();
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", close);

  return { open, close, isOpen: () => !list.hidden };
}

/** Ask the server for suggestions; an answer that does not come is none. */
export async function suggestions(place, text) {
  try {
    const asked = new URL(place, location.href);
    asked.searchParams.set("text", text);
    const response = await fetch(asked);
    return response.ok ? (await response.json()).results : [];
  } catch {
    return [];
  }
}
