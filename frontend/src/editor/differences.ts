/**
 * The single differences between two texts, finer than paragraphs: one can be looked at and taken over alone. The merge
 * library draws them over whole words; Chinese has no blanks, so that half a sentence would count as changed.
 */

import { diff, type Change, type Chunk, type DiffConfig } from "@codemirror/merge";
import type { ChangeSpec, Text } from "@codemirror/state";

/** Beyond these the library looks less closely, so that two long strange texts are compared in time as well. */
export const EFFORT: DiffConfig = { scanLimit: 2_000, timeout: 500 };

/** `a` is the other text, `b` the one being written; places count UTF-16 units. */
export interface Difference {
  fromA: number;
  toA: number;
  fromB: number;
  toB: number;
}

/** By the library's own list of a chunk's changes, which lives as long as its text stays the same. */
const known = new WeakMap<readonly Change[], Difference[]>();

/** All differences in the order of the text. */
export function differencesOf(chunks: readonly Chunk[], a: Text, b: Text): Difference[] {
  return chunks.flatMap((chunk) => {
    const found = known.get(chunk.changes) ?? within(chunk, a, b);
    known.set(chunk.changes, found);
    return found.map((one) => ({
      fromA: Math.min(chunk.fromA + one.fromA, a.length),
      toA: Math.min(chunk.fromA + one.toA, a.length),
      fromB: Math.min(chunk.fromB + one.fromB, b.length),
      toB: Math.min(chunk.fromB + one.toB, b.length),
    }));
  });
}

/** The differences of one chunk, counted from its beginning; a single character between two of them joins them. */
function within(chunk: Chunk, a: Text, b: Text): Difference[] {
  const joined: Difference[] = [];
  for (const { fromA, toA, fromB, toB } of diff(slice(a, chunk.fromA, chunk.toA), slice(b, chunk.fromB, chunk.toB), EFFORT)) {
    const last = joined[joined.length - 1];
    if (last && fromA - last.toA <= 1) Object.assign(last, { toA, toB });
    else joined.push({ fromA, toA, fromB, toB });
  }
  return joined;
}

/** A chunk ends behind the line feed of its last line, which the text's own last line lacks. */
function slice(text: Text, from: number, to: number): string {
  return text.sliceString(from, Math.min(to, text.length)) + (from < to && to > text.length ? "\n" : "");
}

/** What makes the text being written say at one place what the other says. */
export function taking(one: Difference, a: Text): ChangeSpec {
  return { from: one.fromB, to: one.toB, insert: a.slice(one.fromA, one.toA) };
}

/** The next difference behind a place (`forward`) or before it; round the end where there is none. */
export function nextFrom(all: Difference[], place: number, forward: boolean): Difference | undefined {
  if (forward) return all.find((one) => one.fromB > place) ?? all[0];
  return [...all].reverse().find((one) => one.toB < place) ?? all[all.length - 1];
}

/** The difference at a place, its edges included. */
export function differenceAt(all: Difference[], from: number, to: number): Difference | undefined {
  return all.find((one) => one.fromB <= from && to <= one.toB);
}
