// A field for SPARQL as an editor with colours, completion and undo: CodeMirror, which lies in vendor/.
// It stands in a shadow root, where its styles need no leave of the page's policy, and keeps the field up to date.
import {
  EditorState, EditorView, HighlightStyle, Prec, StreamLanguage,
  acceptCompletion, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap,
  completionStatus, defaultKeymap, drawSelection, history, historyKeymap, keymap, lineNumbers, sparql, startCompletion,
  syntaxHighlighting, tags,
} from "./vendor/codemirror.js";

const NAME = /[?$]?[\p{L}\p{N}_.:-]*$/u;

const words = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-word)", fontWeight: "600" },
  { tag: [tags.standard(tags.variableName), tags.operator], color: "var(--code-word)" },
  { tag: tags.local(tags.variableName), color: "var(--code-variable)" },
  { tag: tags.atom, color: "var(--code-name)" },
  { tag: [tags.string, tags.number, tags.meta], color: "var(--code-value)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

const looks = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--ground)", border: "1px solid var(--line)", borderRadius: "var(--radius)", fontSize: "0.95rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.45", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "9rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", color: "var(--quiet)", borderRight: "1px solid var(--hairline)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--hairline)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--marked)" },
  ".cm-tooltip": { backgroundColor: "var(--ground)", color: "var(--ink)", border: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { maxHeight: "none" },
  ".cm-completionDetail": { marginLeft: "1rem", fontStyle: "normal", opacity: "1" },
});

/** The variables of a query that begin like a text. */
function variables(query, start) {
  const known = new Set(query.match(/[?$][\p{L}\p{N}_]+/gu));
  known.delete(start);
  return [...known].filter((name) => name.slice(1).startsWith(start.slice(1))).sort().map((text) => ({ text, about: "variable" }));
}

/**
 * Put an editor in the place of a field.
 *
 * @param field a textarea, which goes on to hold what is written
 * @param complete gives, for the beginning of a name, what it may go on to be: a list of `{text, about}`
 * @param run is called when somebody asks for the answer by keys
 * @return `goTo`, which puts the cursor at a line and a column, both counted from 1
 */
export function sparqlEditor(field, complete, run) {
  const host = document.createElement("div");
  host.id = `${field.id}-editor`;
  const root = host.attachShadow({ mode: "open" });

  async function completions(context) {
    const found = context.matchBefore(NAME);
    const start = found?.text ?? "";
    const items = /^[?$]/.test(start) ? variables(context.state.doc.toString(), start) : await complete(start);
    const options = items.map(({ text, about }) => ({ label: text, detail: about }));
    return options.length ? { from: found?.from ?? context.pos, options, filter: false } : null;
  }

  // The list follows what is typed on, once somebody has asked for it.
  const follow = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    field.value = update.state.doc.toString();
    const typed = update.transactions.some((one) => one.isUserEvent("input.type") || one.isUserEvent("delete"));
    if (typed && completionStatus(update.startState) === "active") startCompletion(update.view);
  });
  // Left to itself, a browser that writes over a selection sets styles within the page, which its policy forbids.
  const over = EditorView.domEventHandlers({
    beforeinput(event, view) {
      if (event.inputType !== "insertText" || !event.data || view.composing || view.state.selection.main.empty) return false;
      view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type", scrollIntoView: true });
      event.preventDefault();
      return true;
    },
  });
  const keys = [
    { key: "Mod-Enter", run: () => (run(), true) },
    { key: "Tab", run: acceptCompletion },
  ];
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        Prec.highest(keymap.of(keys)),
        lineNumbers(), history(), drawSelection(), bracketMatching(), closeBrackets(),
        StreamLanguage.define(sparql), syntaxHighlighting(words), looks, follow, over,
        autocompletion({ override: [completions], activateOnTyping: false, icons: false }),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
        EditorView.contentAttributes.of({ "aria-label": "SPARQL", autocapitalize: "off", contenteditable: "plaintext-only" }),
      ],
    }),
  });
  field.before(host);
  field.hidden = true;
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => view.focus());

  function goTo(line, column) {
    const place = view.state.doc.line(Math.min(line, view.state.doc.lines));
    view.dispatch({ selection: { anchor: Math.min(place.from + column - 1, place.to) }, scrollIntoView: true });
    view.focus();
  }

  return { goTo };
}
