import {
  type Diagnostic,
  type LocalizedText,
  type PlanPath,
  both,
  following,
  planError,
} from "../base/diagnostic.js";
import { suggest } from "../base/suggest.js";

/** Where what a text may name is declared: a fault there may be why the name is unknown. */
const DECLARED_IN = {
  "unknown-name": [["figures"]],
  "unknown-figure": [["figures"]],
  "unknown-amount": [["programme"]],
  "unknown-section": [["programme"], ["body"]],
  "unknown-appendix": [["appendices"]],
  "unknown-footnote": [["footnotes"]],
  "unknown-document": [],
  "unknown-cell": [],
  "unknown-unit": [],
} as const;

/** A name in a text that is not known, and what it may have been. */
export interface UnknownName {
  readonly code: keyof typeof DECLARED_IN;
  readonly name: string;
  readonly allowed: Iterable<string>;
  /** What kind of thing is named, in a sentence: "số liệu", "figure". */
  readonly what: LocalizedText;
}

/** The finding for a name that is not known, with the closest match. */
export function unknownName(
  { code, name, allowed, what }: UnknownName,
  path: PlanPath,
): Diagnostic {
  return following(
    planError(
      code,
      path,
      both(`không có ${what.vi} “${name}”`, `there is no ${what.en} “${name}”`),
      suggest(name, allowed),
    ),
    ...DECLARED_IN[code],
  );
}
