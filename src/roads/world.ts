import type { Deflate } from "../base/deflate.js";
import type { TemplateSet } from "../template/template-set.js";
import type { FontFile, FontFiles } from "../typeface/font-file.js";
import type { WordSkeleton } from "../writers/docx/skeleton.js";

/** What the core needs from outside: it opens no file and asks no clock itself. */
export interface World {
  readonly templates: TemplateSet;
  /** The four faces of one family. */
  readonly fonts: FontFiles;
  /** The face for signs that a text's own faces lack: read only when there are such signs. */
  readonly signs: () => FontFile;
  /**
   * The HarfBuzz subsetter, compiled WebAssembly: asked for only when an office's own fonts go into
   * a Word file.
   */
  readonly subsetter: () => Uint8Array;
  readonly deflate: Deflate;
  /** Word files without text, made ahead for usual looks. */
  readonly skeletons: ReadonlyMap<string, WordSkeleton>;
}
