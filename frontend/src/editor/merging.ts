/** Two texts brought together: side by side where there is room, one under another where there is not. */

import { getChunks, getOriginalDoc, mergeViewSiblings, MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension, type Text } from "@codemirror/state";
import { Decoration, EditorView, keymap, ViewPlugin, type DecorationSet, type ViewUpdate } from "@codemirror/view";
import { shared, type WritingArea } from "./area";
import { differenceAt, differencesOf, EFFORT, nextFrom, taking, type Difference } from "./differences";
import type { Words } from "./words";

const NARROW = "(max-width: 991.98px)";
const UNTOUCHED = { margin: 2, minSize: 6 };

/** Shows `theirs` beside what is being written; `done` is called once the writer says that both are one. */
export function merge(writing: WritingArea, theirs: string, done: () => void): void {
  const { root, words } = writing;
  const bar = words.piece("merge");
  const places = [root, root.closest(".split")];
  root.before(bar);
  for (const place of places) place?.classList.add("merging");
  const drawn = (matchMedia(NARROW).matches ? oneUnderAnother : sideBySide)(writing, theirs);
  const finish = (): void => {
    writing.moveBack();
    drawn?.destroy();
    bar.remove();
    for (const place of places) place?.classList.remove("merging");
    writing.view.focus();
    done();
  };
  bar.addEventListener("click", (event) => {
    const act = event.target instanceof Element ? event.target.closest("button")?.dataset.act : undefined;
    if (act === "done") return finish();
    if (act) acts[act]?.(writing.view);
    if (act) writing.view.focus();
  });
  writing.view.focus();
  go(writing.view, true, -1);
}

/** Two texts to be read side by side; `names` says which is which. */
export function compare(parent: Element, texts: [string, string], names: [string, string], common: Extension): MergeView {
  const half = (side: 0 | 1) => ({ doc: texts[side], extensions: [common, fine, forReading(names[side])] });
  const pair = new MergeView({
    a: half(0),
    b: half(1),
    parent,
    highlightChanges: false,
    collapseUnchanged: UNTOUCHED,
    diffConfig: EFFORT,
  });
  pair.a.dispatch({});
  return pair;
}

const acts: Record<string, (view: EditorView) => boolean> = {
  next: (view) => go(view, true),
  previous: (view) => go(view, false),
  take: takeHere,
};

const keys = keymap.of([
  { key: "F7", run: (view) => go(view, true), shift: (view) => go(view, false), preventDefault: true },
  { key: "Ctrl-Enter", run: takeHere, preventDefault: true },
]);

function sideBySide(writing: WritingArea, theirs: string): MergeView | undefined {
  let merged: MergeView | undefined;
  writing.move((config) => {
    merged = new MergeView({
      a: { doc: theirs, extensions: [shared(writing.area, writing.words), fine, forReading(writing.words.say("theirs"))] },
      b: { ...config, extensions: [keys, fine, config.extensions ?? []] },
      parent: writing.root,
      highlightChanges: false,
      revertControls: "a-to-b",
      renderRevertControl: () => taker(writing.words),
      diffConfig: EFFORT,
    });
    merged.a.dispatch({}); // when it was made, there was nothing beside it to differ from
    return merged.b;
  });
  return merged;
}

function oneUnderAnother(writing: WritingArea, theirs: string): undefined {
  const control = (type: "accept" | "reject", act: (event: MouseEvent) => void): HTMLElement => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-outline-secondary";
    button.textContent = writing.words.say(type === "accept" ? "keep mine" : "take theirs");
    button.addEventListener("click", act);
    return button;
  };
  const config = { original: theirs, highlightChanges: false, mergeControls: control, diffConfig: EFFORT };
  writing.move(
    ({ extensions, ...rest }) =>
      new EditorView({
        state: EditorState.create({ ...rest, extensions: [keys, fine, extensions ?? [], unifiedMergeView(config)] }),
        parent: writing.root,
      }),
  );
}

/** The arrow between the halves takes a whole paragraph; the library knows the mouse only. */
function taker(words: Words): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "→";
  button.title = words.say("take paragraph");
  button.setAttribute("aria-label", button.title);
  button.addEventListener("click", (event) => {
    if (event.detail === 0) button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true, cancelable: true }));
  });
  return button;
}

function forReading(name: string): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": name, lang: "zh-Hans", "aria-readonly": "true" }),
    EditorView.lineWrapping,
  ];
}

/** Selects the next difference from a place; the beginning of what is selected where none is given. */
function go(view: EditorView, forward: boolean, place = view.state.selection.main.from): boolean {
  const one = nextFrom(standing(view).all, place, forward);
  if (!one) return false;
  view.dispatch({ selection: { anchor: one.fromB, head: one.toB } });
  view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main, { y: "center" }) });
  return true;
}

/** Takes the other text's words at the caret; where both agree it goes to the next difference instead. */
function takeHere(view: EditorView): boolean {
  const { all, theirs } = standing(view);
  const { from, to } = view.state.selection.main;
  const one = differenceAt(all, from, to);
  if (!one) return go(view, true);
  view.dispatch({ changes: taking(one, theirs), userEvent: "revert" });
  return true;
}

/** Every difference between a view's text and the other one; none while the halves are still being made. */
function standing(view: EditorView): { all: Difference[]; theirs: Text } {
  const pair = mergeViewSiblings(view);
  const theirs = pair ? pair.a?.state.doc : getOriginalDoc(view.state);
  const mine = pair ? pair.b?.state.doc : view.state.doc;
  const chunks = getChunks(view.state)?.chunks;
  const all = chunks && theirs && mine ? differencesOf(chunks, theirs, mine) : [];
  return { all, theirs };
}

const changed = Decoration.mark({ class: "cm-changedText" });

/** Draws the differences themselves within the paragraphs that the library marks. */
const fine = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = drawn(view);
    }

    update(update: ViewUpdate): void {
      if (update.transactions.length > 0) this.decorations = drawn(update.view);
    }
  },
  { decorations: (plugin) => plugin.decorations },
);

function drawn(view: EditorView): DecorationSet {
  const isTheirs = mergeViewSiblings(view)?.a === view;
  const places = standing(view).all.map((one) => (isTheirs ? [one.fromA, one.toA] : [one.fromB, one.toB]) as [number, number]);
  return Decoration.set(places.filter(([from, to]) => from < to).map(([from, to]) => changed.range(from, to)));
}
