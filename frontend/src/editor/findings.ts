/** What the checks found, in the text itself: read from the list beside it, which the server draws. */

import { forEachDiagnostic, linter, nextDiagnostic, previousDiagnostic, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import type { EditorState } from "@codemirror/state";
import { EditorView, keymap, type Command } from "@codemirror/view";
import { SHOW, type Place } from "../events";
import { Places } from "../text";
import type { WritingArea } from "./area";
import type { Words } from "./words";

const SEVERITIES: Record<string, Diagnostic["severity"]> = { error: "error", warning: "warning", hint: "hint" };

/** One row of the list, and the place of the text it speaks of. */
class Finding implements Diagnostic {
  readonly severity: Diagnostic["severity"];
  readonly message: string;
  readonly fixes: string[];
  readonly found: string;
  readonly renderMessage: () => Node;

  constructor(
    readonly row: HTMLElement,
    readonly from: number,
    readonly to: number,
    text: string,
    draw: (finding: Finding) => Node,
  ) {
    this.renderMessage = () => draw(this);
    this.severity = SEVERITIES[row.dataset.severity ?? ""] ?? "hint";
    this.message = (row.querySelector(".head")?.textContent ?? "").replace(/\s+/g, " ").trim();
    this.fixes = [...row.querySelectorAll<HTMLElement>("[data-fix]")].map((one) => one.dataset.fix ?? "");
    this.found = text.slice(from, to);
  }
}

export function watchFindings(writing: WritingArea): void {
  new Findings(writing);
}

/** Keeps the editor and the list beside it in step. */
class Findings {
  private readonly list: Element | null;
  private asked: string;

  constructor(private readonly writing: WritingArea) {
    const { area } = writing;
    const target = area.getAttribute("hx-target");
    this.list = target === null ? null : document.querySelector(target);
    this.asked = area.defaultValue;
    area.addEventListener("htmx:beforeRequest", () => (this.asked = area.value));
    area.addEventListener(SHOW, (event) => this.show(event as CustomEvent<Place>));
    this.list?.addEventListener("htmx:beforeSwap", (event) => this.judge(event as CustomEvent<{ shouldSwap: boolean }>));
    if (this.list) new MutationObserver(() => this.read()).observe(this.list, { childList: true });
    writing.extend([
      linter(null),
      keymap.of([
        { key: "F8", run: (view) => this.step(view, nextDiagnostic), preventDefault: true },
        { key: "Shift-F8", run: (view) => this.step(view, previousDiagnostic), preventDefault: true },
        { key: "Alt-Enter", run: (view) => this.fixHere(view), preventDefault: true },
        { key: "Ctrl-.", run: (view) => this.fixHere(view), preventDefault: true },
      ]),
      EditorView.updateListener.of((update) => {
        if (update.selectionSet || update.docChanged) this.mark(update.state);
      }),
    ]);
    this.read();
  }

  /** Takes the list as it stands, if it speaks of the text as it stands. */
  private read(): void {
    this.writing.atRest(() => {
      const { area, view } = this.writing;
      if (this.asked !== area.value || !this.list) return;
      const places = new Places(area.value);
      const found = [...this.list.querySelectorAll<HTMLElement>("[data-finding]")].map((row) => {
        const [from, to] = [Number(row.dataset.start), Number(row.dataset.end)];
        return new Finding(row, places.index(from), places.index(to), area.value, (one) => this.card(one));
      });
      for (const one of found) this.offer(one);
      view.dispatch(setDiagnostics(view.state, found));
      this.mark(view.state);
    });
  }

  /** An answer to an older text would point beside the mark: it is dropped, a newer one is under way. */
  private judge(event: CustomEvent<{ shouldSwap: boolean }>): void {
    if (this.asked !== this.writing.area.value) event.detail.shouldSwap = false;
  }

  private step(view: EditorView, walk: Command): boolean {
    walk(view);
    const here = this.here(view.state);
    return this.say(here ? [here.message, ...this.says(here)].join(" ") : this.words.say("no finding"));
  }

  private fixHere(view: EditorView): boolean {
    const here = this.here(view.state);
    const fix = here?.fixes[0];
    if (!here || fix === undefined) return this.say(this.words.say("no fix"));
    return this.fix(here, fix);
  }

  /** Puts a repair into its place, unless something else stands there by now. */
  private fix(finding: Finding, fix: string): boolean {
    const { view } = this.writing;
    const place = placeOf(view.state, finding);
    if (!place || view.state.readOnly || view.state.sliceDoc(place.from, place.to) !== finding.found) return false;
    view.dispatch({
      changes: { ...place, insert: fix },
      selection: { anchor: place.from + fix.length },
      effects: EditorView.announce.of(fix ? this.words.say("changed", fix) : this.words.say("left out")),
      scrollIntoView: true,
      userEvent: "input.complete",
    });
    view.focus();
    return true;
  }

  private show(event: CustomEvent<Place>): void {
    event.preventDefault();
    const { view } = this.writing;
    const { from, to } = event.detail;
    const rows = findingsOf(view.state);
    const place = rows.find(({ finding }) => finding.from === from && finding.to === to) ?? event.detail;
    const end = view.state.doc.length;
    view.dispatch({ selection: { anchor: Math.min(place.from, end), head: Math.min(place.to, end) } });
    view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main, { y: "center" }) });
    view.focus();
  }

  /** The finding at the caret: the one selected, else the shortest of those around it. */
  private here(state: EditorState): Finding | undefined {
    const { from, to } = state.selection.main;
    const around = findingsOf(state).filter((one) => one.from <= from && to <= one.to);
    return around.sort((a, b) => a.to - a.from - (b.to - b.from))[0]?.finding;
  }

  /** Marks the row of the list whose place the caret is at. */
  private mark(state: EditorState): void {
    const here = this.here(state)?.row;
    for (const row of this.list?.querySelectorAll("[data-finding]") ?? []) row.classList.toggle("here", row === here);
    const box = here?.closest(".beside");
    if (!here || !box) return;
    const [inner, outer] = [here.getBoundingClientRect(), box.getBoundingClientRect()];
    if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top;
    else if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom;
  }

  /** The suggestions of a row become buttons. */
  private offer(finding: Finding): void {
    for (const place of finding.row.querySelectorAll<HTMLElement>("[data-fix]:not(button)")) {
      place.replaceWith(this.button(finding, place.dataset.fix ?? "", [...place.childNodes]));
    }
  }

  /** What is said at the place itself: the row's head and its repairs. */
  private card(finding: Finding): HTMLElement {
    const card = document.createElement("span");
    const head = finding.row.querySelector(".head")?.cloneNode(true);
    if (head) card.append(head);
    card.append(...finding.fixes.map((fix) => this.button(finding, fix, [this.label(fix)])));
    return card;
  }

  private button(finding: Finding, fix: string, inside: Node[]): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-quiet";
    button.dataset.fix = fix;
    button.setAttribute("aria-label", this.label(fix).data);
    button.append(...inside);
    button.addEventListener("click", () => this.fix(finding, fix));
    return button;
  }

  private label(fix: string): globalThis.Text {
    return document.createTextNode(fix ? this.words.say("change to", fix) : this.words.say("leave out"));
  }

  private says(finding: Finding): string[] {
    const [first] = finding.fixes;
    return first === undefined ? [] : [this.label(first).data, this.words.say("fix key")];
  }

  private say(words: string): true {
    this.writing.announce(words);
    return true;
  }

  private get words(): Words {
    return this.writing.words;
  }
}

interface Standing extends Place {
  finding: Finding;
}

/** The findings with the places where they stand by now. */
function findingsOf(state: EditorState): Standing[] {
  const rows: Standing[] = [];
  forEachDiagnostic(state, (one, from, to) => {
    if (one instanceof Finding) rows.push({ finding: one, from, to });
  });
  return rows;
}

function placeOf(state: EditorState, wanted: Finding): Place | undefined {
  const found = findingsOf(state).find(({ finding }) => finding === wanted);
  return found && { from: found.from, to: found.to };
}
