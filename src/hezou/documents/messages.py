"""What the room says: refusals (a file cannot be read or written), notes (what was dropped or changed)."""

from __future__ import annotations

from hezou.kernel.messages import define

# Refusals: the file as a whole.

EMPTY = define("documents.empty", "The file is empty.")
TOO_LARGE = define(
    "documents.too_large",
    "The file has {size} MB; at most {limit} MB can be read. Make its pictures smaller or split it.",
)
NOT_DOCX = define(
    "documents.not_docx",
    "This is no Word document (.docx), whatever its name says. Open it where it was made, save it as .docx.",
)
DAMAGED = define(
    "documents.damaged",
    "The document is damaged ({part}). Open it in Word or WPS, save it as .docx again, then try once more.",
)
TOO_MANY_PARTS = define(
    "documents.too_many_parts",
    "The document holds {count} parts; at most {limit} can be read. Save it as .docx again, then try again.",
)
UNPACKS_TOO_LARGE = define(
    "documents.unpacks_too_large",
    "Unpacked the document has {size} MB; at most {limit} MB can be read. Shrink its pictures or split it.",
)
PACKED_LIKE_A_BOMB = define(
    "documents.packed_like_a_bomb",
    "A part of the document ({part}) is packed tighter than any office program packs. It was not opened.",
)
DECLARES_ENTITIES = define(
    "documents.declares_entities",
    "A part of the document ({part}) declares entities, as no office program does. It was not opened.",
)
TOO_MUCH_MARKUP = define(
    "documents.too_much_markup",
    "The document holds more formatting than can be read. Paste its text without formatting, or split it.",
)
PASTE_TOO_LARGE = define(
    "documents.paste_too_large",
    "What was pasted has {size} MB; at most {limit} MB can be read. Paste it in parts, pictures apart.",
)
TOO_DEEP = define(
    "documents.too_deep",
    "Tables or text boxes stand inside one another more than {limit} deep. Take some out, then try again.",
)
TEXT_TOO_LONG = define(
    "documents.text_too_long", "The document's text is longer than {limit} characters. Split it."
)
MACROS = define(
    "documents.macros",
    "The document holds macros and was not opened. Save it as .docx without macros, then try again.",
)
ENCRYPTED = define(
    "documents.encrypted",
    "The document is protected by a password. Take the password off, save it, then try again.",
)
OLD_WORD = define(
    "documents.old_word",
    "This is a document in the old format of Word or WPS (.doc, .wps). Save it as .docx, then try again.",
)
OLD_OFFICE = define(
    "documents.old_office",
    "This is an office file in an old format, but no text document. Save the text as .docx, then try again.",
)
SPREADSHEET = define(
    "documents.spreadsheet",
    "This is a spreadsheet. Copy the part you need and paste it, or save it as .docx.",
)
PRESENTATION = define(
    "documents.presentation",
    "This is a presentation. Copy the text you need and paste it, or save it as .docx.",
)
OPEN_DOCUMENT = define(
    "documents.open_document", "This is an OpenDocument file. Save it as .docx, then try again."
)
RICH_TEXT = define("documents.rich_text", "This is an .rtf file. Save it as .docx, then try again.")
PDF = define(
    "documents.pdf", "This is a PDF. Use the document it was made from, or copy its text and paste it."
)
PICTURE_FILE = define(
    "documents.picture_file", "This is a picture, not a text. Add it to a piece as a picture or attachment."
)
WEB_PAGE = define(
    "documents.web_page", "This is a web page. Copy its text and paste it, or save it as .docx."
)
UNKNOWN_KIND = define(
    "documents.unknown_kind", "What kind of file this is cannot be found out. Use .docx, .txt or .md."
)
UNKNOWN_ENCODING = define(
    "documents.unknown_encoding",
    "In which encoding this text was saved cannot be found out. Save it as UTF-8, then try again.",
)
PASTE_TOO_DEEP = define(
    "documents.paste_too_deep",
    "What was pasted is nested too deeply to be read whole. Paste it as plain text, or save it as .docx.",
)

# Refusals: what cannot be written.

PICTURE_MISSING = define(
    "documents.picture_missing",
    "A picture of this text is not at hand ({sha256}). Add it again or take it out.",
)
PICTURE_UNFIT = define(
    "documents.picture_unfit",
    "A picture of this text is of a kind that a Word document cannot show ({sha256}). Use JPEG or PNG.",
)
REPORT_WITHOUT_UNIT = define("documents.report_without_unit", "The report piece names no unit.")
REPORT_WITHOUT_SIGNER = define("documents.report_without_signer", "The report piece names no signer.")
REPORT_WITHOUT_WRITER = define("documents.report_without_writer", "The report piece names no writer.")
REPORT_WITHOUT_TELEPHONE = define(
    "documents.report_without_telephone", "The report piece names no telephone number of the writer."
)
FORM_UNKNOWN_FIELD = define(
    "documents.form_unknown_field", "The header form asks for “{field}”, which no report piece has."
)
FORM_LACKS_FIELD = define(
    "documents.form_lacks_field",
    "The header form has no place for “{field}”, which every report piece names.",
)

# Notes: what was changed. `count` says how many times.

NUMBERS_WRITTEN = define(
    "documents.numbers_written", "Automatic numbers were written into the text: {count}."
)
NUMBER_FORM_UNKNOWN = define(
    "documents.number_form_unknown", "Automatic numbers of an unknown form were written as 1, 2, 3: {count}."
)
TITLE_JOINED = define("documents.title_joined", "The title stood on several lines and was joined into one.")
HEADINGS_PLAIN = define("documents.headings_plain", "Headings without a number became plain lines: {count}.")
NOTES_MOVED = define("documents.notes_moved", "Footnotes and endnotes were moved to the end: {count}.")
TEXT_BOXES_PLACED = define(
    "documents.text_boxes_placed", "The text of text boxes was put after the paragraph they hang on: {count}."
)
FRAMES_OPENED = define(
    "documents.frames_opened", "Tables of a single cell, used as frames, became plain lines: {count}."
)
CELLS_MERGED = define(
    "documents.cells_merged",
    "Merged cells were split; the text stands in the first of them: {count}.",
)
CELL_LINES_JOINED = define(
    "documents.cell_lines_joined", "Cells of several lines were joined into one line: {count}."
)
CELL_BARS_WIDENED = define(
    "documents.cell_bars_widened", "Bars inside table cells were written full width (｜): {count}."
)
TABLES_NESTED = define(
    "documents.tables_nested", "Tables inside tables became text of the outer cell: {count}."
)
PICTURES_MOVED = define(
    "documents.pictures_moved", "Pictures inside tables were moved below the table: {count}."
)
SYMBOLS_UNKNOWN = define(
    "documents.symbols_unknown", "Signs of symbol fonts that no text can hold were written as 〓: {count}."
)
SCRIPTS_FLATTENED = define(
    "documents.scripts_flattened", "Raised or lowered text was set on the line: {count}."
)
FORMULAS_FLATTENED = define(
    "documents.formulas_flattened", "Formulas were written on one line; check them: {count}."
)
LINKS_FLATTENED = define(
    "documents.links_flattened", "Links kept their text and lost their address: {count}."
)
STRUCK_KEPT = define(
    "documents.struck_kept", "Text that is struck through was kept; check whether it still counts: {count}."
)
REVISIONS_ACCEPTED = define(
    "documents.revisions_accepted", "Tracked changes were taken as accepted: {count}."
)
ENCODING = define("documents.encoding", "The file was saved in {encoding} and was read as such.")
CHARACTERS_UNREADABLE = define(
    "documents.characters_unreadable", "Characters that could not be read were written as 〓: {count}."
)
CONTROLS_DROPPED = define(
    "documents.controls_dropped", "Control characters that no document can hold were left out: {count}."
)

# Notes: what was left out.

HEADERS_LEFT_OUT = define("documents.headers_left_out", "Page headers and footers were left out: {count}.")
COMMENTS_LEFT_OUT = define("documents.comments_left_out", "Comments were left out: {count}.")
HIDDEN_LEFT_OUT = define("documents.hidden_left_out", "Passages of hidden text were left out: {count}.")
CONTENTS_LEFT_OUT = define("documents.contents_left_out", "Tables of contents were left out: {count}.")
READINGS_LEFT_OUT = define(
    "documents.readings_left_out", "Pronunciation written above the text was left out: {count}."
)
FIELDS_LEFT_OUT = define(
    "documents.fields_left_out", "Fields that show nothing by themselves were left out: {count}."
)
OBJECTS_LEFT_OUT = define(
    "documents.objects_left_out", "Charts, diagrams and embedded objects were left out: {count}."
)
DRAWINGS_LEFT_OUT = define(
    "documents.drawings_left_out", "Drawn lines and shapes without text were left out: {count}."
)
PROMPTS_LEFT_OUT = define(
    "documents.prompts_left_out", "Prompts of form fields that nobody filled in were left out: {count}."
)
INSERTS_LEFT_OUT = define(
    "documents.inserts_left_out", "Other files placed inside the document were left out: {count}."
)
PICTURES_TOO_LARGE = define(
    "documents.pictures_too_large",
    "Pictures of more than {limit} million points were left out: {count} (the largest {width} × {height}).",
)
PICTURES_UNFIT = define(
    "documents.pictures_unfit",
    "Pictures of a kind that no browser shows were left out: {count}. Add them as PNG or JPEG.",
)
PICTURES_ELSEWHERE = define(
    "documents.pictures_elsewhere",
    "Pictures that are not in the document itself were left out: {count}. Add them by hand.",
)
