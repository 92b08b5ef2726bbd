/** How numbers are written as text: "4.034,5" or "4,034.5". */
export type NumberStyle = "vi" | "en";

const STYLES: Readonly<
  Record<NumberStyle, { readonly pattern: RegExp; readonly group: RegExp; readonly point: string }>
> = {
  vi: {
    pattern: /^[-–−]?(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:,\d+)?$/u,
    group: /[. ]/gu,
    point: ",",
  },
  en: {
    pattern: /^[-–−]?(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?$/u,
    group: /[, ]/gu,
    point: ".",
  },
};

/** A number written as text, in plain digits ("-4034.5"); null when it is none in that style. */
export function plainNumber(text: string, style: NumberStyle): string | null {
  const { pattern, group, point } = STYLES[style];
  const trimmed = text.replace(/[\u00a0\u202f]/gu, " ").trim();
  if (!pattern.test(trimmed)) return null;
  return trimmed.replace(/[–−]/gu, "-").replace(group, "").replace(point, ".");
}

/**
 * A number that a spreadsheet computed, without the last digits that only its binary form has:
 * 0.30000000000000004 is 0.3.
 */
export function cleanNumber(value: number): number {
  return Number(value.toPrecision(15));
}
