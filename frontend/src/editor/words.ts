/** The editor's words stand in the page, in the reader's language: `parts/editor_words.html`. */

export class Words {
  private constructor(private readonly content: DocumentFragment) {}

  static near(place: Element): Words {
    const template = place.closest(".writing, [data-compare]")?.querySelector<HTMLTemplateElement>("template[data-words]");
    if (!template) throw new Error("the page holds no words for its editor");
    return new Words(template.content);
  }

  /** A sentence; `$` in it gives way to `value`. */
  say(key: string, value = ""): string {
    const words = this.content.querySelector(`[data-key="${key}"]`)?.textContent ?? key;
    return words.replace("$", () => value);
  }

  /** What the editor's own library says, as it asks for it. */
  phrases(): Record<string, string> {
    const rows = [...this.content.querySelectorAll<HTMLElement>("[data-phrase]")];
    return Object.fromEntries(rows.map((row) => [row.dataset.phrase ?? "", row.textContent ?? ""]));
  }

  /** A copy of a ready-made piece of the page, such as the bar above a merge. */
  piece(name: string): HTMLElement {
    const found = this.content.querySelector(`[data-piece="${name}"]`);
    if (!(found instanceof HTMLElement)) throw new Error(`the page holds no piece ${name}`);
    return document.importNode(found, true);
  }
}
