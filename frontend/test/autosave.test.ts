import assert from "node:assert/strict";
import { test } from "node:test";
import { Autosave, type Answer } from "../src/autosave";

/** A page of its own: what is typed, what the server answers, what was said, and a clock moved by hand. */
class Page {
  text = "";
  answers: Answer[] = [];
  sent: string[] = [];
  said: Answer[] = [];
  waits: { act: () => void; in: number }[] = [];
  from: number[] = [];
  private hold: (() => void) | undefined;
  held = false;

  readonly autosave = new Autosave(
    {
      text: () => this.text,
      send: async () => {
        this.sent.push(this.text);
        if (this.held) await new Promise<void>((go) => (this.hold = go));
        return this.answers.shift() ?? { outcome: "saved", time: "09:00:00" };
      },
      say: (answer) => this.said.push(answer),
      goOnFrom: (own) => this.from.push(own.copyRevision),
      later: (act, milliseconds) => {
        const wait = { act, in: milliseconds };
        this.waits.push(wait);
        return () => (this.waits = this.waits.filter((one) => one !== wait));
      },
    },
    "",
  );

  type(text: string): void {
    this.text = text;
    this.autosave.touched();
  }

  /** The next planned act happens; gives back how long it was planned for. */
  async pass(): Promise<number> {
    const next = this.waits.shift();
    next?.act();
    await new Promise((done) => setImmediate(done));
    return next?.in ?? -1;
  }

  letGo(): void {
    this.held = false;
    this.hold?.();
  }
}

test("saves after a pause, and once", async () => {
  const page = new Page();
  page.type("甲");
  page.type("甲乙");
  assert.equal(await page.pass(), 800);
  assert.deepEqual(page.sent, ["甲乙"]);
  assert.deepEqual(page.said, [{ outcome: "saved", time: "09:00:00" }]);
  assert.equal(page.autosave.dirty, false);
  assert.deepEqual(await page.autosave.save(), { outcome: "saved" });
  assert.equal(page.sent.length, 1);
});

test("saves what was typed while an earlier save was under way", async () => {
  const page = new Page();
  page.held = true;
  page.type("甲");
  await page.pass();
  page.type("甲乙");
  const second = page.autosave.save();
  const third = page.autosave.save();
  page.letGo();
  await Promise.all([second, third]);
  assert.deepEqual(page.sent, ["甲", "甲乙"]);
  assert.equal(page.autosave.dirty, false);
});

test("tries again ever later while the server cannot be reached, and keeps the text", async () => {
  const page = new Page();
  page.answers = Array.from({ length: 6 }, () => ({ outcome: "failed" as const }));
  page.type("甲");
  const waits = [];
  for (let turn = 0; turn < 7; turn++) waits.push(await page.pass());
  assert.deepEqual(waits, [800, 5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  assert.equal(page.autosave.dirty, false);
  assert.equal(page.said.at(-1)?.outcome, "saved");
});

test("sends nothing that bears a mark of secrecy", async () => {
  const page = new Page();
  page.type("秘密★1年\n报告");
  await page.pass();
  assert.deepEqual(page.sent, []);
  assert.deepEqual(page.said, [{ outcome: "marked", mark: "秘密★1年" }]);
  assert.deepEqual(await page.autosave.save(true), { outcome: "marked", mark: "秘密★1年" });
  assert.deepEqual(page.sent, []);
});

test("stops writing over a newer text, but still asks when told to", async () => {
  const page = new Page();
  page.answers = [{ outcome: "conflict" }, { outcome: "conflict" }];
  page.type("甲");
  await page.pass();
  page.type("甲乙");
  await page.pass();
  assert.deepEqual(page.sent, ["甲"]);
  assert.equal(page.autosave.dirty, true);
  assert.equal((await page.autosave.save(true)).outcome, "conflict");
});

test("saves again once a person has brought both texts together", async () => {
  const page = new Page();
  page.answers = [{ outcome: "conflict" }];
  page.type("甲");
  await page.pass();
  page.text = "甲丙";
  page.autosave.agree("丙");
  assert.equal(await page.pass(), 800);
  assert.deepEqual(page.sent, ["甲", "甲丙"]);
  assert.equal(page.autosave.dirty, false);
});

test("knows its own text again when only the answer was lost", async () => {
  const page = new Page();
  const theirs = { text: "甲\n乙", copyRevision: 3 };
  page.answers = [{ outcome: "failed" }, { outcome: "failed" }, { outcome: "conflict", theirs }];
  page.type("甲 \n乙");
  await page.pass();
  page.type("甲 \n乙丙");
  await page.pass();
  await page.pass();
  assert.deepEqual(page.sent, ["甲 \n乙", "甲 \n乙丙", "甲 \n乙丙", "甲 \n乙丙"]);
  assert.deepEqual(page.from, [3]);
  assert.deepEqual(page.said.map((one) => one.outcome), ["failed", "failed", "saved"]);
  assert.equal(page.autosave.dirty, false);
});

test("leaves somebody else's text to a person although an answer was lost", async () => {
  const page = new Page();
  page.answers = [{ outcome: "failed" }, { outcome: "conflict", theirs: { text: "丁", copyRevision: 3 } }];
  page.type("甲");
  await page.pass();
  await page.pass();
  assert.deepEqual([page.from, page.said.at(-1)?.outcome], [[], "conflict"]);
});

test("waits for an input method to finish its word", async () => {
  const page = new Page();
  page.autosave.compose(true);
  page.type("zhong");
  await page.pass();
  assert.deepEqual(page.sent, []);
  page.text = "中";
  page.autosave.compose(false);
  await page.pass();
  assert.deepEqual(page.sent, ["中"]);
});

test("saves at once what the browser put back into the page", async () => {
  const waits: number[] = [];
  const around = {
    text: () => "打过的字",
    send: async (): Promise<Answer> => ({ outcome: "saved" }),
    say: () => {},
    goOnFrom: () => {},
    later: (_: () => void, milliseconds: number) => (waits.push(milliseconds), () => {}),
  };
  assert.equal(new Autosave(around, "").dirty, true);
  assert.deepEqual(waits, [800]);
});

test("knows a text that was only read", async () => {
  const page = new Page();
  assert.equal(page.autosave.inUse, false);
  page.type("甲");
  assert.equal(page.autosave.inUse, true);
});
