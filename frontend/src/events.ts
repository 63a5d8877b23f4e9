/** What the page's behaviours and the editor tell each other; an editor need not be there. */

/** Told to a text area: show the place from `from` to `to` (UTF-16). Whoever shows it prevents the default. */
export const SHOW = "hezou:show";

export interface Place {
  from: number;
  to: number;
}

/** Told to a form when another text was saved elsewhere. */
export const CONFLICT = "hezou:conflict";

/** The text that was saved elsewhere, and the revision under which the server holds it. */
export interface Theirs {
  text: string;
  copyRevision: number;
}
