/**
 * A small sRGB profile (ICC version 2, display, matrix and curves), made here so that no file has
 * to be carried.
 *
 * Source: ICC.1:2001-04; primaries of IEC 61966-2-1 adapted to D50; gamma 2.2 for its curve.
 */
export function srgbProfile(): Uint8Array {
  const tags: readonly (readonly [string, Uint8Array])[] = [
    ["desc", description("sRGB")],
    ["cprt", text("Public domain")],
    ["wtpt", xyz(0.9642, 1, 0.8249)],
    ["rXYZ", xyz(0.43607, 0.22249, 0.01392)],
    ["gXYZ", xyz(0.38515, 0.71687, 0.09708)],
    ["bXYZ", xyz(0.14307, 0.06061, 0.7141)],
    ["rTRC", curve(2.2)],
    ["gTRC", curve(2.2)],
    ["bTRC", curve(2.2)],
  ];
  const tableEnd = 128 + 4 + tags.length * 12;
  const size = tags.reduce((sum, [, bytes]) => sum + padded(bytes.length), tableEnd);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, size);
  view.setUint32(8, 0x02100000);
  put(out, 12, "mntrRGB XYZ ");
  [2026, 1, 1, 0, 0, 0].forEach((part, index) => view.setUint16(24 + index * 2, part));
  put(out, 36, "acsp");
  [0.9642, 1, 0.8249].forEach((part, index) => view.setInt32(68 + index * 4, fixed(part)));
  view.setUint32(128, tags.length);
  let at = tableEnd;
  tags.forEach(([name, bytes], index) => {
    put(out, 132 + index * 12, name);
    view.setUint32(136 + index * 12, at);
    view.setUint32(140 + index * 12, bytes.length);
    out.set(bytes, at);
    at += padded(bytes.length);
  });
  return out;
}

function padded(length: number): number {
  return (length + 3) & ~3;
}

function fixed(value: number): number {
  return Math.round(value * 65536);
}

function put(out: Uint8Array, at: number, ascii: string): void {
  for (let index = 0; index < ascii.length; index++) out[at + index] = ascii.charCodeAt(index);
}

function xyz(x: number, y: number, z: number): Uint8Array {
  const out = new Uint8Array(20);
  put(out, 0, "XYZ ");
  [x, y, z].forEach((part, index) => new DataView(out.buffer).setInt32(8 + index * 4, fixed(part)));
  return out;
}

function curve(gamma: number): Uint8Array {
  const out = new Uint8Array(14);
  put(out, 0, "curv");
  new DataView(out.buffer).setUint32(8, 1);
  new DataView(out.buffer).setUint16(12, Math.round(gamma * 256));
  return out;
}

function text(value: string): Uint8Array {
  const out = new Uint8Array(8 + value.length + 1);
  put(out, 0, "text");
  put(out, 8, value);
  return out;
}

function description(value: string): Uint8Array {
  const out = new Uint8Array(12 + value.length + 1 + 4 + 4 + 2 + 1 + 67);
  put(out, 0, "desc");
  new DataView(out.buffer).setUint32(8, value.length + 1);
  put(out, 12, value);
  return out;
}
