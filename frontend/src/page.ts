/** Small behaviours of every page: dialogs, focus, keys, selection of rows, news from htmx. */

import { countAll, showPlace } from "./forms";

const openers = new WeakMap<HTMLDialogElement, HTMLElement>();

export function watchPage(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("keydown", onKey);
  document.body.addEventListener("htmx:afterSwap", (event) => settle(event.target as Element));
  document.body.addEventListener("htmx:sendError", () => tell("unreachable"));
  document.body.addEventListener("htmx:responseError", (event) => {
    if (!(event as CustomEvent<{ shouldSwap?: boolean }>).detail.shouldSwap) tell("failed");
  });
  document.querySelector(".work-nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  settle(document.body);
}

/** What new content on the page asks for: the focus, and counters that count. */
function settle(place: Element): void {
  place.querySelector<HTMLElement>("[data-focus]")?.focus();
  countAll();
}

/** Says a sentence of the page's live region, once. */
function tell(which: "unreachable" | "failed"): void {
  const region = document.getElementById("flash");
  const words = region?.dataset[which];
  if (!region || !words || region.textContent?.includes(words)) return;
  const line = document.createElement("p");
  line.className = "flash tone-late";
  line.textContent = words;
  region.append(line);
}

function onClick(event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  closeMenus(event.target);
  const button = event.target.closest<HTMLElement>("[data-opens], [data-closes], [data-selects], [data-adds]");
  if (!button) return;
  if (button.dataset.opens !== undefined) open(button, button.dataset.opens);
  else if (button.dataset.closes !== undefined) button.closest("dialog")?.close();
  else if (button.dataset.selects !== undefined) select(button);
  else add(button);
}

/** Folds away every menu that does not hold the place; with none, all. */
function closeMenus(kept?: Element): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!kept || !menu.contains(kept)) menu.open = false;
  }
}

function open(button: HTMLElement, id: string): void {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement)) return;
  openers.set(dialog, button);
  dialog.addEventListener("close", () => openers.get(dialog)?.focus(), { once: true });
  dialog.showModal();
}

function select(button: HTMLElement): void {
  const area = document.getElementById(button.dataset.selects ?? "");
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.closest("details")?.setAttribute("open", "");
  showPlace(area, Number(button.dataset.start), Number(button.dataset.end));
}

/** Puts the button's own words behind what stands in an area. */
function add(button: HTMLElement): void {
  const area = document.getElementById(button.dataset.adds ?? "");
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.value += button.textContent?.trim() ?? "";
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
}

/** The box in a table's head ticks every box of its name in the table; it is half ticked when some are. */
function onChange(event: Event): void {
  const box = event.target;
  if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
  const table = box.closest("table");
  const head = table?.querySelector<HTMLInputElement>("input[data-select-all]");
  if (!table || !head) return;
  const rows = [...table.querySelectorAll<HTMLInputElement>(`input[name="${head.dataset.selectAll}"]`)];
  if (box === head) rows.forEach((row) => (row.checked = head.checked));
  const ticked = rows.filter((row) => row.checked).length;
  head.checked = ticked > 0 && ticked === rows.length;
  head.indeterminate = ticked > 0 && ticked < rows.length;
}

function onKey(event: KeyboardEvent): void {
  if (event.key === "Escape") closeMenus();
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target instanceof Element && event.target.closest("input, textarea, select, dialog")) return;
  const search = document.querySelector<HTMLInputElement>("[data-search]");
  if (!search) return;
  event.preventDefault();
  search.focus();
}
