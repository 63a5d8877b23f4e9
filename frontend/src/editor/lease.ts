/** Who is writing: says so to the others, says who else does, and lets one take over. Never holds anybody who has typed. */

import type { WritingArea } from "./area";

const EVERY = 30_000;
/** Who has not typed for so long is not writing, whatever stands open on their desk. */
const RESTS = 90_000;

interface Answer {
  /** Who else holds the lease, as a sentence; nothing where nobody does. */
  says?: string;
}

export function watchLease(writing: WritingArea): void {
  const banner = document.querySelector<HTMLFormElement>("form[data-lease]");
  const words = banner?.querySelector<HTMLElement>("[data-lease-says]");
  if (!banner || !words) return;
  let typedAt = -Infinity;
  const hasOwn = hasTextOfTheirOwn(writing.area);

  const show = (says: string): void => {
    words.textContent = says;
    banner.hidden = says === "";
    writing.setLocked(says !== "" && typedAt === -Infinity && !hasOwn);
  };
  const ask = async (intent: string): Promise<void> => {
    const body = new FormData(banner);
    body.set("intent", intent);
    try {
      const headers = { Accept: "application/json" };
      const keepalive = intent === "release";
      const response = await fetch(banner.action, { method: "POST", body, headers, keepalive, redirect: "manual" });
      if (response.ok) writing.atRest(await answered(response, show));
    } catch {
      // No network: saving says so, and who else writes is not known.
    }
  };
  const isWriting = (): boolean => performance.now() - typedAt < RESTS;

  writing.area.addEventListener("input", () => {
    const begins = !isWriting();
    typedAt = performance.now();
    if (begins) void ask("hold");
  });
  banner.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    typedAt = performance.now();
    void ask("take").then(() => writing.view.focus());
  });
  const look = (): void => {
    if (document.visibilityState === "visible") void ask(isWriting() ? "hold" : "look");
  };
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pagehide", () => {
    if (typedAt !== -Infinity) void ask("release");
  });
  show(banner.hidden ? "" : (words.textContent ?? "").trim());
}

/** Whether the page opened with something that its reader typed: a working copy, or a text sent too late. */
function hasTextOfTheirOwn({ form }: HTMLTextAreaElement): boolean {
  const copy = form?.querySelector<HTMLInputElement>("input[name=copy_revision]");
  return Number(copy?.value ?? 0) > 0 || document.querySelector("section[data-conflict]") !== null;
}

async function answered(response: Response, show: (says: string) => void): Promise<() => void> {
  const answer = (await response.json()) as Answer;
  return () => show(answer.says ?? "");
}
