import { ownValue } from "../base/own-value.js";
import type { SourceRecord } from "./source-record.js";

/** Names under which a PDF carries them. */
export const PLAN_NAME = "plan.yaml";
export const MANIFEST_NAME = "kehoach.json";

const encoder = new TextEncoder();

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
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
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
        ownValue(MIME_TYPES, /\.(\w+)$/u.exec(name)?.[1]?.toLowerCase() ?? "") ??
        "application/octet-stream",
      description: /\.(?:png|jpe?g)$/iu.test(name)
        ? "Ảnh trong kế hoạch"
        : "Bảng tính mà kế hoạch lấy số liệu",
      relationship: "Data",
      bytes,
    })),
  ];
}
