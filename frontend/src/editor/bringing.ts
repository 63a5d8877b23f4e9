/**
 * Rich text and files on their way into the editor. Plain text stands at once; what the server makes of tables, numbers
 * and pictures takes its place when it answers. Nothing that bears a mark of secrecy is sent or put in.
 */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { say } from "../saving";
import { markOfSecrecy } from "../text";
import type { WritingArea } from "./area";

const MOST = 4_000_000; // characters of HTML; the server takes 16 MB in a form
const HAS_FORM = /<(?:table|img|ol|ul|li|h[1-6]|p|div|br|sup|sub|del|ins)\b/i;
const LINES = "p, div, br, li, tr, td, th, h1, h2, h3, h4, h5, h6";
const TEXT_FILE = /\.(?:txt|md)$/i;
const TEXT_FILE_AT_MOST = 8_000_000; // bytes looked through before the file is sent

/** What the paste address answers. */
interface Told {
  text?: string;
  notes?: string[];
  message?: string;
  marked?: boolean;
}

/** Where pasted words stand; moves with what is typed before them. */
interface Stretch {
  from: number;
  to: number;
  words: string;
}

export function watchBringing(writing: WritingArea): void {
  const form = writing.area.form;
  const place = writing.area.closest(".writing")?.querySelector<HTMLElement>("[data-pasted]");
  if (form && place) writing.extend(new Pasting(writing, form, place).extension());
  form?.querySelector("[data-document]")?.addEventListener("change", (event) => {
    if (form) void lookThrough(event.target as HTMLInputElement, form);
  });
}

class Pasting {
  private readonly open = new Set<Stretch>();

  constructor(
    private readonly writing: WritingArea,
    private readonly form: HTMLFormElement,
    private readonly place: HTMLElement,
  ) {}

  extension(): Extension {
    return [
      EditorView.domEventHandlers({ paste: (event, view) => this.paste(event, view) }),
      EditorView.updateListener.of(({ changes, docChanged }) => {
        if (!docChanged) return;
        for (const one of this.open) {
          one.to = changes.mapPos(one.to, -1);
          one.from = Math.min(changes.mapPos(one.from, 1), one.to);
        }
      }),
    ];
  }

  private paste(event: ClipboardEvent, view: EditorView): boolean {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const plain = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
    if (view.state.readOnly || html.length > MOST || !HAS_FORM.test(html)) return false;
    // A mark in the words that are seen stays on the page, where the area tells of it; a hidden one comes nowhere.
    if (markOfSecrecy(plain) !== undefined) return false;
    event.preventDefault();
    const mark = markOfSecrecy(wordsOf(html));
    if (mark !== undefined) say(this.form, { outcome: "marked", mark });
    else void this.bring(html, this.put(plain, view));
    return true;
  }

  /** Puts the plain words in place of what is selected. */
  private put(words: string, view: EditorView): Stretch {
    const { from } = view.state.selection.main;
    view.dispatch(view.state.replaceSelection(words), { userEvent: "input.paste", scrollIntoView: true });
    const stretch = { from, to: from + words.length, words };
    this.open.add(stretch);
    return stretch;
  }

  private async bring(html: string, stretch: Stretch): Promise<void> {
    const told = await this.ask(html);
    this.writing.atRest(() => {
      this.open.delete(stretch);
      if (told.marked) this.change(stretch, "");
      const isIn = told.text === undefined || this.change(stretch, told.text);
      this.tell(told.message ?? (isIn ? "" : (this.place.dataset.changed ?? "")), isIn ? (told.notes ?? []) : []);
    });
  }

  private async ask(html: string): Promise<Told> {
    const body = new FormData();
    body.append("html", html);
    const token = this.form.querySelector<HTMLInputElement>("input[name=csrfmiddlewaretoken]")?.value ?? "";
    body.append("csrfmiddlewaretoken", token);
    const failed = { message: this.place.dataset.failed ?? "" };
    try {
      const response = await fetch(this.place.dataset.pasted ?? "", {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      const isJson = response.headers.get("Content-Type")?.startsWith("application/json") ?? false;
      return isJson ? ((await response.json()) as Told) : failed;
    } catch {
      return failed;
    }
  }

  /** Puts other words in the place of the pasted ones, unless somebody has changed them meanwhile. */
  private change({ from, to, words }: Stretch, insert: string): boolean {
    const view = this.writing.view;
    if (view.state.sliceDoc(from, to) !== words) return false;
    if (insert === words) return true;
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + insert.length },
      userEvent: "input.paste",
    });
    return true;
  }

  /** Says what became of the paste; nothing where there is nothing to say. */
  private tell(message: string, notes: string[]): void {
    const head = document.createElement("p");
    head.textContent = message || (this.place.dataset.notes ?? "");
    const list = document.createElement("ul");
    for (const note of notes) list.appendChild(document.createElement("li")).textContent = note;
    this.place.replaceChildren(...(message ? [head] : notes.length ? [head, list] : []));
  }
}

/** Every word of pasted HTML, hidden ones too, with lines where the page had any. */
function wordsOf(html: string): string {
  // The page's policy holds for parsed pages too: looks would be reported as violations, and say nothing here.
  const bare = html.replace(/<style\b[\s\S]*?<\/style>/gi, "").replace(/\sstyle\s*=/gi, " data-look=");
  const { body } = new DOMParser().parseFromString(bare, "text/html");
  for (const one of body.querySelectorAll(LINES)) {
    one.before("\n");
    one.after("\n");
  }
  return body.textContent ?? "";
}

/** Looks through a text file before it is sent; one that bears a mark of secrecy is not chosen any more. */
async function lookThrough(input: HTMLInputElement, form: HTMLFormElement): Promise<void> {
  const file = input.files?.[0];
  if (!file || !TEXT_FILE.test(file.name) || file.size > TEXT_FILE_AT_MOST) return;
  const mark = markOfSecrecy(decoded(await file.arrayBuffer()));
  if (mark === undefined) return;
  input.value = "";
  say(form, { outcome: "marked", mark });
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    const [first, second] = new Uint8Array(bytes);
    const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    return new TextDecoder(isUtf16 ? (first === 0xff ? "utf-16le" : "utf-16be") : "gb18030").decode(bytes);
  }
}
