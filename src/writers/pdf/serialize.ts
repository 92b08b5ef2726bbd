import { PDFDict, type PDFContext, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import { ByteBuilder } from "./bytes.js";

/** How many objects share one object stream. */
const PER_STREAM = 200;

/**
 * Write a PDF's objects as a file: streams as they are, all else in compressed object streams, then
 * a cross-reference stream. The order is that of the object numbers, so the same objects give the
 * same bytes.
 *
 * Source: ISO 32000-1, 7.5.7 (object streams), 7.5.8 (cross-reference streams).
 */
export function serialize(context: PDFContext, deflate: Deflate): Uint8Array {
  const file = new FileWriter(context.largestObjectNumber + 1, deflate);
  const objects = context
    .enumerateIndirectObjects()
    .sort(([a], [b]) => a.objectNumber - b.objectNumber);
  const packed: IndirectObject[] = [];
  for (const [ref, object] of objects) {
    if (object instanceof PDFStream) file.stream(ref.objectNumber, object);
    else packed.push([ref, object]);
  }
  for (let start = 0; start < packed.length; start += PER_STREAM)
    file.objectStream(packed.slice(start, start + PER_STREAM));
  return file.finish(trailerEntries(context));
}

type IndirectObject = readonly [PDFRef, PDFObject];

/** Where an object is: its type, then two numbers whose meaning depends on it. */
type CrossReference = readonly [type: number, second: number, third: number];

const FREE: CrossReference = [0, 0, 65535];

/** Bytes of the three numbers of a cross-reference. */
const WIDTHS = [1, 4, 2] as const;
const ROW = WIDTHS[0] + WIDTHS[1] + WIDTHS[2];

class FileWriter {
  readonly #out = new ByteBuilder();
  readonly #rows = new Map<number, CrossReference>([[0, FREE]]);
  readonly #deflate: Deflate;
  /** The first object number that is not taken. */
  #next: number;

  constructor(next: number, deflate: Deflate) {
    this.#next = next;
    this.#deflate = deflate;
    // Four bytes over 127 in a comment tell programs that the file is binary.
    this.#out.text("%PDF-1.7\n%\u0081\u0081\u0081\u0081\n");
  }

  /** A stream that the objects have. */
  stream(number: number, stream: PDFStream): void {
    this.#rows.set(number, [1, this.#out.length, 0]);
    const bytes = new Uint8Array(stream.sizeInBytes());
    stream.copyBytesInto(bytes, 0);
    this.#out.text(`${number} 0 obj\n`).bytes(bytes).text("\nendobj\n");
  }

  /** Objects that are no streams, in one compressed stream. */
  objectStream(objects: readonly IndirectObject[]): void {
    const number = this.#next++;
    const index: string[] = [];
    const body = new ByteBuilder();
    objects.forEach(([ref, object], place) => {
      index.push(`${ref.objectNumber} ${body.length}`);
      body.text(object.toString()).text("\n");
      this.#rows.set(ref.objectNumber, [2, number, place]);
    });
    const head = `${index.join(" ")}\n`;
    const bytes = new ByteBuilder().text(head).bytes(body.done()).done();
    this.#compressed(number, `/Type/ObjStm/N ${objects.length}/First ${head.length}`, bytes);
  }

  /** Write the cross-reference stream with the trailer's entries. Returns the file. */
  finish(entries: string): Uint8Array {
    const number = this.#next++;
    const start = this.#out.length;
    this.#rows.set(number, [1, start, 0]);
    const size = this.#next;
    const table = new DataView(new ArrayBuffer(size * ROW));
    for (let index = 0; index < size; index++) {
      const [type, second, third] = this.#rows.get(index) ?? FREE;
      table.setUint8(index * ROW, type);
      table.setUint32(index * ROW + WIDTHS[0], second);
      table.setUint16(index * ROW + WIDTHS[0] + WIDTHS[1], third);
    }
    const dictionary = `/Type/XRef/Size ${size}/W[${WIDTHS.join(" ")}]${entries}`;
    this.#compressed(number, dictionary, new Uint8Array(table.buffer));
    return this.#out.text(`startxref\n${start}\n%%EOF\n`).done();
  }

  /** Write a compressed stream. */
  #compressed(number: number, dictionary: string, bytes: Uint8Array): void {
    const packed = this.#deflate.zlib(bytes);
    this.#rows.set(number, [1, this.#out.length, 0]);
    this.#out
      .text(`${number} 0 obj\n<<${dictionary}/Filter/FlateDecode/Length ${packed.length}>>\n`)
      .text("stream\n")
      .bytes(packed)
      .text("\nendstream\nendobj\n");
  }
}

function trailerEntries(context: PDFContext): string {
  const trailer = PDFDict.withContext(context);
  const { Root, Info, ID } = context.trailerInfo;
  for (const [name, value] of Object.entries({ Root, Info, ID }))
    if (value) trailer.set(PDFName.of(name), value);
  return trailer.toString().replace(/^<<|>>$/gu, "");
}
