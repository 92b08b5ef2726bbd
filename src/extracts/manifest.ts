import { z } from "zod";
import {
  type Diagnostic,
  type Outcome,
  both,
  fail,
  fileError,
  succeed,
} from "../base/diagnostic.js";
import { formatDecimal, plainDecimal } from "../base/numbers.js";
import { hashBytes, printHash } from "../base/sha256.js";
import { sealJson } from "../seals/seal-text.js";
import { isNumber } from "../tables/data-table.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { type Reconciled, reconcile } from "../tables/reconcile.js";

/** What the manifest says it is. */
const MANIFEST_FORMAT = "kehoach-extracts/1";
export const MANIFEST_FILE = "manifest.json";

/** An extract as the manifest lists it. Numbers are written out in full: "1250.5". */
export interface ListedExtract {
  readonly unit: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The plan that extracts were made from. */
interface ExtractedPlan {
  readonly file: string;
  readonly text: string;
}

/**
 * The manifest of a plan's extracts, as UTF-8 JSON: every file with its hash and numbers, and that
 * they add up to the plan's totals.
 * Errors: they do not add up.
 */
export function writeManifest(
  plan: EvaluatedPlan,
  { file, text }: ExtractedPlan,
  listed: readonly ListedExtract[],
  shares: readonly EvaluatedPlan["dataTables"][],
): Outcome<Uint8Array> {
  const encoder = new TextEncoder();
  const totals = reconcile(plan.dataTables.values(), shares);
  const off = totals.find(({ agrees }) => !agrees);
  if (off) return fail([doesNotAddUp(file, off)]);
  const manifest = {
    format: MANIFEST_FORMAT,
    plan: file.replace(/^.*[\\/]/u, ""),
    sha256: printHash(hashBytes(encoder.encode(text))),
    units: listed,
    totals: totals.map(({ table, column, title, total, ofUnits, agrees }) => ({
      table,
      column,
      title,
      plan: plainDecimal(total),
      units: plainDecimal(ofUnits),
      agrees,
    })),
  };
  return succeed(encoder.encode(sealJson(manifest)));
}

function doesNotAddUp(file: string, { table, title, total, ofUnits }: Reconciled): Diagnostic {
  const [whole, sum] = [formatDecimal(total), formatDecimal(ofUnits)];
  return fileError(
    "extracts-off",
    { file },
    both(
      `bảng ${table}, cột “${title}”: kế hoạch giao ${whole}, các đơn vị cộng lại ${sum}`,
      `table ${table}, column “${title}”: the plan gives ${whole}, the units add up to ${sum}`,
    ),
    both(
      "mỗi dòng có số phải có tên đơn vị ở cột key",
      "every row with numbers needs a unit in the key column",
    ),
  );
}

/** An assignee's numbers by table and column. */
export function numbersOf(dataTables: EvaluatedPlan["dataTables"]): ListedExtract["tables"] {
  return Object.fromEntries(
    [...dataTables].map(([id, { columns, totals }]) => [
      id,
      Object.fromEntries(
        columns.flatMap(({ spec, numeric }, index) => {
          const value = totals[index];
          return spec.show && numeric && isNumber(value) ? [[spec.id, plainDecimal(value)]] : [];
        }),
      ),
    ]),
  );
}

/** What of an earlier manifest is read again. */
const EARLIER = z.object({
  format: z.literal(MANIFEST_FORMAT),
  units: z.array(z.object({ files: z.array(z.object({ name: z.string() })) })),
});

/** Names of the files that an earlier manifest lists; none when it is not one of ours. */
export function filesOfManifest(text: string): readonly string[] {
  try {
    const { units } = EARLIER.parse(JSON.parse(text));
    return units.flatMap(({ files }) => files.map(({ name }) => name));
  } catch {
    return [];
  }
}
