/** What the browser must know about texts. Each rule has its twin in Python; `frontend/fixtures` holds them equal. */

import marks from "./marks_of_secrecy.json";

const HAN = "\\u2e80-\\u2eff\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}";
const FULL_WIDTH =
  "\\u3001-\\u3006\\u3008-\\u303f\\uff01-\\uff60\\uffe0-\\uffe6\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u00b7\\u00d7";
// Blanks as Python's `\s` knows them: JavaScript's lacks the separators U+001C–U+001F and U+0085, and has U+FEFF.
const BLANK = "\\t-\\r\\u001c-\\u0020\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const COUNTED = new RegExp(`[${HAN}]|[${FULL_WIDTH}]|[^${BLANK}${HAN}${FULL_WIDTH}]+`, "gu");

/** 字数 as WPS counts: each Han character and full-width mark 1, each run of anything else 1, blanks 0. */
export function countCharacters(text: string): number {
  return text.match(COUNTED)?.length ?? 0;
}

const OUTSIDE_PLANE_0 = /[\u{10000}-\u{10ffff}]/gu;

/**
 * Where the characters of a text stand in its JavaScript string. The server counts characters (code points), the string
 * counts UTF-16 units: each character outside plane 0 (𠮷) takes two and moves all behind it by one.
 */
export class Places {
  private readonly wide: number[];

  constructor(private readonly text: string) {
    this.wide = [...text.matchAll(OUTSIDE_PLANE_0)].map((found, before) => found.index - before);
  }

  /** The index of the character with number `position` (from 0); the string's length for any behind the last. */
  index(position: number): number {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.wide[middle] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    return Math.min(position + low, this.text.length);
  }
}

const MARK = new RegExp(marks.mark, "mu");
const HEADER = new RegExp(`^(?:${marks.header})`, "u");
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const BLANKS = /[\0\u00a0\u2000-\u200b\u202f\u205f\u2060\ufeff]/g;

/** The first mark of secrecy by form, or nothing. Asked before anything of a text leaves the page. */
export function markOfSecrecy(given: string): string | undefined {
  if (!given.includes("密")) return undefined;
  const text = given.replace(LINE_ENDS, "\n").replace(BLANKS, " ").normalize("NFC");
  const found = MARK.exec(text);
  if (found) return (found.groups?.alone ?? found.groups?.field ?? found[0]).trim();
  const lines = text.split("\n").map((line) => line.trim());
  for (const line of lines.filter(Boolean).slice(0, marks.header_lines)) {
    const header = HEADER.exec(line);
    if (header) return header[0].trim();
  }
  return undefined;
}
