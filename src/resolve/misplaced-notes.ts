import {
  type Diagnostic,
  type LocalizedText,
  type PlanPath,
  both,
  planError,
} from "../base/diagnostic.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";

/** A note's own words. */
export const IN_NOTE = both("chú thích khác", "another note");

const RECIPIENTS = both("nơi nhận", "the recipients");

/** Parts whose lines neither Word nor the decree gives notes. */
const NO_NOTES = [
  ["recipients", RECIPIENTS],
  ["drafter", RECIPIENTS],
  ["signature", both("chỗ ký", "the signature")],
  ["issuer", both("tên cơ quan", "the agency's name")],
] as const satisfies readonly (readonly [keyof EvaluatedPlan, LocalizedText])[];

/** Calls of notes in parts that take none: they would be printed as they were typed. */
export function misplacedNotes(plan: EvaluatedPlan): readonly Diagnostic[] {
  return NO_NOTES.flatMap(([part, place]) =>
    textsIn(plan[part], [part]).flatMap(({ text, path }) =>
      [...text.matchAll(/\[\^([^\][\s]+)\]/gu)].map(([, id = ""]) =>
        misplacedNote(id, place, path),
      ),
    ),
  );
}

/** The finding for a call of a note in a part that takes none. */
export function misplacedNote(id: string, place: LocalizedText, path: PlanPath): Diagnostic {
  return planError(
    "note-misplaced",
    path,
    both(`chú thích [^${id}] không đặt trong ${place.vi} được`, `${place.en} takes no note`),
    both(
      "chuyển dấu chú thích vào nội dung, căn cứ, bảng hoặc phụ lục",
      "call the note in the text, the legal bases, a table or an appendix",
    ),
  );
}

function textsIn(
  value: unknown,
  path: PlanPath,
): readonly { readonly text: string; readonly path: PlanPath }[] {
  if (typeof value === "string") return [{ text: value, path }];
  if (Array.isArray(value))
    return value.flatMap((one: unknown, index) => textsIn(one, [...path, index]));
  return typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([name, one]) => textsIn(one, [...path, name]))
    : [];
}
