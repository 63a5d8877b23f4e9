/** The island of pages on which a text is written: every `textarea[data-text]` gets an editor that stands for it. */

import "../styles/editor.scss";
import { WritingArea } from "./editor/area";
import { watchBringing } from "./editor/bringing";
import { watchConflicts } from "./editor/conflicts";
import { watchFindings } from "./editor/findings";
import { watchLease } from "./editor/lease";

for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-text]")) {
  const writing = new WritingArea(area);
  watchFindings(writing);
  watchBringing(writing);
  watchConflicts(writing);
  watchLease(writing);
}
