import { encodingOfFont } from "../../knowledge/legacy-fonts.js";

/** What matters of a font to a reader. */
export interface Face {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly encoding: "tcvn3" | "vni" | null;
  readonly name: string;
}

const BOLD = /bold|black|heavy|demi/iu;
const ITALIC = /italic|oblique|kursiv/iu;
const known = new Map<string, Face>();

/**
 * The face of a font by its name ("ABCDEF+TimesNewRomanPS-BoldMT") and what the file says of it.
 * One object for one face.
 */
export function faceOf(
  font: string,
  told: { readonly bold: boolean; readonly italic: boolean },
): Face {
  const name = font.replace(/^[A-Z]{6}\+/u, "");
  const bold = told.bold || BOLD.test(name);
  const italic = told.italic || ITALIC.test(name);
  const key = `${bold ? "b" : ""}${italic ? "i" : ""} ${name}`;
  let face = known.get(key);
  if (face === undefined) {
    if (known.size > 1_000) known.clear();
    known.set(
      key,
      (face = {
        bold,
        italic,
        name,
        encoding: encodingOfFont(name.replace(/[,-](?:Bold|Italic|Regular)+$/iu, "")),
      }),
    );
  }
  return face;
}
