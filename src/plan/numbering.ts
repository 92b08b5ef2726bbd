import { POINT_LETTERS, pointLetter, romanNumeral } from "../base/numbers.js";
import { BULLETS, MARKERS, type Marker } from "./markers.js";

/**
 * Where a node stands: what numbers its children. Never changed; each node makes the scope of its
 * children.
 */
export interface NumberingScope {
  /** Formats of this level and those below. */
  readonly formats: readonly Marker[];
  /** Arabic numbers of the clauses above, for "1.1.": [2, 1] inside 2.1. */
  readonly decimals: readonly number[];
  /** Numbers of all levels above, of whatever format. */
  readonly counters: readonly number[];
  readonly bulletDepth: number;
}

export function rootScope(formats: readonly Marker[]): NumberingScope {
  return { formats, decimals: [], counters: [], bulletDepth: 0 };
}

export interface Numbered {
  /** "2.1.", "a)", "-", or null for none. */
  readonly label: string | null;
  readonly marker: Marker;
  readonly inner: NumberingScope;
}

/**
 * Counts the children of one node, each format by itself: a dash does not interrupt the numbers.
 */
export class SiblingCounter {
  readonly #counts = new Map<Marker, number>();

  constructor(private readonly scope: NumberingScope) {}

  /**
   * Number the next child. `marker` "auto" takes the level's format (a dash for items); `explicit`
   * sets the number; `numbering` the formats inside.
   */
  next(
    kind: string,
    marker: Marker | "auto",
    explicit: number | null,
    numbering: readonly Marker[],
  ): Numbered {
    const { scope } = this;
    const own: Marker = marker === "auto" ? autoMarker(kind, scope) : marker;
    const bullet = BULLETS.indexOf(own);
    const deeper =
      numbering.length > 0 ? numbering : bullet >= 0 ? scope.formats : scope.formats.slice(1);
    if (own === "" || bullet >= 0) {
      const bulletDepth = bullet >= 0 ? bullet + 1 : scope.bulletDepth;
      return {
        label: own === "" ? null : own,
        marker: own,
        inner: { ...scope, formats: deeper, bulletDepth },
      };
    }
    const number = explicit ?? (this.#counts.get(own) ?? 0) + 1;
    this.#counts.set(own, number);
    const depth = decimalDepth(own);
    const path = depth > 0 ? [...above(scope, depth - 1), number] : [];
    return {
      label: formatLabel(own, number, path),
      marker: own,
      inner: {
        formats: deeper,
        decimals: depth > 0 ? path : scope.decimals,
        counters: [...scope.counters, number],
        bulletDepth: 0,
      },
    };
  }
}

/** The marker of a node that names none: the format of its depth, a dash for items. */
export function autoMarker(kind: string, scope: NumberingScope): Marker {
  if (kind === "item") return BULLETS[Math.min(scope.bulletDepth, BULLETS.length - 1)] ?? "-";
  if (kind === "plain" || kind === "see") return "";
  return scope.formats[0] ?? BULLETS[Math.min(scope.bulletDepth, BULLETS.length - 1)] ?? "-";
}

/**
 * How many numbers a decimal format shows: "1." one, "1.1." two; 0 for formats that are not
 * decimal.
 */
function decimalDepth(marker: Marker): number {
  return /^(?:1\.)+$|^1\)$/u.test(marker) ? marker.split("1").length - 1 : 0;
}

/**
 * The numbers before the last one: of the clauses above, else of the levels above whatever their
 * format, else 1.
 */
function above(scope: NumberingScope, count: number): readonly number[] {
  if (count === 0) return [];
  const from = scope.decimals.length >= count ? scope.decimals : scope.counters;
  const taken = from.slice(-count);
  return [...Array<number>(count - taken.length).fill(1), ...taken];
}

function formatLabel(marker: Marker, number: number, path: readonly number[]): string {
  switch (marker) {
    case "Phần I":
      return `Phần ${romanNumeral(number)}`;
    case "Chương I":
      return `Chương ${romanNumeral(number)}`;
    case "Điều 1.":
      return `Điều ${number}.`;
    case "A.":
      return `${upperLetter(number)}.`;
    case "I.":
      return `${romanNumeral(number)}.`;
    case "a)":
      return `${pointLetter(number)})`;
    case "a.":
      return `${pointLetter(number)}.`;
    case "(a)":
      return `(${pointLetter(number)})`;
    case "(1)":
      return `(${number})`;
    case "1)":
      return `${number})`;
    default:
      return `${path.join(".")}.`;
  }
}

function upperLetter(number: number): string {
  return (POINT_LETTERS[(number - 1) % POINT_LETTERS.length] ?? "").toUpperCase();
}

/** A label as it is cited: "III.", "2.1.", "a)" without their punctuation. */
export function citedLabel(label: string): string {
  return label.replace(/^\(|[.)]+$/gu, "");
}

/**
 * Markers out of an attribute: "I. 1. a)"; "none" is unnumbered, "_" a blank inside a name. Null
 * when one is unknown.
 */
export function parseMarkers(text: string): Marker[] | null {
  const names = text
    .split(" ")
    .filter((name) => name !== "")
    .map((name) => (name === "none" ? "" : name.replace("_", " ")));
  return names.every((name): name is Marker => (MARKERS as readonly string[]).includes(name))
    ? names
    : null;
}
