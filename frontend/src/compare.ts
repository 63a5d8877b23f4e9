/** The island of a page that compares two versions: the same side by side, when asked for. */

import "../styles/editor.scss";
import { shared } from "./editor/area";
import { compare } from "./editor/merging";
import { Words } from "./editor/words";

const page = document.querySelector<HTMLElement>("[data-compare]");
const button = page?.querySelector<HTMLButtonElement>("button[data-beside]");

if (page && button) {
  const words = Words.near(page);
  const [before, after] = [...page.querySelectorAll<HTMLTemplateElement>("template[data-version]")];
  const place = document.createElement("div");
  place.className = "editor comparing";
  button.hidden = false;
  button.addEventListener("click", () => {
    const beside = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(beside));
    for (const plain of page.querySelectorAll<HTMLElement>("[data-plain]")) plain.hidden = beside;
    if (!beside || !before || !after) return place.remove();
    page.append(place);
    if (place.firstChild) return;
    const names: [string, string] = [before.dataset.version ?? "", after.dataset.version ?? ""];
    place.append(headings(names));
    const texts: [string, string] = [before.content.textContent ?? "", after.content.textContent ?? ""];
    compare(place, texts, names, shared(page, words));
  });
}

function headings(names: [string, string]): HTMLElement {
  const line = document.createElement("p");
  line.className = "halves";
  line.append(
    ...names.map((name) => {
      const heading = document.createElement("strong");
      heading.textContent = name;
      return heading;
    }),
  );
  return line;
}
