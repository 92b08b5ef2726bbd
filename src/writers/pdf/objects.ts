import {
  type PDFContext,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFObject,
  PDFRawStream,
  type PDFRef,
  PDFString,
} from "pdf-lib";

/** A number in a content stream: at most three decimals. */
export function num(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

/** A stream that is deflated already. */
export function addPacked(
  context: PDFContext,
  packed: Uint8Array,
  entries: Readonly<Record<string, string | number>> = {},
): PDFRef {
  const dict = context.obj({ Filter: "FlateDecode", Length: packed.length });
  for (const [key, value] of Object.entries(entries))
    dict.set(PDFName.of(key), typeof value === "number" ? PDFNumber.of(value) : PDFName.of(value));
  return context.register(PDFRawStream.of(dict, packed));
}

/** A text string: UTF-16 when it needs to be. */
export function textString(text: string): PDFHexString {
  return PDFHexString.fromText(text);
}

/** A string of plain ASCII, written as it is. */
export function asciiString(text: string): PDFString {
  return PDFString.of(text);
}

const encoder = new TextEncoder();

/** Text of ASCII characters as bytes. */
export function latin(text: string): Uint8Array {
  return encoder.encode(text);
}

/**
 * An object that is already written out. A structure tree has thousands; as text they cost a tenth
 * of what dictionaries would.
 */
export class WrittenObject extends PDFObject {
  readonly #text: string;

  constructor(text: string) {
    super();
    this.#text = text;
  }

  override toString(): string {
    return this.#text;
  }
}
