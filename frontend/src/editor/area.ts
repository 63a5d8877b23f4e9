/** The editor that stands for a text area. The area stays the form's field: counting, checking and saving go on with it. */

import { history, historyField, historyKeymap, insertNewline, standardKeymap } from "@codemirror/commands";
import { closeSearchPanel } from "@codemirror/search";
import { Compartment, EditorState, type EditorStateConfig, type Extension, StateEffect, type Text } from "@codemirror/state";
import { closeHoverTooltips, EditorView, hasHoverTooltips, keymap } from "@codemirror/view";
import { finder, finderKeys } from "./finder";
import { Words } from "./words";

/** After the end of a composition the library needs a moment to read what the input method left behind. */
const SETTLES = 60;

export class WritingArea {
  view: EditorView;
  readonly root = document.createElement("div");
  readonly words: Words;
  private readonly lock = new Compartment();
  private readonly extensions: Extension[];
  private readonly rests: (() => void)[] = [];

  constructor(readonly area: HTMLTextAreaElement) {
    this.words = Words.near(area);
    this.extensions = [this.lock.of([]), this.ours(), look(area, this.words)];
    this.root.className = "editor";
    this.root.dataset.editor = "";
    this.view = new EditorView({ doc: area.value, extensions: this.extensions, parent: this.root });
    area.after(this.root);
    hide(area);
    area.addEventListener("focus", () => this.view.focus());
    area.addEventListener("input", () => this.takeOver(area.value));
    area.form?.addEventListener("submit", () => this.handOn(), { capture: true });
  }

  /** Teaches the editor something more. */
  extend(extension: Extension): void {
    this.extensions.push(extension);
    this.view.dispatch({ effects: StateEffect.appendConfig.of(extension) });
  }

  /** Whether an input method is at work: nothing may touch the text then. */
  get composing(): boolean {
    return this.view.compositionStarted;
  }

  /** Calls `act` when no input method is at work: now, or once it has finished. */
  atRest(act: () => void): void {
    if (this.composing) this.rests.push(act);
    else act();
  }

  /** Says something to those who listen to the page. */
  announce(words: string): void {
    this.view.dispatch({ effects: EditorView.announce.of(words) });
  }

  /** Whether the text may be read only. */
  setLocked(locked: boolean): void {
    const locks = [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ "aria-readonly": "true" })];
    this.view.dispatch({ effects: this.lock.reconfigure(locked ? locks : []) });
    this.root.classList.toggle("locked", locked);
  }

  /** Puts the text, its history of changes and everything else into another view, such as one half of a merge. */
  move(make: (config: EditorStateConfig & { doc: Text }) => EditorView): void {
    const { doc, selection } = this.view.state;
    const past = this.view.state.field(historyField);
    const extensions = [historyField.init(() => past), ...this.extensions];
    this.view.destroy();
    this.view = make({ doc, selection, extensions });
    this.handOn();
  }

  /** The plain view again. */
  moveBack(): void {
    this.move((config) => new EditorView({ state: EditorState.create(config), parent: this.root }));
  }

  private ours(): Extension {
    return [
      EditorView.updateListener.of((update) => {
        if (update.docChanged && !update.view.compositionStarted) this.handOn();
      }),
      EditorView.domEventHandlers({
        compositionend: () => {
          setTimeout(() => this.rest(), SETTLES);
        },
      }),
    ];
  }

  private rest(): void {
    if (this.composing) return;
    this.handOn();
    for (const act of this.rests.splice(0)) act();
  }

  /** What was typed goes into the area. */
  private handOn(): void {
    const text = this.view.state.doc.toString();
    if (text === this.area.value) return;
    this.area.value = text;
    this.area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  /** Something else than this editor wrote into the area: only what differs is replaced, the caret stays. */
  private takeOver(text: string): void {
    const old = this.view.state.doc.toString();
    if (old === text || this.composing) return;
    let from = 0;
    const shorter = Math.min(old.length, text.length);
    while (from < shorter && old[from] === text[from]) from++;
    let tail = 0;
    while (tail < shorter - from && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
    this.view.dispatch({ changes: { from, to: old.length - tail, insert: text.slice(from, text.length - tail) } });
  }
}

/** The area keeps its label and its place for links to it, but hands the focus on. */
function hide(area: HTMLTextAreaElement): void {
  area.classList.add("visually-hidden");
  area.tabIndex = -1;
  area.setAttribute("aria-hidden", "true");
}

/** Keys, names for screen readers, looks. */
function look(area: HTMLTextAreaElement, words: Words): Extension {
  return [
    history(),
    shared(area, words),
    EditorView.lineWrapping,
    EditorView.scrollMargins.of(underFoot),
    EditorView.contentAttributes.of(naming(area)),
    finder(words),
    keymap.of([
      ...finderKeys,
      { key: "Escape", run: leave },
      { key: "Enter", run: insertNewline, shift: insertNewline },
      ...historyKeymap,
      ...standardKeymap,
    ]),
  ];
}

/** The caret never goes behind the line that says what was saved: it stays at the lower edge of the window. */
function underFoot(view: EditorView): { bottom: number } | null {
  const foot = view.dom.closest(".writing")?.querySelector<HTMLElement>(".writing-foot");
  if (!foot) return null;
  const above = Number.parseFloat(getComputedStyle(foot).bottom);
  return { bottom: foot.offsetHeight + (Number.isNaN(above) ? 0 : above) };
}

/** What every view of a page has: the nonce under which the policy admits the library's styles, and the page's words. */
export function shared(place: Element, words: Words): Extension {
  const nonce = place.closest<HTMLElement>("[data-nonce]")?.dataset.nonce ?? "";
  return [EditorView.cspNonce.of(nonce), EditorState.phrases.of(words.phrases())];
}

function naming(area: HTMLTextAreaElement): Record<string, string> {
  const label = area.labels[0];
  if (label && !label.id) label.id = `${area.id}_label`;
  const names: Record<string, string> = { spellcheck: "false", lang: "zh-Hans", tabindex: "0", "aria-labelledby": label?.id ?? "" };
  const about = [area.getAttribute("aria-describedby"), `${area.id}_keys`].filter(Boolean).join(" ");
  names["aria-describedby"] = about;
  const keys = area.closest(".writing")?.querySelector<HTMLElement>("[data-keys]");
  if (keys) keys.hidden = false;
  if (area.getAttribute("aria-invalid") === "true") names["aria-invalid"] = "true";
  return names;
}

/** Esc: closes what is open, else takes the focus behind the editor. Tab leaves it too: nobody is held inside. */
function leave(view: EditorView): boolean {
  if (hasHoverTooltips(view.state)) view.dispatch({ effects: closeHoverTooltips });
  else if (!closeSearchPanel(view)) view.dom.closest(".writing")?.querySelector<HTMLElement>(".writing-foot")?.focus();
  return true;
}
