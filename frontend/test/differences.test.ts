import assert from "node:assert/strict";
import { test } from "node:test";
import { Chunk } from "@codemirror/merge";
import { EditorState, Text } from "@codemirror/state";
import { differenceAt, differencesOf, nextFrom, taking } from "../src/editor/differences";

const text = (words: string): Text => Text.of(words.split("\n"));
const between = (a: Text, b: Text) => differencesOf(Chunk.build(a, b), a, b);

/** Numbers that come out the same each time. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

test("takes over one change of a paragraph and leaves the others", () => {
  const a = text("题目\n甲局推行新办法，群众满意。");
  const b = text("题目\n乙局推行老办法，群众满意。");
  const [first] = between(a, b);
  const state = EditorState.create({ doc: b });
  assert.ok(first);
  const after = state.update({ changes: taking(first, a) }).state.doc;
  assert.equal(after.toString(), "题目\n甲局推行老办法，群众满意。");
});

test("takes over whole paragraphs at the end of a text at once, and cuts them at once", () => {
  const long = text("甲\n乙\n丙");
  const short = text("甲");
  for (const [a, b] of [[long, short], [short, long]] as const) {
    const all = between(a, b);
    assert.equal(all.length, 1);
    const after = EditorState.create({ doc: b }).update({ changes: taking(all[0]!, a) }).state.doc;
    assert.equal(after.toString(), a.toString());
  }
});

test("makes any two texts one by taking every difference", () => {
  const random = numbers(7);
  const words = () => Array.from({ length: random.next().value % 12 }, () => "甲乙丙\n\n𠮷，"[random.next().value % 8]).join("");
  for (let turn = 0; turn < 2_000; turn++) {
    const a = text(words());
    let b = text(words());
    for (let left = 40; between(a, b).length > 0; left--) {
      assert.ok(left > 0, `${JSON.stringify(a.toString())} from ${JSON.stringify(b.toString())}`);
      const [one] = between(a, b);
      b = EditorState.create({ doc: b }).update({ changes: taking(one!, a) }).state.doc;
    }
    assert.equal(b.toString(), a.toString());
  }
});

test("walks the differences round the end, both ways", () => {
  const a = text("甲\n乙\n丙\n丁\n戊");
  const all = between(a, text("子\n乙\n丑\n丁\n寅"));
  assert.deepEqual(all.map((one) => one.fromB), [0, 4, 8]);
  assert.equal(nextFrom(all, 0, true), all[1]);
  assert.equal(nextFrom(all, 9, true), all[0]);
  assert.equal(nextFrom(all, 4, false), all[0]);
  assert.equal(nextFrom(all, 0, false), all[2]);
  assert.equal(nextFrom([], 0, true), undefined);
});

test("knows the difference at the caret", () => {
  const all = between(text("甲\n乙"), text("甲\n丁"));
  assert.equal(differenceAt(all, 2, 3), all[0]);
  assert.equal(differenceAt(all, 0, 0), undefined);
});
