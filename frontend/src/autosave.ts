/** Saves what is being typed. Knows nothing of pages: what to save, how to send and where to say it come from outside. */

import type { Theirs } from "./events";
import { markOfSecrecy } from "./text";

export type Outcome = "saved" | "failed" | "expired" | "conflict" | "large" | "refused" | "marked";

/**
 * What came of one attempt: `time` of a saved one, `message` from the server, the `mark` that kept it back, and after a
 * conflict the other text.
 */
export interface Answer {
  outcome: Outcome;
  time?: string;
  message?: string;
  mark?: string;
  theirs?: Theirs;
}

export interface Surroundings {
  text(): string;
  send(): Promise<Answer>;
  say(answer: Answer): void;
  /** Calls back after some milliseconds and returns what stops that. */
  later(act: () => void, milliseconds: number): () => void;
}

const PAUSE = 800;
const FIRST_RETRY = 5_000;
const LAST_RETRY = 60_000;

export class Autosave {
  private sending: Promise<Answer> | undefined;
  private stop: () => void = () => {};
  private retry = FIRST_RETRY;
  private ended = false;
  private composing = false;
  private begun = false;

  /** `saved` is the text that the server is known to hold. */
  constructor(private readonly around: Surroundings, private saved: string) {
    if (this.dirty) this.touched();
  }

  /** Whether the page holds something that the server does not. */
  get dirty(): boolean {
    return this.around.text() !== this.saved;
  }

  /** Whether anybody has typed here; a text that was only read needs no saving. */
  get inUse(): boolean {
    return this.begun;
  }

  /** Something was typed: save once the hands rest. */
  touched(): void {
    this.begun = true;
    this.plan(PAUSE);
  }

  /** An input method began or finished: half-typed syllables are no text. */
  compose(going: boolean): void {
    this.composing = going;
    if (!going) this.touched();
  }

  /** A person has looked at `text`, which the server holds, and brought both together: saving goes on. */
  agree(text: string): void {
    this.saved = text;
    this.ended = false;
    if (this.dirty) this.touched();
  }

  /** Save now if there is anything new; with `always` ask the server even if there is not. */
  async save(always = false): Promise<Answer> {
    this.stop();
    while (this.sending) await this.sending;
    if (!always && (this.composing || this.ended || !this.dirty)) return { outcome: "saved" };
    this.sending = this.attempt();
    const answer = await this.sending;
    this.sending = undefined;
    this.after(answer);
    return answer;
  }

  private async attempt(): Promise<Answer> {
    const text = this.around.text();
    const mark = markOfSecrecy(text);
    if (mark !== undefined) return { outcome: "marked", mark };
    const answer = await this.around.send();
    if (answer.outcome === "saved") this.saved = text;
    return answer;
  }

  private after(answer: Answer): void {
    this.around.say(answer);
    // A newer text elsewhere must not be written over: from here on a person decides.
    this.ended = answer.outcome === "conflict";
    if (answer.outcome === "failed" || answer.outcome === "expired") {
      this.plan(this.retry);
      this.retry = Math.min(this.retry * 2, LAST_RETRY);
    } else {
      this.retry = FIRST_RETRY;
      if (answer.outcome === "saved" && this.dirty) this.plan(PAUSE);
    }
  }

  private plan(milliseconds: number): void {
    this.stop();
    this.stop = this.around.later(() => void this.save(), milliseconds);
  }
}
