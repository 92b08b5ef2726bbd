/** A file's text and the name people know it by. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** Handlebars templates by name ("document", "recipients", …). */
export type TemplateSet = ReadonlyMap<string, TextFile>;

export const FACES = ["regular", "bold", "italic", "boldItalic"] as const;
export type FaceName = (typeof FACES)[number];

/** A font file as it was read. */
export interface FontFile {
  readonly file: string;
  readonly bytes: Uint8Array;
}

export type FontFiles = Readonly<Record<FaceName, FontFile>>;

/** What the core needs from outside: it opens no file and asks no clock itself. */
export interface World {
  readonly templates: TemplateSet;
  /** The four faces of one family. */
  readonly fonts: FontFiles;
  /** The HarfBuzz subsetter, compiled WebAssembly. */
  readonly subsetter: Uint8Array;
}
