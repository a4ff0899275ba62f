// Finding by name, by the rules of the command line: whatever the case, accents and dashes; aliases; near misses.

const LIKE = 0.6; // from which likeness on a name may be meant: difflib's ratio, as on the command line

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/\p{Pd}/gu, " ").split(/\s+/).filter(Boolean).join(" ");

/** The longest run that two texts have in common: where it starts in each, and its length. */
function longestRun(one, other) {
  let best = [0, 0, 0];
  let above = new Uint16Array(other.length + 1);
  for (let i = 0; i < one.length; i += 1) {
    const row = new Uint16Array(other.length + 1);
    for (let j = 0; j < other.length; j += 1) {
      if (one[i] !== other[j]) continue;
      row[j + 1] = above[j] + 1;
      if (row[j + 1] > best[2]) best = [i + 1 - row[j + 1], j + 1 - row[j + 1], row[j + 1]];
    }
    above = row;
  }
  return best;
}

/** How many signs two texts have in common, run by run. */
function common(one, other) {
  if (!one || !other) return 0;
  const [i, j, length] = longestRun(one, other);
  return length ? length + common(one.slice(0, i), other.slice(0, j)) + common(one.slice(i + length), other.slice(j + length)) : 0;
}

/** 2 × signs in common ÷ signs of both. */
const likeness = (one, other) => (2 * common(one, other)) / (one.length + other.length);

/** How well a name answers what is wanted: 0 the same, then its beginning, the beginning of a word, anywhere; 9 not. */
function rankOf(name, wanted) {
  const at = name.indexOf(wanted);
  if (at < 0) return 9;
  if (at === 0) return name.length === wanted.length ? 0 : 1;
  return /[\s(/.]/.test(name[at - 1]) ? 2 : 3;
}

/**
 * The numbers of the things whose names answer a text, the best first; near misses if none does.
 * `known` has the names of each thing in plain form, its label first.
 */
function search(known, text, most, weight = () => 0) {
  const wanted = plain(text);
  if (!wanted) return [];
  const rank = (names) => Math.min(...names.map((name, at) => rankOf(name, wanted) + (at ? 0.5 : 0)));
  const hits = known.map((names, id) => ({ id, rank: rank(names) })).filter((hit) => hit.rank < 9);
  if (!hits.length || hits.every((hit) => hit.rank >= 3)) {
    const found = new Set(hits.map(({ id }) => id));
    known.forEach((names, id) => {
      const like = found.has(id) ? 0 : Math.max(...names.map((name) => likeness(name, wanted)));
      if (like >= LIKE) hits.push({ id, rank: 10 - like });
    });
  }
  hits.sort((one, other) => one.rank - other.rank || weight(other.id) - weight(one.id) || one.id - other.id);
  return hits.slice(0, most).map(({ id }) => id);
}
