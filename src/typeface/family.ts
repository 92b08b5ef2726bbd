import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { FACES, type FaceName, type FontFiles } from "./font-file.js";
import type { Pt, Twip } from "../base/units.js";
import { type Face, measureText, openFace } from "./face.js";

/** The four faces of one family, and the face for signs that they lack where a text needs it. */
export type Family = Readonly<Record<FaceName, Face>> & { readonly signs: Face | null };

/** Open the four faces. Errors: files that are no TrueType font. */
export async function openFamily(files: FontFiles): Promise<Outcome<Family>> {
  const problems: Diagnostic[] = [];
  const faces: Partial<Record<FaceName, Face>> = {};
  for (const name of FACES) {
    const face = await openFace(files[name]);
    if (face) faces[name] = face;
    else {
      problems.push(
        fileError(
          "font-unreadable",
          { file: files[name].file },
          both(
            "không đọc được phông chữ: tệp hỏng hoặc không phải TrueType",
            "the font cannot be read: broken, or not TrueType",
          ),
          both(
            "chép lại tệp .ttf từ máy có phông đó",
            "copy the .ttf file again from a machine that has the font",
          ),
        ),
      );
    }
  }
  return problems.length > 0
    ? fail(problems)
    : succeed({ ...(faces as Readonly<Record<FaceName, Face>>), signs: null });
}

/** A weight and a slant, or the face for signs. */
interface Look {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly sign?: boolean;
}

/** The face for a look. */
export function faceOf(family: Family, { bold, italic, sign }: Look): Face {
  if (sign === true && family.signs !== null) return family.signs;
  return family[bold ? (italic ? "boldItalic" : "bold") : italic ? "italic" : "regular"];
}

/** Measures text in a face and size of the family: see `measureText`. */
export function measureLook(
  family: Family,
): (look: Look & { readonly size: Pt }, text: string) => Twip {
  return (look, text) => measureText(faceOf(family, look), look.size, text);
}
