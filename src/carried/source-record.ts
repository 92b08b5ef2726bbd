import { z } from "zod";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { hashBytes, printHash } from "../base/sha256.js";
import type { ReadSibling } from "../base/sibling.js";

/**
 * What a file made by kehoach carries of itself: the plan's text, and what else it was made with.
 */
export interface SourceRecord {
  /** The plan as it was written, YAML or JSON. */
  readonly plan: string;
  /** The office's profile, or null. */
  readonly profile: Readonly<Record<string, unknown>> | null;
  /** Hash of the templates. */
  readonly templates: string;
  /** PostScript names of the four faces. */
  readonly fonts: readonly string[];
  readonly standards: readonly string[];
  /** Spreadsheets and mapping files that the plan takes rows from. */
  readonly data: readonly DataFile[];
}

/** A file that a plan names, as it was read. */
export interface DataFile {
  /** As the plan names it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FORMAT = "kehoach-source/1";

/** A name with something behind its last folder. */
const FileName = z.string().regex(/[^./\\][^/\\]*$/u);

/** What a manifest says, but its own hash. */
const MANIFEST = z.object({
  format: z.literal(FORMAT),
  profile: z.record(z.string(), z.unknown()).nullable(),
  templates: z.string(),
  fonts: z.array(z.string()),
  standards: z.array(z.string()),
  data: z.array(z.object({ name: FileName, sha256: z.string() })).optional(),
});

const encoder = new TextEncoder();

/** Everything of a record but the plan, with a hash over all of it. */
export function printManifest({ plan, ...rest }: SourceRecord): string {
  const data = rest.data.map(({ name, bytes }) => ({ name, sha256: printHash(hashBytes(bytes)) }));
  const facts = {
    format: FORMAT,
    profile: rest.profile,
    templates: rest.templates,
    fonts: rest.fonts,
    standards: rest.standards,
    ...(data.length === 0 ? {} : { data }),
  };
  return `${JSON.stringify({ ...facts, sha256: digest(plan, facts) }, null, 1)}\n`;
}

/** What a file holds of its source, not yet verified. */
export interface CarriedText {
  readonly plan: string;
  readonly manifest: string;
  readonly data: readonly DataFile[];
}

/**
 * Verify a plan, its data files and their manifest, as they were found in `file`.
 * Errors: the manifest is none of ours; what it lists does not agree with its hashes.
 */
export function readManifest(found: CarriedText, file: string): Outcome<SourceRecord> {
  const { plan, manifest, data: files } = found;
  const parsed = parseJson(manifest);
  if (typeof parsed !== "object" || parsed === null) return fail([unknownSource(file)]);
  const { sha256, ...facts } = parsed as Readonly<Record<string, unknown>>;
  const checked = MANIFEST.safeParse(facts);
  if (!checked.success) return fail([unknownSource(file)]);
  // The hash is of the text as it was written, in its order.
  if (sha256 !== digest(plan, facts)) return fail([alteredSource(file)]);
  const { profile, templates, fonts, standards, data = [] } = checked.data;
  const listed = data.map(({ name, sha256: hash }) =>
    files.find((one) => one.name === name && printHash(hashBytes(one.bytes)) === hash),
  );
  if (!listed.every((one) => one !== undefined)) return fail([alteredSource(file)]);
  return succeed({ plan, profile, templates, fonts, standards, data: listed });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function digest(plan: string, facts: object): string {
  return printHash(hashBytes(encoder.encode(`${JSON.stringify(facts)}\n${plan}`)));
}

function unknownSource(file: string): Diagnostic {
  return fileError(
    "source-unknown",
    { file },
    both(
      "dữ liệu kèm theo không đúng dạng của kehoach",
      "the data inside is not of kehoach's form",
    ),
    both("tệp có thể do phiên bản mới hơn dựng", "the file may be of a newer version"),
  );
}

function alteredSource(file: string): Diagnostic {
  return fileError(
    "source-altered",
    { file },
    both(
      "dữ liệu kèm theo đã bị sửa: không khớp mã băm ghi trong tệp",
      "the data inside was altered: it does not agree with the hash in the file",
    ),
    both(
      "dùng bản gốc của tệp, hoặc tệp .yaml của kế hoạch",
      "use the original file, or the plan's .yaml file",
    ),
  );
}

/** A reader that keeps what it has read, for the files to carry. */
export function recordReads(readSibling: ReadSibling, kept: Map<string, DataFile>): ReadSibling {
  return (name) => {
    const file = readSibling(name);
    if (file.ok) kept.set(name, { name, bytes: file.value });
    return file;
  };
}
