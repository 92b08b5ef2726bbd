/**
 * Standards a PDF can be made to: archive (PDF/A) with accessible tagging, universal accessibility
 * (PDF/UA).
 */
const PDF_STANDARDS = ["a-3a", "a-2a", "ua-1"] as const;
export type PdfStandard = (typeof PDF_STANDARDS)[number];

/** What a PDF is made to when nothing else is asked: for archive and for everyone. */
export const DEFAULT_STANDARDS: readonly PdfStandard[] = ["a-3a", "ua-1"];

/**
 * Standards out of "a-3a,ua-1" or "none". Null when a name is unknown or two of them exclude each
 * other.
 */
export function parseStandards(text: string): readonly PdfStandard[] | null {
  if (text.trim() === "none") return [];
  const names = text.split(",").map((name) => name.trim());
  const known = names.filter((name): name is PdfStandard =>
    (PDF_STANDARDS as readonly string[]).includes(name),
  );
  if (known.length !== names.length || (known.includes("a-3a") && known.includes("a-2a")))
    return null;
  return known;
}
