/** Selecting among what came in: keys 1 to 5 for the piece one is on, 0 and Backspace to undo; radio buttons do the rest. */

const selecting = document.querySelector<HTMLFormElement>("form[data-selecting]");
const rows = selecting ? [...selecting.querySelectorAll<HTMLElement>("[data-row]")] : [];
const past: HTMLElement[] = [];

const radios = (row: HTMLElement): HTMLInputElement[] => [...row.querySelectorAll<HTMLInputElement>("input[type=radio]")];
const chosen = (row: HTMLElement): string => radios(row).find((one) => one.checked)?.value ?? "";

if (selecting) {
  selecting.addEventListener("change", (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-row]") : null;
    if (row && (event.target as HTMLInputElement).type === "radio") show(row);
  });
  document.addEventListener("keydown", onKey);
  rows.forEach(show);
  count();
}

/** What a row looks like with its choice: a colour, and the field for the reason where one is needed. */
function show(row: HTMLElement): void {
  const choice = chosen(row);
  row.classList.toggle("is-picked", choice !== "");
  const reason = row.querySelector<HTMLElement>("[data-reason]");
  if (reason) reason.hidden = choice !== "supplement";
  count();
}

function count(): void {
  const output = selecting?.querySelector<HTMLElement>("[data-picked]");
  if (!output) return;
  const picked = rows.filter((row) => chosen(row) !== "").length;
  const words = picked ? (output.dataset.words ?? "").replace("{n}", String(picked)) : "";
  if (output.textContent !== words) output.textContent = words;
}

function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
  if (event.key === "Backspace") return takeBack(event);
  const row = here(event.target);
  if (!row || !/^[0-5]$/.test(event.key)) return;
  event.preventDefault();
  if (!pick(row, event.key) || event.key === "0") return;
  past.push(row);
  const reason = event.key === "5" ? row.querySelector<HTMLTextAreaElement>("textarea") : null;
  if (reason) reason.focus();
  else goTo(rows[rows.indexOf(row) + 1] ?? row);
}

/** Chooses by key; false where the rules forbid it for this piece. */
function pick(row: HTMLElement, key: string): boolean {
  const radio = radios(row).find((one) => one.dataset.key === key);
  if (!radio || radio.disabled) return false;
  radio.checked = true;
  for (const kind of ["input", "change"]) radio.dispatchEvent(new Event(kind, { bubbles: true }));
  return true;
}

function takeBack(event: KeyboardEvent): void {
  const row = past.pop();
  if (!row) return;
  event.preventDefault();
  pick(row, "0");
  goTo(row);
}

/** The row one is on; at first the first one that is not selected yet. */
function here(target: EventTarget | null): HTMLElement | undefined {
  const within = target instanceof Element ? target.closest<HTMLElement>("[data-row]") : null;
  return within ?? rows.find((row) => chosen(row) === "");
}

function goTo(row: HTMLElement): void {
  radios(row).find((one) => one.checked)?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
}

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return target.type !== "radio";
  return target instanceof Element && target.closest("textarea, select, dialog") !== null;
}
