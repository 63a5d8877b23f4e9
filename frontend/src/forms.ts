/** Forms: nothing typed is lost, nothing is sent twice, nothing marked secret is sent at all. */

import { autosaveOf, canBeSent, say, textArea, unsayMark } from "./saving";
import type { Outcome } from "./autosave";
import { SHOW, type Place } from "./events";
import { countCharacters, markOfSecrecy, Places } from "./text";

const AGAIN_AFTER = 8_000;
const STAYS: ReadonlySet<Outcome> = new Set(["failed", "expired", "marked"]);
const released = new WeakSet<HTMLFormElement>();
const sent = new WeakSet<HTMLFormElement>();
const typed = new WeakSet<HTMLFormElement>();

/** The form a control belongs to, wherever on the page it stands. */
const formOf = ({ target }: Event): HTMLFormElement | null =>
  target instanceof Element ? ((target as HTMLInputElement).form ?? target.closest("form")) : null;

export function watchForms(): void {
  document.addEventListener("input", onInput);
  for (const kind of ["compositionstart", "compositionend"]) {
    document.addEventListener(kind, (event) => {
      if (event.target instanceof HTMLTextAreaElement) saver(event)?.compose(kind === "compositionstart");
    });
  }
  document.addEventListener("htmx:beforeRequest", onAsk);
  document.addEventListener("focusout", (event) => void saver(event)?.save());
  document.addEventListener("visibilitychange", saveAll);
  window.addEventListener("pagehide", saveAll);
  window.addEventListener("online", saveAll);
  window.addEventListener("beforeunload", (event) => {
    if ([...document.forms].some(unsaved)) event.preventDefault();
  });
  window.addEventListener("pageshow", () => [...document.forms].forEach((form) => sent.delete(form)));
  document.addEventListener("submit", (event) => void onSubmit(event));
  document.addEventListener("keydown", onKey);
  [...document.forms].forEach(autosaveOf);
  // What came back with the page after a refusal or an import is on no server.
  document.querySelectorAll<HTMLFormElement>("form[data-guard=typed]").forEach((form) => typed.add(form));
  countAll();
}

/** Brings every counter on the page up to date. */
export function countAll(): void {
  document.querySelectorAll("output[data-counts]").forEach(count);
}

/** Shows a place of the text: `start` and `end` count its characters. */
export function showPlace(area: HTMLTextAreaElement, start: number, end: number): void {
  const places = new Places(area.value);
  const from = places.index(start);
  const to = places.index(end);
  const asked = new CustomEvent<Place>(SHOW, { cancelable: true, detail: { from, to } });
  if (!area.dispatchEvent(asked)) return;
  // Only taking the focus brings the caret into view; a selection alone does not scroll.
  area.blur();
  area.setSelectionRange(from, from);
  area.focus();
  area.setSelectionRange(from, to);
}

/** The autosave that an event concerns: it happened in the text area, or in the editor that stands for it. */
function saver(event: Event): ReturnType<typeof autosaveOf> {
  const form = formOf(event);
  if (!form) return undefined;
  const isText = event.target === textArea(form) || (event.target as Element).closest("[data-editor]") !== null;
  return isText ? autosaveOf(form) : undefined;
}

function saveAll(): void {
  for (const form of document.forms) if (!sent.has(form)) void autosaveOf(form)?.save();
}

function unsaved(form: HTMLFormElement): boolean {
  if (sent.has(form)) return false;
  return autosaveOf(form)?.dirty ?? (form.dataset.guard !== undefined && typed.has(form));
}

function count(output: Element): void {
  const area = document.getElementById((output as HTMLElement).dataset.counts ?? "");
  if (area instanceof HTMLTextAreaElement) output.textContent = String(countCharacters(area.value));
}

function onInput(event: Event): void {
  const form = formOf(event);
  if (form) typed.add(form);
  if (!(event as InputEvent).isComposing) saver(event)?.touched();
  const id = (event.target as Element).id;
  if (id) document.querySelectorAll(`output[data-counts="${CSS.escape(id)}"]`).forEach(count);
}

/** A text that bears a mark of secrecy does not leave the page, not even to be checked. */
function onAsk(event: Event): void {
  const area = event.target;
  if (!(area instanceof HTMLTextAreaElement) || !area.form) return;
  const mark = markOfSecrecy(area.value);
  if (mark === undefined) return unsayMark(area.form);
  event.preventDefault();
  say(area.form, { outcome: "marked", mark });
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
  const form = formOf(event);
  const autosave = form && autosaveOf(form);
  if (!autosave) return;
  event.preventDefault();
  void autosave.save(true);
}

async function onSubmit(event: SubmitEvent): Promise<void> {
  const form = event.target as HTMLFormElement;
  if (event.defaultPrevented || form.method !== "post") return;
  if (sent.has(form)) return event.preventDefault();
  if (marked(form)) return keep(event);
  if (!released.has(form) && mayLose(form)) {
    event.preventDefault();
    if (!(await arrives(form))) return keep(event);
    released.add(form);
    form.requestSubmit(event.submitter as HTMLElement | null);
    released.delete(form);
    return;
  }
  sent.add(form);
  setTimeout(() => sent.delete(form), AGAIN_AFTER);
}

/** Whether something was typed that would be gone with the page, and the page has words to say so. */
function mayLose(form: HTMLFormElement): boolean {
  return (typed.has(form) || unsaved(form)) && form.querySelector("[data-save-state]") !== null;
}

/** The text goes to its working copy first; any other form asks whether there is still a log-in to send it under. */
async function arrives(form: HTMLFormElement): Promise<boolean> {
  const autosave = autosaveOf(form);
  if (autosave?.inUse) return !STAYS.has((await autosave.save(true)).outcome);
  const answer = await canBeSent();
  if (STAYS.has(answer.outcome)) say(form, answer);
  return !STAYS.has(answer.outcome);
}

/** Looks for marks of secrecy wherever the page has words to say so. */
function marked(form: HTMLFormElement): boolean {
  if (!form.querySelector("[data-marked]")) return false;
  for (const area of form.elements) {
    if (!(area instanceof HTMLTextAreaElement)) continue;
    const mark = markOfSecrecy(area.value);
    if (mark !== undefined) {
      say(form, { outcome: "marked", mark });
      return true;
    }
  }
  return false;
}

/** Stays on the page: closes the dialog that asked and shows where it says why. */
function keep(event: SubmitEvent): void {
  event.preventDefault();
  const form = event.target as HTMLFormElement;
  document.querySelector<HTMLDialogElement>("dialog[open]")?.close();
  form.querySelector("[data-save-state]")?.scrollIntoView({ block: "nearest" });
}
