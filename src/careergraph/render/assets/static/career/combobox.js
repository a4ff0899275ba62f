// A text box with suggestions, as the ARIA authoring practices describe a combobox.

/**
 * Make a box suggest. `offers` gives for a text the options, each with a label, a note and a value;
 * `take` is told the value that is chosen, `leave` what was typed and not chosen.
 */
function combobox(box, list, { offers, take, leave = () => {} }) {
  let options = [];
  let active = -1;
  let typed = false; // what stands in the box was typed, and is not what was chosen before

  const open = (wanted) => {
    list.hidden = !wanted;
    box.setAttribute("aria-expanded", String(wanted));
    if (!wanted) box.removeAttribute("aria-activedescendant");
  };
  const mark = () => {
    [...list.querySelectorAll("[role=option]")].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
    if (active >= 0 && !list.hidden) box.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else box.removeAttribute("aria-activedescendant");
    if (active >= 0) element(`${list.id}-${active}`)?.scrollIntoView({ block: "nearest" });
  };
  const choose = (option) => {
    typed = false;
    open(false);
    take(option.value);
  };
  const item = (option, at) => {
    const made = make("li", { id: `${list.id}-${at}`, role: "option", "aria-selected": "false" }, ...(option.mark ? [option.mark] : []), make("span", {}, option.label), make("span", { class: "grade" }, option.note));
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
    made.addEventListener("click", () => choose(option));
    return made;
  };
  const offer = (text) => {
    options = offers(text);
    active = options.length && text.trim() ? 0 : -1;
    const none = text.trim() ? [make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing has that name.")] : [];
    list.replaceChildren(...(options.length ? options.map(item) : none));
    open(list.childElementCount > 0);
    if (!options.length && none.length) say("Nothing has that name.");
    list.scrollTop = 0;
    mark();
  };
  const step = (by) => {
    if (list.hidden) offer(typed ? box.value : "");
    if (options.length) active = active < 0 ? (by > 0 ? 0 : options.length - 1) : (active + by + options.length) % options.length;
    mark();
  };

  box.addEventListener("input", () => {
    typed = true;
    offer(box.value);
  });
  box.addEventListener("focus", () => box.select());
  box.addEventListener("click", () => list.hidden && offer(typed ? box.value : ""));
  box.addEventListener("blur", () => {
    open(false);
    if (typed) leave(box.value);
    typed = false;
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") step(event.key === "ArrowDown" ? 1 : -1);
    else if (event.key === "Enter") {
      if (active >= 0 && !list.hidden) choose(options[active]);
    } else if (event.key === "Escape") {
      if (list.hidden) box.value = "";
      open(false);
    } else return;
    event.preventDefault();
  });
  return { offer };
}
