/** Find and replace: exactly what is typed, so that `,` is not `，`; only letters may differ in case. */

import {
  closeSearchPanel, findNext, findPrevious, getSearchQuery, openSearchPanel, replaceAll, replaceNext, RegExpCursor,
  search, SearchQuery, setSearchQuery,
} from "@codemirror/search";
import type { EditorState, Extension } from "@codemirror/state";
import type { Command, EditorView, KeyBinding, Panel, ViewUpdate } from "@codemirror/view";
import type { Words } from "./words";

const COUNTED_AT_MOST = 1_000;
const SELECTED_AT_MOST = 100;

export const finderKeys: KeyBinding[] = [
  { key: "Mod-f", run: (view) => open(view), preventDefault: true },
  { key: "Mod-h", run: (view) => open(view, true), preventDefault: true },
  { key: "F3", run: step(findNext), shift: step(findPrevious), preventDefault: true },
];

export function finder(words: Words): Extension {
  return search({ top: true, createPanel: (view) => new Finder(view, words) });
}

/** A query for exactly these words. */
export function queryFor(words: string, replacement: string): SearchQuery {
  return new SearchQuery({
    search: words.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"),
    replace: replacement.replace(/\$/g, "$$$$"),
    regexp: true,
    literal: true,
  });
}

/** Where the query's words stand: the number of the selected one (0: none) and how many there are, up to a limit. */
export function standing(state: EditorState, query: SearchQuery): { at: number; all: number } {
  const { from, to } = state.selection.main;
  let at = 0;
  let all = 0;
  const cursor = new RegExpCursor(state.doc, query.search, { ignoreCase: true });
  while (all < COUNTED_AT_MOST && !cursor.next().done) {
    all++;
    if (cursor.value.from === from && cursor.value.to === to) at = all;
  }
  return { at, all };
}

const finders = new WeakMap<EditorView, Finder>();

function open(view: EditorView, replacing = false): boolean {
  openSearchPanel(view);
  finders.get(view)?.begin(replacing);
  return true;
}

function step(find: Command): Command {
  return (view) => (getSearchQuery(view.state).valid ? find(view) : open(view));
}

class Finder implements Panel {
  readonly dom: HTMLElement;
  readonly top = true;
  private readonly wanted: HTMLInputElement;
  private readonly instead: HTMLInputElement;
  private readonly found: HTMLElement;

  constructor(private readonly view: EditorView, private readonly words: Words) {
    this.dom = words.piece("finder");
    [this.wanted, this.instead] = [...this.dom.querySelectorAll("input")] as [HTMLInputElement, HTMLInputElement];
    this.found = this.dom.querySelector("[data-found]") as HTMLElement;
    // The fields belong to the editor, not to the form around it.
    this.dom.addEventListener("input", (event) => (event.stopPropagation(), this.look()));
    this.dom.addEventListener("keydown", (event) => this.key(event));
    this.dom.addEventListener("click", (event) => this.click(event));
    finders.set(view, this);
  }

  /** Takes the focus, with the words that are selected in the text. */
  begin(replacing: boolean): void {
    const { from, to } = this.view.state.selection.main;
    const selected = this.view.state.sliceDoc(from, Math.min(to, from + SELECTED_AT_MOST));
    if (selected && !selected.includes("\n")) this.wanted.value = selected;
    const field = replacing && this.wanted.value ? this.instead : this.wanted;
    field.focus();
    field.select();
    this.look();
  }

  update(update: ViewUpdate): void {
    const isAsked = update.transactions.some((one) => one.effects.some((effect) => effect.is(setSearchQuery)));
    if (update.docChanged || update.selectionSet || isAsked) this.count();
  }

  private look(): void {
    this.view.dispatch({ effects: setSearchQuery.of(queryFor(this.wanted.value, this.instead.value)) });
  }

  private count(): void {
    const query = getSearchQuery(this.view.state);
    if (!query.valid) return void (this.found.textContent = "");
    const { at, all } = standing(this.view.state, query);
    const many = all === COUNTED_AT_MOST ? `${all}+` : String(all);
    this.found.textContent = all === 0 ? this.words.say("nowhere") : this.words.say("found", at ? `${at}/${many}` : many);
  }

  private key(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape") closeSearchPanel(this.view), this.view.focus();
    else if (event.key === "Enter") this.enter(event);
    else if (event.key === "F3") (event.shiftKey ? findPrevious : findNext)(this.view);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private enter(event: KeyboardEvent): void {
    if (event.target instanceof HTMLButtonElement) event.target.click();
    else if (event.target === this.instead) replaceNext(this.view);
    else (event.shiftKey ? findPrevious : findNext)(this.view);
  }

  private click(event: Event): void {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const acts: Record<string, (view: EditorView) => boolean> = {
      previous: findPrevious, next: findNext, replace: replaceNext, all: replaceAll, close: closeSearchPanel,
    };
    acts[button?.dataset.act ?? ""]?.(this.view);
    if (button?.dataset.act === "close") this.view.focus();
  }
}
