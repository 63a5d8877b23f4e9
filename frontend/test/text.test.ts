import assert from "node:assert/strict";
import { test } from "node:test";
import counts from "../fixtures/counts.json";
import marks from "../fixtures/marks.json";
import { countCharacters, markOfSecrecy, Places } from "../src/text";

test("counts characters as WPS counts", () => {
  for (const { text, count } of counts) assert.equal(countCharacters(text), count, JSON.stringify(text));
});

test("names marks of secrecy by their form", () => {
  for (const text of marks.marked) assert.notEqual(markOfSecrecy(text), undefined, text);
  assert.equal(markOfSecrecy("报告\n【机 密】\n"), "机 密");
  assert.equal(markOfSecrecy("密级： 绝密 一份"), "密级： 绝密");
});

test("leaves the words alone where they are only words", () => {
  for (const text of marks.clean) assert.equal(markOfSecrecy(text), undefined, text);
});

test("looks through a long text quickly", () => {
  const long = "密".repeat(1_000) + ("　".repeat(500) + "\n").repeat(200) + "秘 ".repeat(20_000);
  const before = performance.now();
  assert.equal(markOfSecrecy(long), undefined);
  assert.ok(performance.now() - before < 500);
});

test("finds every character's place among surrogate pairs", () => {
  const text = "甲𠮷乙🀄🀄丙A";
  const characters = [...text];
  const places = new Places(text);
  const indexes = characters.map((_, position) => characters.slice(0, position).join("").length);
  assert.deepEqual(characters.map((_, position) => places.index(position)), indexes);
  assert.equal(places.index(characters.length), text.length);
});

test("finds places in a text without any pair, and none behind its end", () => {
  assert.equal(new Places("甲乙").index(1), 1);
  assert.equal(new Places("甲乙").index(9), 2);
  assert.equal(new Places("").index(0), 0);
});

test("counts a lone half of a pair as one character", () => {
  assert.equal(new Places("甲\ud842乙").index(2), 2);
});
