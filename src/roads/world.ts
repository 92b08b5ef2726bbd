import type { Deflate } from "../base/deflate.js";
import type { TemplateSet } from "../template/template-set.js";
import type { FontFiles } from "../typeface/font-file.js";
import type { WordSkeleton } from "../writers/docx/skeleton.js";

/** What the core needs from outside: it opens no file and asks no clock itself. */
export interface World {
  readonly templates: TemplateSet;
  /** The four faces of one family. */
  readonly fonts: FontFiles;
  /**
   * The HarfBuzz subsetter, compiled WebAssembly: asked for only when an office's own fonts go into
   * a Word file.
   */
  readonly subsetter: () => Uint8Array;
  readonly deflate: Deflate;
  /** Word files without text, made ahead for usual looks. */
  readonly skeletons: ReadonlyMap<string, WordSkeleton>;
}
