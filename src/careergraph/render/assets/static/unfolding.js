// What an address names is unfolded: a term, a question, another route.

function unfold() {
  const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = named?.closest("details") ?? named?.querySelector("details");
  if (!folded) return;
  folded.open = true;
  named.scrollIntoView();
}

addEventListener("hashchange", unfold);
unfold();
