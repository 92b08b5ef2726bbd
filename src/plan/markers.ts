/**
 * How a node of the outline is marked. A format is named by its own first number, as an official
 * would say it: "I." counts I., II., III.; "1.1." takes the number of the clause above it; "a)"
 * follows the Vietnamese alphabet.
 */
export const MARKERS = [
  "Phần I",
  "Chương I",
  "A.",
  "I.",
  "Điều 1.",
  "1.",
  "1.1.",
  "1.1.1.",
  "1.1.1.1.",
  "1)",
  "a)",
  "a.",
  "(1)",
  "(a)",
  "-",
  "+",
  "*",
  "",
] as const;
export type Marker = (typeof MARKERS)[number];

/**
 * Numbering of a plan that says nothing else: Mục I., Khoản 1., Điểm a), as the decree divides a
 * document (khoản 6 điểm c).
 */
export const DEFAULT_NUMBERING: readonly Marker[] = ["I.", "1.", "a)", "(1)"];

/** Dashes are custom, not law: "-", then "+", then "*". */
export const BULLETS: readonly Marker[] = ["-", "+", "*"];
