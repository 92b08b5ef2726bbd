import { type LocalizedText, both } from "../../base/diagnostic.js";
import type { SourcePlace } from "../source-text.js";
import type { DataObject } from "./data.js";
import type { OutlineNode } from "./outline-node.js";

/** How sure a guess is. */
export type Confidence = "medium" | "low";

/** Something that the source does not say outright. */
export interface Guess {
  /** The words that stand in the plan above what was guessed. */
  readonly comment: string;
  readonly what: LocalizedText;
  readonly confidence: Confidence;
  readonly at: SourcePlace;
}

/** Words beside a value, by the object that holds it and the value's name. */
export type Comments = ReadonlyMap<object, ReadonlyMap<string, string>>;

/** What is guessed while a plan is drafted. */
export interface Guesses {
  readonly comments: Comments;
  readonly list: readonly Guess[];
  /** Say of a value that it was guessed. */
  readonly guess: (
    on: object,
    name: string,
    what: LocalizedText,
    confidence: Confidence,
    at: SourcePlace,
  ) => void;
  /** Say of a node of the outline that its kind was guessed. */
  readonly doubt: (on: DataObject, name: string, node: OutlineNode) => void;
}

export function collectGuesses(): Guesses {
  const comments = new Map<object, Map<string, string>>();
  const list: Guess[] = [];
  const guess: Guesses["guess"] = (on, name, what, confidence, at) => {
    const comment = `đoán (${CONFIDENCE[confidence].vi}): ${what.vi} [${placeWords(at).vi}]`;
    comments.set(on, (comments.get(on) ?? new Map<string, string>()).set(name, comment));
    list.push({ comment, what, confidence, at });
  };
  const doubt: Guesses["doubt"] = (on, name, { kind, title }) => {
    const what = KINDS[kind];
    if (what) guess(on, name, what, "medium", title.paragraph.at);
  };
  return { comments, list, guess, doubt };
}

const KINDS: Readonly<Record<string, LocalizedText>> = {
  heading: both(
    "đọc là tiêu đề; nếu là lời của khoản, điểm thì đổi heading thành clause",
    "read as a heading; if it is a numbered paragraph, write clause for heading",
  ),
  lead: both(
    "đọc là tiêu đề liền dòng; nếu không phải, ghép lại thành clause",
    "read as a run-in heading; if it is none, join it as clause",
  ),
  clause: both(
    "đọc là lời của khoản, điểm; nếu là tiêu đề thì đổi clause thành heading",
    "read as a numbered paragraph; if it is a heading, write heading for clause",
  ),
};

export const CONFIDENCE: Readonly<Record<Confidence, LocalizedText>> = {
  medium: both("chưa chắc", "not sure"),
  low: both("cần xem lại", "look at it"),
};

/** "trang 3, dòng 12" */
export function placeWords({ page, line }: SourcePlace): LocalizedText {
  return page === null
    ? both(`dòng ${line}`, `line ${line}`)
    : both(`trang ${page}, dòng ${line}`, `page ${page}, line ${line}`);
}
