import assert from "node:assert/strict";
import { test } from "node:test";
import counts from "../fixtures/counts.json";
import marks from "../fixtures/marks.json";
import { countCharacters, indexOfCharacter, markOfSecrecy } from "../src/text";

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

test("finds a character's place among surrogate pairs", () => {
  assert.equal(indexOfCharacter("甲𠮷乙", 2), 3);
  assert.equal(indexOfCharacter("甲乙", 9), 2);
});
