/** Autosave on a page: a form with `data-autosave` (the address) and one text area with `data-text`. */

import { Autosave, type Answer, type Outcome, type Surroundings } from "./autosave";
import { CONFLICT, type Theirs } from "./events";

const KEEPALIVE_AT_MOST = 60_000; // bytes; browsers refuse more once the page is left
const SLOW = 600;
/** A line that went dead tells nobody: whoever has not answered for so long counts as gone. */
const SILENT = 30_000;
const LOUD: ReadonlySet<Outcome> = new Set(["failed", "expired", "conflict", "large", "refused", "marked"]);
const BY_STATUS: Record<number, Outcome> = { 401: "expired", 409: "conflict", 413: "large", 422: "refused" };

/** What the autosave address answers. */
interface Told {
  copy_revision?: number;
  time?: string;
  message?: string;
  text?: string;
}

const attached = new WeakMap<HTMLFormElement, Autosave>();

/** The autosave of a form, made when it is first asked for; nothing for other forms. */
export function autosaveOf(form: HTMLFormElement): Autosave | undefined {
  const found = attached.get(form);
  if (found || form.dataset.autosave === undefined) return found;
  const area = textArea(form);
  if (!area) return undefined;
  const around: Surroundings = {
    text: () => area.value,
    send: () => send(form),
    say: (answer) => say(form, answer),
    goOnFrom: (own) => setRevision(form, own.copyRevision),
    later: (act, milliseconds) => {
      const timer = setTimeout(act, milliseconds);
      return () => clearTimeout(timer);
    },
  };
  // What came with the page, not what the browser put back into the area on the way back to it.
  const autosave = new Autosave(around, area.defaultValue);
  attached.set(form, autosave);
  return autosave;
}

export function textArea(form: HTMLFormElement): HTMLTextAreaElement | null {
  return form.querySelector("textarea[data-text]");
}

/** Says in the form's live region what became of the text; the words stand in the page. */
export function say(form: HTMLFormElement, answer: Answer): void {
  if (answer.theirs) form.dispatchEvent(new CustomEvent<Theirs>(CONFLICT, { detail: answer.theirs }));
  const place = form.querySelector<HTMLElement>("[data-save-state]");
  if (!place) return;
  place.dataset.says = answer.outcome;
  const words = answer.message || place.dataset[answer.outcome] || "";
  place.textContent = words.replace("{time}", answer.time ?? "").replace("{mark}", answer.mark ?? "");
  place.classList.toggle("tone-late", LOUD.has(answer.outcome));
}

/** The two texts of a conflict are being made one. */
export function sayMerging(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-save-state]");
  if (!place) return;
  place.textContent = place.dataset.merging ?? "";
  place.classList.remove("tone-late");
}

/** The mark is gone: a form that saves says so itself, any other just takes its words back. */
export function unsayMark(form: HTMLFormElement): void {
  const place = form.querySelector<HTMLElement>("[data-save-state][data-says=marked]");
  if (!place || autosaveOf(form)) return;
  place.textContent = "";
  place.classList.remove("tone-late");
  delete place.dataset.says;
}

/** A person has brought their text and the one saved elsewhere together: what is in the area may be saved over it. */
export function settleConflict(form: HTMLFormElement, theirs: Theirs): void {
  setRevision(form, theirs.copyRevision);
  autosaveOf(form)?.agree(theirs.text);
}

async function send(form: HTMLFormElement, again = false): Promise<Answer> {
  const place = form.querySelector<HTMLElement>("[data-save-state]");
  const slow = setTimeout(() => place && (place.textContent = place.dataset.saving ?? ""), SLOW);
  const line = new AbortController();
  const silent = setTimeout(() => line.abort(), SILENT);
  try {
    const response = await post(form, line.signal);
    if (response.status === 403 && !again && (await renewToken())) return await send(form, true);
    return await read(response, form);
  } catch {
    return { outcome: "failed" };
  } finally {
    clearTimeout(slow);
    clearTimeout(silent);
  }
}

function post(form: HTMLFormElement, signal: AbortSignal): Promise<Response> {
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
  body.delete("deed"); // the deed is the form's own act; saving is none
  const size = 3 * (textArea(form)?.value.length ?? 0);
  return fetch(form.dataset.autosave ?? "", {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    signal,
    keepalive: size < KEEPALIVE_AT_MOST,
  });
}

async function read(response: Response, form: HTMLFormElement): Promise<Answer> {
  const json = response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
  if (response.type === "opaqueredirect" || (response.ok && !json)) return { outcome: "expired" };
  const told: Told = json ? await response.json() : {};
  if (response.ok) {
    setRevision(form, told.copy_revision);
    return { outcome: "saved", time: told.time ?? "" };
  }
  const outcome = BY_STATUS[response.status] ?? (response.status === 403 ? "refused" : "failed");
  const answer: Answer = { outcome, message: told.message ?? "" };
  if (outcome === "conflict" && told.text !== undefined) {
    answer.theirs = { text: told.text, copyRevision: told.copy_revision ?? 0 };
  }
  return answer;
}

function setRevision(form: HTMLFormElement, revision: number | undefined): void {
  const input = form.querySelector<HTMLInputElement>("input[name=copy_revision]");
  if (input && revision !== undefined) input.value = String(revision);
}

/** Whether a form sent now would arrive: the server answers and still knows who asks. */
export async function canBeSent(): Promise<Answer> {
  try {
    const response = await askAgain();
    if (response.redirected) return { outcome: "expired" };
    if (response.ok) await takeToken(response);
    return { outcome: "saved" };
  } catch {
    return { outcome: "failed" };
  }
}

/** A log-in in another tab makes this page's token void: take the new one from the same page as it is now. */
async function renewToken(): Promise<boolean> {
  const response = await askAgain();
  return response.ok && !response.redirected && (await takeToken(response));
}

function askAgain(): Promise<Response> {
  return fetch(location.href, { headers: { Accept: "text/html" } });
}

async function takeToken(response: Response): Promise<boolean> {
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const name = "input[name=csrfmiddlewaretoken]";
  const token = page.querySelector<HTMLInputElement>(name)?.value;
  if (!token) return false;
  for (const input of document.querySelectorAll<HTMLInputElement>(name)) input.value = token;
  return true;
}
