import type { Outcome } from "../base/diagnostic.js";
import type { SourceText } from "./source-text.js";
import { readText } from "./text/read-text.js";

/** Read an existing document, whatever its kind: the bytes tell, not the name. Errors: as of the reader of its kind. */
export async function readDocument(bytes: Uint8Array, file: string): Promise<Outcome<SourceText>> {
  return readText(bytes, file);
}
