/** A placeholder until the converter of old fonts is merged. */
export type LegacyEncoding = "tcvn3" | "vni";

export function encodingOfFont(_font: string): LegacyEncoding | null {
  return null;
}

export function isCapitalFont(_font: string): boolean {
  return false;
}

export function convertLegacy(text: string, _encoding: LegacyEncoding): string {
  return text;
}
