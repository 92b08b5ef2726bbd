import { ZipPassThrough } from "fflate";

/** The checksum a zip keeps of each part. */
export function crc32(bytes: Uint8Array): number {
  const counter = new ZipPassThrough("");
  counter.ondata = () => undefined;
  counter.push(bytes, true);
  return counter.crc;
}
