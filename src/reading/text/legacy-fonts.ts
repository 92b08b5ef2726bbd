/** The coding of an old Vietnamese font, by the font's name; null for fonts of Unicode. */
export function encodingOfFont(_font: string): "tcvn3" | "vni" | null {
  return null;
}

/** Text in an old coding, in Unicode. */
export function convertLegacy(text: string, _encoding: "tcvn3" | "vni"): string {
  return text;
}
