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
  /** The server holds a text of this very page under a revision that the page has not heard of. */
  goOnFrom(own: Theirs): void;
  /** Calls back after some milliseconds and returns what stops that. */
  later(act: () => void, milliseconds: number): () => void;
}

const PAUSE = 800;
const FIRST_RETRY = 5_000;
const LAST_RETRY = 60_000;
const UNANSWERED_AT_MOST = 10;

export class Autosave {
  private sending: Promise<Answer> | undefined;
  private stop: () => void = () => {};
  private retry = FIRST_RETRY;
  private ended = false;
  private composing = false;
  private begun = false;
  /** Texts that were sent and may have arrived, though no answer came. */
  private unanswered: string[] = [];

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
    if (answer.outcome === "saved") this.settle(text);
    if (answer.outcome === "failed") this.remember(text);
    const { theirs } = answer;
    if (!theirs || !this.unanswered.some((own) => areSame(own, theirs.text))) return answer;
    // The answer was lost, not the text: what stands in the way is what this page sent itself.
    this.settle(theirs.text);
    this.around.goOnFrom(theirs);
    return this.attempt();
  }

  private settle(text: string): void {
    this.saved = text;
    this.unanswered = [];
  }

  private remember(text: string): void {
    if (this.unanswered[this.unanswered.length - 1] === text) return;
    this.unanswered.push(text);
    if (this.unanswered.length > UNANSWERED_AT_MOST) this.unanswered.splice(1, 1);
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

/** Whether two texts are one to the server, which composes characters and cuts blanks at the end of lines. */
function areSame(one: string, other: string): boolean {
  const bare = (text: string): string => text.normalize("NFC").replace(/[^\S\n]+$/gm, "").replace(/\n+$/, "");
  return bare(one) === bare(other);
}
