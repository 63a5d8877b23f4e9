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
    return found.map(({ fromA, toA, fromB, toB }) => ({
      fromA: chunk.fromA + fromA,
      toA: chunk.fromA + toA,
      fromB: chunk.fromB + fromB,
      toB: chunk.fromB + toB,
    }));
  });
}

/** The differences of one chunk, counted from its beginning; a single character between two of them joins them. */
function within(chunk: Chunk, a: Text, b: Text): Difference[] {
  // Paragraphs that only one text has at its end come with the line feed before them.
  const before = chunk.fromA > a.length || chunk.fromB > b.length ? 1 : 0;
  const inA = a.sliceString(chunk.fromA - before, Math.min(chunk.toA, a.length));
  const inB = b.sliceString(chunk.fromB - before, Math.min(chunk.toB, b.length));
  const joined: Difference[] = [];
  for (const { fromA, toA, fromB, toB } of diff(inA, inB, EFFORT)) {
    const last = joined[joined.length - 1];
    if (last && fromA - before - last.toA <= 1) Object.assign(last, { toA: toA - before, toB: toB - before });
    else joined.push({ fromA: fromA - before, toA: toA - before, fromB: fromB - before, toB: toB - before });
  }
  return joined;
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
