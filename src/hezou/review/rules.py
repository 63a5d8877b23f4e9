"""May a text leave? R1, R2 and R3 as a pure function over the chain of decisions and versions."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from hezou.kernel.messages import Message, define
from hezou.packs.rules import Label

APPROVE, RETURN = "approve", "return"
VERDICTS = {APPROVE: "Approved", RETURN: "Returned"}
SUBSTANCE = "substance"
ONLINE, PAPER, TELEPHONE, IN_PERSON, MESSAGE = "online", "paper", "telephone", "in_person", "message"
SPOKEN = (TELEPHONE, IN_PERSON, MESSAGE)
"""Modes that ask for a signature on paper afterwards (补签)."""
RECORDED = (PAPER, *SPOKEN)
"""Modes that somebody else enters (代录, R3)."""
EDIT_BASES = ("authorised", "initialled")
"""How an edit that a recorder types was agreed: 授权办公室按此修改, or the clean text bears initials (R3)."""
SELECTING = "editor"
"""The role at whose step the office selects among what units sent (来稿筛选, R8)."""
TAKE_UP, KEEP, MERGE, PUBLICISE, SUPPLEMENT = "take_up", "keep", "merge", "publicise", "supplement"
SELECTIONS = (TAKE_UP, KEEP, MERGE, PUBLICISE, SUPPLEMENT)
"""采用、留用、并入综合、转宣传、退回补充, in the order of the keys 1 to 5."""
ASIDE = frozenset({KEEP, MERGE, PUBLICISE})
"""What lays a piece aside: it stays at its step, but waits there for nobody."""
SIGNERS_NEEDED = {"up": 2, "out": 2, "in": 1}
"""Counted signers who are no authors, by line (office rules R2)."""
LEAVING = frozenset({"up", "out"})
"""Lines on which a text leaves the house."""

LINE_CLOSED = define(
    "review.line_closed", "A piece of this kind, class and openness does not take this line."
)
NO_SECRECY_REVIEW = define("review.no_secrecy_review", "What goes out to the public needs a secrecy review.")
NO_ROUND = define("review.no_round", "The piece has not been handed in.")
EDITED_OUTSIDE = define(
    "review.edited_outside", "Version {version} was made outside a review step; hand the piece in again."
)
UNDECIDED = define("review.undecided", "The step “{step}” has not decided on the present text.")
AUTHOR_DECIDES = define("review.author_decides", "An author of the piece cannot review it.")
TWO_LEVELS = define(
    "review.two_levels", "You (or the person you sign for) already decided another level of this round."
)
TOO_FEW = define(
    "review.too_few", "This line needs {needed} signers who are no authors; the piece has {have}."
)
NEVER_PUBLIC = define(
    "review.never_public", "The piece {number} is of a kind or class that is never published."
)
OWN_PIECE = define("review.own_piece", "You are an author of the piece {number}: somebody else selects.")
SELECTED_MEANWHILE = define(
    "review.selected_meanwhile", "Somebody else has selected the piece {number} in the meantime."
)
NO_REASON = define("review.no_reason", "Say in a few words what should be changed.")
AUTHOR_RECORDS = define(
    "review.author_records",
    "An author of the piece may not enter the decisions on it; somebody else records them.",
)
ROLE_MISSING = define(
    "review.role_missing", "The successor does not hold the role that this step asks for; give it first."
)
SEAT_OPEN = define("review.hands_open", "The step “{step}” of the piece {number}, which waits now")
SEAT_LATER = define("review.hands_later", "The step “{step}” of the piece {number}, whose turn comes later")
SEAT_DECIDED = define(
    "review.hands_decided",
    "The step “{step}” of the piece {number}: decided, asked anew if the text changes",
)
OTHER_PIECE = define("review.other_piece", "This sheet belongs to another piece (number {number}).")
FOR_THE_FILE = define("review.for_the_file", "This sheet was printed for the file; it closes no step.")
OTHER_STEP = define(
    "review.other_step", "This sheet was printed for the step “{printed}”, not for “{wanted}”."
)
EARLIER_ROUND = define(
    "review.earlier_round", "This sheet belongs to an earlier round; the piece was handed in again since."
)
PRINTED_BEFORE = define(
    "review.printed_before",
    "The text on this sheet (version {printed}) is not the one to be signed (version {wanted}). "
    "Print the sheet again and have it signed.",
)

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that what is read aloud or typed is not mistaken."""
CODE_LENGTH = 8
QR_PREFIX = "HZ1:"
"""What stands before the code in the picture on a sheet; the number grows with its form."""


@dataclass(frozen=True)
class SeatLine:
    """One seat: `level` counts from 1, `label` is shown, `counts` as in R2, `secrecy` marks 保密审查,
    `person` the holder (None until taken)."""

    id: UUID
    level: int
    step: str
    label: Label | str
    counts: bool
    secrecy: bool = False
    person: UUID | None = None


@dataclass(frozen=True)
class DecisionLine:
    """One decision; `before` and `after` are version numbers, `edit` is wording, substance or ''.

    `recorded_by` entered it for the one who decided.
    """

    seat: UUID
    verdict: str
    decided_by: UUID
    in_name_of: UUID | None
    before: int
    after: int
    edit: str
    recorded_by: UUID | None = None

    @property
    def involved(self) -> frozenset[UUID]:
        """Everybody this decision stands for."""
        return frozenset({self.decided_by, self.in_name_of or self.decided_by})


@dataclass(frozen=True)
class Paper:
    """What a sheet is about, or should be: piece and its number, seat (None: for the file), round, step in
    words, number of the version."""

    piece: UUID
    number: str
    seat: UUID | None
    round: int
    step: Label | str
    version: int


@dataclass(frozen=True)
class Board:
    """One round of one piece, its decisions in order of time.

    `lines` are those it may take by kind, class and openness; `handed_in` and `version` are the numbers of
    the round's first and of the present version.
    """

    lines: frozenset[str]
    authors: frozenset[UUID]
    handed_in: int
    version: int
    seats: tuple[SeatLine, ...]
    decisions: tuple[DecisionLine, ...]

    def last(self, seat: SeatLine) -> DecisionLine | None:
        """The seat's newest decision of this round."""
        return next((d for d in reversed(self.decisions) if d.seat == seat.id), None)

    def involved(self, seat: SeatLine) -> set[UUID]:
        """Everybody who decided at the seat in this round or in whose name; a later decision frees nobody."""
        return {person for d in self.decisions if d.seat == seat.id for person in d.involved}


def why_not_leave(board: Board, line: str) -> list[Message]:
    """Why the present version may not leave on `line` (up, out, in); empty when it may.

    Holds (R1): every character that leaves was in the text of the last signature, and every change since an
    earlier signature was made by a named reviewer in their own step and passed by every later one. And (R2):
    nobody who decides is an author or decides two counted levels, and enough signers are no authors. And
    (R3): of what goes up or out no author entered somebody else's decision.
    """
    return list(_objections(board, line))


def why_not_sign(board: Board) -> list[Message]:
    """Why the present version may not count as signed: it must be free to leave on one line at least."""
    fewest = [LINE_CLOSED()]
    for number, line in enumerate(sorted(board.lines)):
        reasons = why_not_leave(board, line)
        if not reasons:
            return []
        fewest = reasons if number == 0 else min(fewest, reasons, key=len)
    return fewest


def _objections(board: Board, line: str) -> Iterator[Message]:
    if line not in board.lines:
        yield LINE_CLOSED()
    if line == "out" and not any(seat.secrecy for seat in board.seats):
        yield NO_SECRECY_REVIEW()
    if not board.seats:
        yield NO_ROUND()
        return
    edits = _edits(board)
    for number in range(board.handed_in + 1, board.version + 1):
        if number not in edits:
            yield EDITED_OUTSIDE(version=number)
    yield from (UNDECIDED(step=seat.label) for seat in undecided(board))
    yield from _people(board, line)


def undecided(board: Board) -> list[SeatLine]:
    """The seats whose standing decision does not cover the present version, lowest level first."""
    edits = _edits(board)
    level_of = {seat.id: seat.level for seat in board.seats}
    final = max((seat.level for seat in board.seats), default=0)
    open_seats = [s for s in board.seats if not _covers(board, s, edits, level_of, final)]
    return sorted(open_seats, key=lambda seat: seat.level)


def next_seats(board: Board) -> list[SeatLine]:
    """Whose turn it is: the undecided seats of the lowest level that has any."""
    waiting = undecided(board)
    return [seat for seat in waiting if seat.level == waiting[0].level]


def different_hands(offered: Sequence[Sequence[UUID]]) -> list[UUID] | None:
    """For each step one of the persons offered, nobody twice; None where that cannot be done."""
    sits: dict[UUID, int] = {}

    def place(step: int, asked: set[UUID]) -> bool:
        for person in offered[step]:
            if person not in asked:
                asked.add(person)
                if person not in sits or place(sits[person], asked):
                    sits[person] = step
                    return True
        return False

    if not all(place(step, set()) for step in range(len(offered))):
        return None
    by_step = {step: person for person, step in sits.items()}
    return [by_step[step] for step in range(len(offered))]


def why_not_decide(board: Board, seat: SeatLine, decider: UUID, in_name_of: UUID | None) -> list[Message]:
    """R2 before a decision: decider and principal are no authors and sit on no other counted level."""
    persons = {decider, in_name_of or decider}
    messages = [AUTHOR_DECIDES()] if persons & board.authors else []
    others: set[UUID] = set()
    for other in board.seats:
        if other.counts and other.id != seat.id:
            others |= board.involved(other) | ({other.person} if other.person else set())
    if seat.counts and persons & others:
        messages.append(TWO_LEVELS())
    return messages


def why_not_succeed(board: Board, seat: SeatLine, successor: UUID, *, holds_role: bool) -> list[Message]:
    """Why a seat does not go to a successor: R2 as for a decision there, and the role it asks for."""
    return [*why_not_decide(board, seat, successor, None), *([] if holds_role else [ROLE_MISSING()])]


def why_not_select(verdict: str, number: str, *, is_author: bool, may_go_out: bool) -> Message | None:
    """Why the office may not select the piece `number` so; `may_go_out`: by its kind and class."""
    if is_author:
        return OWN_PIECE(number=number)
    return NEVER_PUBLIC(number=number) if verdict == PUBLICISE and not may_go_out else None


def why_not_record(board: Board, recorder: UUID) -> list[Message]:
    """R3 before a recorder enters a decision: for what may go up or out the recorder is no author."""
    return [AUTHOR_RECORDS()] if board.lines & LEAVING and recorder in board.authors else []


def why_not_match(sheet: Paper, wanted: Paper) -> Message | None:
    """Why a signed sheet does not close what it is handed in for: another piece, step, round or text (R3)."""
    if sheet.piece != wanted.piece:
        return OTHER_PIECE(number=sheet.number)
    if sheet.seat is None:
        return FOR_THE_FILE()
    if sheet.round != wanted.round:
        return EARLIER_ROUND()
    if sheet.seat != wanted.seat:
        return OTHER_STEP(printed=sheet.step, wanted=wanted.step)
    if sheet.version != wanted.version:
        return PRINTED_BEFORE(printed=sheet.version, wanted=wanted.version)
    return None


def new_code() -> str:
    """A code for a sheet: 40 random bits in eight characters."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def read_code(text: str) -> str:
    """The code as a person or a picture gives it, in its one form; '' where it is none."""
    plain = unicodedata.normalize("NFKC", text).upper().strip().removeprefix(QR_PREFIX)
    kept = "".join(c for c in plain if c not in " -\u2013\u2014").translate(str.maketrans("OIL", "011"))
    return kept if len(kept) == CODE_LENGTH and set(kept) <= set(ALPHABET) else ""


def grouped(code: str) -> str:
    """The code as it is printed: `ABCD-EFGH`."""
    return f"{code[:4]}-{code[4:]}"


def _covers(
    board: Board,
    seat: SeatLine,
    edits: dict[int, DecisionLine],
    level_of: dict[UUID, int],
    final: int,
) -> bool:
    """Whether the seat's last decision still speaks for the present version (R1)."""
    last = board.last(seat)
    if last is None or last.verdict != APPROVE:
        return False
    for number in range(last.after + 1, board.version + 1):
        edit = edits.get(number)
        made_below = edit is not None and level_of.get(edit.seat, 0) < seat.level
        if edit is None or edit.edit == SUBSTANCE or made_below or seat.level == final:
            return False
    return True


def _edits(board: Board) -> dict[int, DecisionLine]:
    """Version number → the decision in whose step it was made."""
    seats = {seat.id for seat in board.seats}
    return {
        d.after: d
        for d in board.decisions
        if d.verdict == APPROVE and d.after == d.before + 1 and d.seat in seats
    }


def _people(board: Board, line: str) -> Iterator[Message]:
    if any(board.involved(seat) & board.authors for seat in board.seats):
        yield AUTHOR_DECIDES()
    seats = {seat.id for seat in board.seats}
    recorders = {d.recorded_by for d in board.decisions if d.seat in seats}
    if line in LEAVING and recorders & board.authors:
        yield AUTHOR_RECORDS()
    counted = [seat for seat in board.seats if seat.counts]
    seen: set[UUID] = set()
    for seat in counted:
        if board.involved(seat) & seen:
            yield TWO_LEVELS()
        seen |= board.involved(seat)
    standing = [d for seat in counted if (d := board.last(seat)) and d.verdict == APPROVE]
    signers = {d.in_name_of or d.decided_by for d in standing} - board.authors
    needed = SIGNERS_NEEDED.get(line, 2)
    if len(signers) < needed:
        yield TOO_FEW(needed=needed, have=len(signers))
