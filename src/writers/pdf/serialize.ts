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
  const out = new ByteBuilder();
  // Four bytes over 127 in a comment tell programs that the file is binary.
  out.text("%PDF-1.7\n%\u0081\u0081\u0081\u0081\n");
  const objects = context
    .enumerateIndirectObjects()
    .sort(([a], [b]) => a.objectNumber - b.objectNumber);
  let next = context.largestObjectNumber + 1;
  const rows = new Map<number, readonly [type: number, second: number, third: number]>([
    [0, [0, 0, 65535]],
  ]);
  const addStream = (number: number, dictionary: string, bytes: Uint8Array): void => {
    rows.set(number, [1, out.length, 0]);
    out
      .text(`${number} 0 obj\n<<${dictionary}/Length ${bytes.length}>>\nstream\n`)
      .bytes(bytes)
      .text("\nendstream\nendobj\n");
  };

  const loose: (readonly [PDFRef, PDFObject])[] = [];
  for (const [ref, object] of objects) {
    if (!(object instanceof PDFStream)) {
      loose.push([ref, object]);
      continue;
    }
    rows.set(ref.objectNumber, [1, out.length, 0]);
    const bytes = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(bytes, 0);
    out.text(`${ref.objectNumber} 0 obj\n`).bytes(bytes).text("\nendobj\n");
  }
  for (let start = 0; start < loose.length; start += PER_STREAM) {
    const number = next++;
    const part = loose.slice(start, start + PER_STREAM);
    const index: string[] = [];
    const body = new ByteBuilder();
    part.forEach(([ref, object], place) => {
      index.push(`${ref.objectNumber} ${body.length}`);
      body.text(object.toString()).text("\n");
      rows.set(ref.objectNumber, [2, number, place]);
    });
    const head = `${index.join(" ")}\n`;
    const bytes = new ByteBuilder().text(head).bytes(body.done()).done();
    addStream(
      number,
      `/Type/ObjStm/N ${part.length}/First ${head.length}/Filter/FlateDecode`,
      deflate.zlib(bytes),
    );
  }

  const number = next++;
  const start = out.length;
  rows.set(number, [1, start, 0]);
  const table = new DataView(new ArrayBuffer(next * 7));
  for (let index = 0; index < next; index++) {
    const [type, second, third] = rows.get(index) ?? [0, 0, 65535];
    table.setUint8(index * 7, type);
    table.setUint32(index * 7 + 1, second);
    table.setUint16(index * 7 + 5, third);
  }
  const trailer = PDFDict.withContext(context);
  const { Root, Info, ID } = context.trailerInfo;
  for (const [name, value] of [
    ["Root", Root],
    ["Info", Info],
    ["ID", ID],
  ] as const)
    if (value) trailer.set(PDFName.of(name), value);
  const entries = trailer.toString().replace(/^<<|>>$/gu, "");
  addStream(
    number,
    `/Type/XRef/Size ${next}/W[1 4 2]${entries}/Filter/FlateDecode`,
    deflate.zlib(new Uint8Array(table.buffer)),
  );
  return out.text(`startxref\n${start}\n%%EOF\n`).done();
}
