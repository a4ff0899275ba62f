// A table whose columns can be sorted: a button in each heading, numbers as numbers.

const order = new Intl.Collator("en", { numeric: true });

function compare(one, other) {
  const numbers = [one, other].map((text) => (text.trim() === "" ? NaN : Number(text.replace(/,(?=\d{3}\b)/g, ""))));
  return numbers.some(Number.isNaN) ? order.compare(one, other) : numbers[0] - numbers[1];
}

export function sortable(table) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const falling = heading.getAttribute("aria-sort") === "ascending";
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const text = (row) => row.cells[column].textContent;
      const rows = [...body.rows].sort((a, b) => compare(text(a), text(b)));
      body.replaceChildren(...(falling ? rows.reverse() : rows));
    });
  });
}
