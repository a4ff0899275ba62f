// What can be done with an answer: its address copied, and the page printed.

for (const action of document.querySelectorAll(".actions .with-script")) action.hidden = false;

document.addEventListener("click", async ({ target }) => {
  if (target.matches("[data-print]")) window.print();
  if (target.matches('a[href="#skills"]')) document.getElementById("skills").open = true;
  if (!target.matches("[data-copy]")) return;
  const said = target.nextElementSibling;
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = "Copied";
  } catch {
    said.textContent = "Copy the address of this page instead.";
  }
});
