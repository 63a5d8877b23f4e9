/** Another text was saved meanwhile: both are shown, a person makes them one, and saving goes on. */

import { CONFLICT, type Theirs } from "../events";
import { sayMerging, settleConflict } from "../saving";
import type { WritingArea } from "./area";
import { merge } from "./merging";

export function watchConflicts(writing: WritingArea): void {
  const form = writing.area.form;
  if (!form) return;
  const button = form.querySelector<HTMLButtonElement>("[data-merges]");
  let theirs: Theirs | undefined;
  form.addEventListener(CONFLICT, (event) => {
    theirs = (event as CustomEvent<Theirs>).detail;
    if (button) button.hidden = false;
  });
  button?.addEventListener("click", () => {
    if (!theirs) return;
    const seen = theirs;
    button.hidden = true;
    sayMerging(form);
    merge(writing, seen.text, () => settleConflict(form, seen));
  });
  mergeAtOnce(writing);
}

/** The page itself says that there are two texts: the answer to a form sent too late. */
function mergeAtOnce(writing: WritingArea): void {
  const section = document.querySelector<HTMLElement>("section[data-conflict]");
  const theirs = section?.querySelector<HTMLTemplateElement>("template[data-theirs]")?.content.textContent;
  if (!section || theirs === null || theirs === undefined || theirs === writing.area.value) return;
  // The comparison that the server drew says the same, to be read only.
  for (const plain of section.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = true;
  merge(writing, theirs, () => {});
}
