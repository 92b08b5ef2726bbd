import { strFromU8, strToU8 } from "fflate";
import type { Deflate } from "../base/deflate.js";
import { hashBytes, printHash } from "../base/sha256.js";
import { type PackedPart, type Parts, packPart, zipPacked } from "../base/zip.js";
import { type ZipArchive, openZip } from "../archives/zip-archive.js";
import type { SealState } from "./seal-text.js";

/** The part of an Office file that says what the file is; it bears the seal. */
const CORE = "docProps/core.xml";
const END_OF_CORE = "</cp:coreProperties>";
const SEAL = /<dc:identifier>urn:sha256:([0-9a-f]{64})<\/dc:identifier>/u;

/** Bytes of the small parts that are looked at. Ours have some 1,000. */
const MOST_BYTES = 200_000;

/**
 * Pack the parts of an Office file into a zip, in an order of its own, so that the same parts give
 * the same bytes; the core properties get an identifier made from all parts, the file's seal.
 * `packed` are parts that are deflated already.
 * Source: ISO/IEC 29500-2, 11 (core properties: identifier).
 */
export function zipSealed(
  parts: Parts,
  packed: readonly (readonly [name: string, part: PackedPart])[],
  deflate: Deflate,
): Uint8Array {
  const entries = new Map<string, PackedPart>();
  for (const [name, part] of parts) if (name !== CORE) entries.set(name, packPart(part, deflate));
  const core = parts.get(CORE);
  const text = typeof core === "string" ? core : strFromU8(core ?? new Uint8Array());
  const seal = fingerprint([...entries, ...packed], text);
  const sealed = text.replace(
    END_OF_CORE,
    () => `<dc:identifier>urn:sha256:${seal}</dc:identifier>${END_OF_CORE}`,
  );
  entries.set(CORE, packPart(sealed, deflate));
  return zipPacked(entries, packed);
}

/** Look at the seal and the signatures of an Office file. What is no zip is of another hand. */
export function inspectPackage(bytes: Uint8Array): SealState | "signed" {
  const zip = openZip(bytes, MOST_BYTES);
  if (zip === "broken") return "foreign";
  if (zip.names.some((name) => name.startsWith("_xmlsignatures/"))) return "signed";
  const core = textOf(zip, CORE);
  const seal = SEAL.exec(core)?.[1];
  const others = zip.entries.flatMap((entry) =>
    entry.name === CORE.toLowerCase() ? [] : [[entry.name, entry] as const],
  );
  if (seal !== undefined && seal === fingerprint(others, core.replace(SEAL, ""))) return "as-made";
  // Word and LibreOffice keep a part that is not theirs when they save.
  const carriesOurs = zip.names.some(
    (name) => /^customxml\/itemprops\d+\.xml$/u.test(name) && textOf(zip, name).includes(OURS),
  );
  return seal !== undefined || carriesOurs ? "changed" : "foreign";
}

/** What says in the properties of a part that it is of kehoach. */
const OURS = "urn:kehoach:";

/** A small part as text; empty when it is not there or long. */
function textOf(zip: ZipArchive, name: string): string {
  const part = zip.read(name);
  return part instanceof Uint8Array ? strFromU8(part) : "";
}

/** A hash of every part's name, checksum and size, and of the core properties without the seal. */
function fingerprint(
  parts: readonly (readonly [name: string, facts: Omit<PackedPart, "packed">])[],
  core: string,
): string {
  const lines = parts
    .map(([name, { crc, size }]) => `${name.toLowerCase()} ${crc >>> 0} ${size}`)
    .sort();
  return printHash(hashBytes(strToU8([...lines, core].join("\n"))));
}
