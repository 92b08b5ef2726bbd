import { hashBytes, printHash } from "../base/sha256.js";

/** A file's text and the name people know it by. */
export interface TextFile {
  readonly file: string;
  readonly text: string;
}

/** A template; `prepared` is the same text compiled ahead, where it was. */
export interface TemplateFile extends TextFile {
  readonly prepared: unknown;
}

/** Handlebars templates by name ("document", "recipients", …). */
export type TemplateSet = ReadonlyMap<string, TemplateFile>;

const hashes = new WeakMap<TemplateSet, string>();

/** One hash for a set of templates: the version of a document's form. */
export function hashTemplates(templates: TemplateSet): string {
  const known = hashes.get(templates);
  if (known) return known;
  const names = [...templates.keys()].sort();
  const text = names.map((name) => `${name}\n${templates.get(name)?.text ?? ""}`).join("\u0000");
  const hash = printHash(hashBytes(new TextEncoder().encode(text)));
  hashes.set(templates, hash);
  return hash;
}
