import { faces, signs, templates } from "kehoach:prepared";
import { portableDeflate } from "../../base/deflate.js";
import type { World } from "../../roads/world.js";
import type { FaceMetrics, FontFile } from "../../typeface/font-file.js";

/** The product's templates and the measures of its fonts: all that pages are laid out with. */
export function browserWorld(): World {
  return {
    templates: new Map(
      Object.entries(templates).map(([name, { text, specification }]) => [
        name,
        { file: `${name}.hbs`, text, prepared: specification },
      ]),
    ),
    fonts: {
      regular: measured("LiberationSerif-Regular.ttf"),
      bold: measured("LiberationSerif-Bold.ttf"),
      italic: measured("LiberationSerif-Italic.ttf"),
      boldItalic: measured("LiberationSerif-BoldItalic.ttf"),
    },
    signs: () => fontOf("KehoachSigns.ttf", signs),
    subsetter: () => new Uint8Array(),
    deflate: portableDeflate,
    skeletons: new Map(),
  };
}

function measured(file: string): FontFile {
  const metrics = faces[file];
  if (metrics === undefined) throw new Error(`${file} was not made ready`);
  return fontOf(file, metrics);
}

const fonts = new Map<string, FontFile>();

/** The same font is the same value: faces are opened once. */
function fontOf(file: string, metrics: FaceMetrics): FontFile {
  const known = fonts.get(file);
  if (known) return known;
  const font = { file, bytes: new Uint8Array(), metrics, prepared: null, outlines: null };
  fonts.set(file, font);
  return font;
}
