import { hashBytes, printHash } from "../base/sha256.js";
import type { ReadSibling, TemplateSet } from "../base/world.js";

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

/** Names under which a PDF carries them. */
export const PLAN_NAME = "plan.yaml";
export const MANIFEST_NAME = "kehoach.json";

const FORMAT = "kehoach-source/1";
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
  return `${JSON.stringify({ ...facts, sha256: seal(plan, facts) }, null, 1)}\n`;
}

/**
 * The record of a plan, its data files and their manifest; "altered" when they do not belong
 * together, "unknown" when the manifest is none.
 */
export function readManifest(
  plan: string,
  manifest: string,
  files: readonly DataFile[],
): SourceRecord | "altered" | "unknown" {
  let parsed: unknown;
  try {
    parsed = JSON.parse(manifest);
  } catch {
    return "unknown";
  }
  if (
    typeof parsed !== "object" ||
    parsed === null ||
    (parsed as { format?: unknown }).format !== FORMAT
  )
    return "unknown";
  const { sha256, ...facts } = parsed as Record<string, unknown>;
  if (sha256 !== seal(plan, facts)) return "altered";
  const {
    profile,
    templates,
    fonts,
    standards,
    data = [],
  } = facts as unknown as Omit<SourceRecord, "data"> & {
    readonly data?: readonly { readonly name: string; readonly sha256: string }[];
  };
  const found = data.map(({ name, sha256 }) =>
    files.find((file) => file.name === name && printHash(hashBytes(file.bytes)) === sha256),
  );
  if (!found.every((file) => file !== undefined)) return "altered";
  return { plan, profile, templates, fonts, standards, data: found };
}

function seal(plan: string, facts: object): string {
  return printHash(hashBytes(encoder.encode(`${JSON.stringify(facts)}\n${plan}`)));
}

const hashes = new WeakMap<TemplateSet, string>();

/** One hash for a set of templates: the version of a document's form. */
export function hashTemplates(templates: TemplateSet): string {
  const known = hashes.get(templates);
  if (known) return known;
  const names = [...templates.keys()].sort();
  const hash = printHash(
    hashBytes(
      encoder.encode(
        names.map((name) => `${name}\n${templates.get(name)?.text ?? ""}`).join("\u0000"),
      ),
    ),
  );
  hashes.set(templates, hash);
  return hash;
}

/**
 * A file inside a file, with what it is to the whole. Source: ISO 32000-2, 14.13 (AFRelationship).
 */
export interface Attachment {
  readonly name: string;
  readonly mimeType: string;
  readonly description: string;
  readonly relationship: "Source" | "Supplement" | "Data";
  readonly bytes: Uint8Array;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xls: "application/vnd.ms-excel",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  csv: "text/csv",
  yaml: "application/yaml",
};

/** What a PDF carries of its plan: the plan, its manifest, and the files it took rows from. */
export function sourceFiles({ plan, data }: SourceRecord, manifest: string): Attachment[] {
  return [
    {
      name: PLAN_NAME,
      mimeType: "application/yaml",
      description: "Dữ liệu của kế hoạch",
      relationship: "Source",
      bytes: encoder.encode(plan),
    },
    {
      name: MANIFEST_NAME,
      mimeType: "application/json",
      description: "Mẫu, thể thức, phông chữ đã dùng; mã băm",
      relationship: "Supplement",
      bytes: encoder.encode(manifest),
    },
    ...data.map(({ name, bytes }): Attachment => ({
      name,
      mimeType:
        MIME_TYPES[/\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? ""] ?? "application/octet-stream",
      description: "Bảng tính mà kế hoạch lấy số liệu",
      relationship: "Data",
      bytes,
    })),
  ];
}

/** A reader that keeps what it has read, for the files to carry. */
export function recordReads(readSibling: ReadSibling, kept: Map<string, DataFile>): ReadSibling {
  return (name) => {
    const file = readSibling(name);
    if (file.ok) kept.set(name, { name, bytes: file.value });
    return file;
  };
}
