import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join } from "node:path";
import { deflateRawSync, deflateSync } from "node:zlib";
import type { Deflate } from "../base/deflate.js";
import { HOME } from "./home.js";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import {
  FACES,
  type FaceMetrics,
  type FaceName,
  type FontFile,
  type FontFiles,
  type PackedFont,
  type PackedOutlines,
} from "../typeface/font-file.js";
import type { World } from "../roads/world.js";
import type { TemplateFile } from "../template/template-set.js";
import type { WordSkeleton } from "../writers/docx/skeleton.js";

/** Folders that stand in for the product's own. */
export interface WorldFolders {
  /** Templates that replace the product's, by file name. */
  readonly templates: string | null;
  /** An office's own fonts: four .ttf files of one family. */
  readonly fonts: string | null;
}

/**
 * What `prepare.ts` made when the product was built: compiled templates, font subsets for Word
 * files.
 */
export interface Prepared {
  readonly templates: Readonly<
    Record<string, { readonly text: string; readonly specification: unknown }>
  >;
  readonly fonts: Readonly<
    Record<
      string,
      Omit<PackedFont, "packed"> & {
        readonly metrics: FaceMetrics;
        readonly sourceSize: number;
        readonly outlines: Omit<PackedOutlines, "program" | "toUnicode">;
      }
    >
  >;
  readonly skeletons: readonly (readonly [
    key: string,
    skeleton: Omit<WordSkeleton, "parts"> & {
      readonly parts: readonly (readonly [string, string])[];
    },
  ])[];
}

/** Folder of the prepared files, inside the product's. */
export const PREPARED = join(HOME, "dist", "prepared");

// The third level packs a PDF a twentieth looser than the sixth, in half the time.
const NATIVE_DEFLATE: Deflate = {
  raw: (bytes) => deflateRawSync(bytes),
  zlib: (bytes) => deflateSync(bytes, { level: 3 }),
  zlibTight: (bytes) => deflateSync(bytes, { level: 9 }),
};

let known: Prepared | null = null;

/** Nothing depends on it: what is not there, or of another text, is made when it is needed. */
function prepared(): Prepared {
  if (known === null) {
    try {
      known = createRequire(import.meta.url)(join(PREPARED, "prepared.cjs")) as Prepared;
    } catch {
      known = { templates: {}, fonts: {}, skeletons: [] };
    }
  }
  return known;
}

function skeletons(): ReadonlyMap<string, WordSkeleton> {
  return new Map(
    prepared().skeletons.map(([key, { parts, ...rest }]) => [
      key,
      { ...rest, parts: new Map(parts) },
    ]),
  );
}

function preparedFont(
  name: string,
  sourceSize: number,
): Pick<FontFile, "metrics" | "prepared" | "outlines"> {
  const facts = prepared().fonts[name];
  if (facts?.sourceSize !== sourceSize) return NOT_PREPARED;
  const part = (suffix: string): Uint8Array => readFileSync(join(PREPARED, `${name}.${suffix}`));
  return {
    metrics: facts.metrics,
    prepared: { key: facts.key, size: facts.size, crc: facts.crc, packed: part("packed") },
    outlines: () => ({ ...facts.outlines, program: part("outlines"), toUnicode: part("unicode") }),
  };
}

const NOT_PREPARED = { metrics: null, prepared: null, outlines: null } as const;

/**
 * Read templates, fonts and the subsetter from disk. Errors: folders or files that cannot be read,
 * each with a hint.
 */
export function openDiskWorld(folders: WorldFolders): Outcome<World> {
  const problems: Diagnostic[] = [];
  const templates = new Map(readTemplates(join(HOME, "templates"), problems, ""));
  if (folders.templates !== null) {
    for (const [name, file] of readTemplates(folders.templates, problems, `${folders.templates}/`))
      templates.set(name, file);
  }
  const fonts = readFonts(folders.fonts ?? join(HOME, "fonts"), folders.fonts !== null, problems);
  if (problems.length > 0 || fonts === null) return fail(problems);
  return succeed({
    templates,
    fonts,
    signs: readSigns,
    subsetter: readSubsetter,
    deflate: NATIVE_DEFLATE,
    skeletons: skeletons(),
  });
}

/** The face for signs, in the product's fonts. */
export const SIGNS = join("signs", "KehoachSigns.ttf");

let signs: FontFile | null = null;

function readSigns(): FontFile {
  signs ??= {
    file: "KehoachSigns.ttf",
    bytes: readFileSync(join(HOME, "fonts", SIGNS)),
    ...preparedSigns(),
  };
  return signs;
}

/** What is known ahead of the face for signs. */
interface PreparedSigns {
  readonly metrics: FaceMetrics;
  readonly packed: Omit<PackedFont, "packed">;
}

function preparedSigns(): Pick<FontFile, "metrics" | "prepared" | "outlines"> {
  const file = join(PREPARED, PREPARED_SIGNS);
  try {
    const known = JSON.parse(readFileSync(`${file}.json`, "utf8")) as PreparedSigns;
    const prepared = { ...known.packed, packed: readFileSync(`${file}.packed`) };
    return { metrics: known.metrics, prepared, outlines: null };
  } catch {
    return NOT_PREPARED;
  }
}

/** Name of the files about the face for signs: of their own, since most plans have no signs. */
export const PREPARED_SIGNS = "signs";

let subsetter: Uint8Array | null = null;

function readSubsetter(): Uint8Array {
  subsetter ??= readFileSync(
    createRequire(import.meta.url).resolve("harfbuzzjs/dist/harfbuzz-subset.wasm"),
  );
  return subsetter;
}

function readTemplates(
  folder: string,
  problems: Diagnostic[],
  shown: string,
): [string, TemplateFile][] {
  try {
    return readdirSync(folder)
      .filter((file) => extname(file) === ".hbs")
      .sort()
      .map((file): [string, TemplateFile] => {
        const name = basename(file, ".hbs");
        const text = readFileSync(join(folder, file), "utf8");
        const ahead = shown === "" ? prepared().templates[name] : undefined;
        return [
          name,
          {
            file: `${shown}${file}`,
            text,
            prepared: ahead?.text === text ? ahead.specification : null,
          },
        ];
      });
  } catch {
    problems.push(
      fileError(
        "templates-unreadable",
        { file: folder },
        both("không đọc được thư mục mẫu", "the template folder cannot be read"),
        both("kiểm tra đường dẫn sau --templates", "check the path after --templates"),
      ),
    );
    return [];
  }
}

/**
 * Which face a font file is, by the way fonts are named: timesbd.ttf,
 * LiberationSerif-BoldItalic.ttf, "Times New Roman Bold.ttf".
 */
const FACE_PATTERNS: readonly (readonly [FaceName, RegExp])[] = [
  ["boldItalic", /bold[ _-]?italic|bi\.ttf$/iu],
  ["bold", /bold|bd\.ttf$/iu],
  ["italic", /italic|[a-z]i\.ttf$/iu],
  ["regular", /./u],
];

function readFonts(folder: string, own: boolean, problems: Diagnostic[]): FontFiles | null {
  let names: string[];
  try {
    names = readdirSync(folder)
      .filter((file) => extname(file).toLowerCase() === ".ttf")
      .sort();
  } catch {
    problems.push(
      fileError(
        "fonts-unreadable",
        { file: folder },
        both("không đọc được thư mục phông chữ", "the font folder cannot be read"),
        both("kiểm tra đường dẫn sau --fonts", "check the path after --fonts"),
      ),
    );
    return null;
  }
  const found: Partial<Record<FaceName, FontFile>> = {};
  for (const name of names) {
    const face = FACE_PATTERNS.find(([, pattern]) => pattern.test(name))?.[0] ?? "regular";
    try {
      const bytes = readFileSync(join(folder, name));
      found[face] ??= {
        file: own ? join(folder, name) : name,
        bytes,
        ...(own ? NOT_PREPARED : preparedFont(name, bytes.length)),
      };
    } catch {
      problems.push(
        fileError(
          "font-unreadable",
          { file: join(folder, name) },
          both("không mở được tệp phông chữ", "the font file cannot be opened"),
          both("kiểm tra quyền đọc tệp", "check that the file may be read"),
        ),
      );
    }
  }
  const missing = FACES.filter((face) => !found[face]);
  if (missing.length > 0 && !problems.some((problem) => problem.code === "font-unreadable")) {
    problems.push(
      fileError(
        "fonts-missing",
        { file: folder },
        both(`thiếu phông chữ: ${missing.join(", ")}`, `fonts are missing: ${missing.join(", ")}`),
        both(
          "cần bốn tệp .ttf: thường, đậm, nghiêng, đậm nghiêng (times.ttf, timesbd.ttf, timesi.ttf, timesbi.ttf)",
          "four .ttf files are needed: regular, bold, italic, bold italic (times.ttf, timesbd.ttf, timesi.ttf, timesbi.ttf)",
        ),
      ),
    );
  }
  return missing.length > 0 ? null : (found as FontFiles);
}
