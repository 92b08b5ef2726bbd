import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { isNumber } from "../../tables/data-table.js";
import { reconcile } from "../../tables/reconcile.js";
import { unitNames } from "../../tables/assignee-share.js";
import { type Diagnostic, both, fileError } from "../../base/diagnostic.js";
import { formatDecimal, plainDecimal } from "../../base/numbers.js";
import { hashBytes, printHash } from "../../base/sha256.js";
import { slugOf } from "../../base/text.js";
import type { World } from "../../base/world.js";
import {
  DEFAULT_OPTIONS,
  type Format,
  type OpenedPlan,
  makeFiles,
  openPlan,
} from "../../roads/build.js";
import { extractPlan } from "../../extracts/extract-plan.js";
import { type BuildOptions, type Done, SUFFIX, askedFormats, eachPlan } from "./build.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** What the manifest says it is. */
const FORMAT = "kehoach-extracts/1";

/** An extract as the manifest lists it. Numbers are written out in full: "1250.5". */
interface Listed {
  readonly unit: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
  readonly tables: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * Build what each unit is given, every unit that the tables divide among, into a folder named after
 * the plan; and a manifest that lists the files with their hashes and numbers, and shows that they
 * add up to the plan's totals. All or nothing is written.
 */
export async function makeExtracts(
  plans: readonly string[],
  options: BuildOptions,
  streams: Streams,
): Promise<ExitCode> {
  const words = WORDS[options.lang];
  const formats = askedFormats(options, streams);
  if (formats === null) return EXIT.usage;
  return eachPlan(plans, options, streams, async (input, world) => {
    const opened = await openPlan(input, world);
    if (!opened.ok) return opened.problems;
    const folder = join(
      options.out ?? dirname(input.path),
      `${basename(input.path, extname(input.path))}-trich`,
    );
    const made = await writeAll(opened.value, formats, folder, world, streams);
    if ("problems" in made) return made.problems;
    return {
      paths: [words.extractsDone(made.units, folder)],
      pages: made.pages,
      warnings: opened.problems,
    } satisfies Done;
  });
}

type Written =
  { readonly units: number; readonly pages: number } | { readonly problems: readonly Diagnostic[] };

async function writeAll(
  opened: OpenedPlan,
  formats: readonly Format[],
  folder: string,
  world: World,
  streams: Streams,
): Promise<Written> {
  const { plan, input } = opened;
  const units = unitNames(plan.dataTables);
  if (units.length === 0)
    return {
      problems: [
        fileError(
          "no-units",
          { file: input.file },
          both("không bảng nào của kế hoạch có cột tên đơn vị", "no table of the plan names units"),
          both(
            "khai báo key: cho cột tên đơn vị của bảng",
            "give the table a key: the column of units",
          ),
        ),
      ],
    };
  // Written beside its place, and moved there when all is done.
  const waiting = `${folder}.kehoach-${process.pid}.tmp`;
  const parentIsNew = !existsSync(dirname(folder));
  const giveUp = (): void =>
    rmSync(parentIsNew ? dirname(folder) : waiting, { recursive: true, force: true });
  const listed: Listed[] = [];
  const shares: OpenedPlan["plan"]["dataTables"][] = [];
  const taken = new Set<string>();
  let pages = 0;
  try {
    mkdirSync(waiting, { recursive: true });
    for (const [index, unit] of units.entries()) {
      if (streams.live) streams.err(`\r\u001b[K[${index + 1}/${units.length}] ${unit}`);
      const extract = extractPlan(plan, unit);
      if (extract === null) continue;
      const made = await makeFiles({ ...opened, plan: extract }, formats, world, {
        ...DEFAULT_OPTIONS,
        source: "left-out",
      });
      if (!made.ok) {
        giveUp();
        return { problems: made.problems };
      }
      const stem = freeName(slugOf(unit) || `don-vi-${index + 1}`, taken);
      const files = [...made.value.files].map(([format, bytes]) => {
        const name = `${stem}${SUFFIX[format]}`;
        writeFileSync(join(waiting, name), bytes);
        return { name, sha256: printHash(hashBytes(bytes)) };
      });
      shares.push(extract.dataTables);
      listed.push({ unit, files, tables: numbersOf(extract.dataTables) });
      pages += made.value.pages;
    }
    const totals = reconcile(plan.dataTables.values(), shares);
    const off = totals.find(({ agrees }) => !agrees);
    if (off) {
      giveUp();
      return {
        problems: [
          fileError(
            "extracts-off",
            { file: input.file },
            both(
              `bảng ${off.table}, cột “${off.title}”: kế hoạch giao ${formatDecimal(off.total)}, các đơn vị cộng lại ${formatDecimal(off.ofUnits)}`,
              `table ${off.table}, column “${off.title}”: the plan gives ${formatDecimal(off.total)}, the units add up to ${formatDecimal(off.ofUnits)}`,
            ),
            both(
              "mỗi dòng có số phải có tên đơn vị ở cột key",
              "every row with numbers needs a unit in the key column",
            ),
          ),
        ],
      };
    }
    const manifest = {
      format: FORMAT,
      plan: basename(input.file),
      sha256: printHash(hashBytes(new TextEncoder().encode(input.text))),
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
    writeFileSync(join(waiting, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
    replaceFiles(folder, waiting);
    return { units: listed.length, pages };
  } catch (error) {
    giveUp();
    const code = error instanceof Error && "code" in error ? String(error.code) : null;
    if (code === null) throw error;
    return {
      problems: [
        fileError(
          "output-unwritable",
          { file: folder },
          both(`không ghi được (${code})`, `cannot be written (${code})`),
          both(
            "kiểm tra thư mục sau -o: có quyền ghi, còn chỗ",
            "check the folder after -o: writable, with space",
          ),
        ),
      ],
    };
  } finally {
    if (streams.live) streams.err("\r\u001b[K");
  }
}

/**
 * Move new files into their folder. Of what is there, only extracts that an earlier manifest lists
 * are taken away.
 */
function replaceFiles(folder: string, waiting: string): void {
  mkdirSync(folder, { recursive: true });
  for (const name of listedBefore(folder)) rmSync(join(folder, basename(name)), { force: true });
  for (const name of readdirSync(waiting)) renameSync(join(waiting, name), join(folder, name));
  rmSync(waiting, { recursive: true, force: true });
}

function listedBefore(folder: string): string[] {
  try {
    const before = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")) as {
      readonly format?: unknown;
      readonly units?: readonly Listed[];
    };
    return before.format === FORMAT
      ? (before.units ?? []).flatMap(({ files }) => files.map(({ name }) => name))
      : [];
  } catch {
    return [];
  }
}

function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}-${count}`;
  taken.add(free);
  return free;
}

/** A unit's numbers by table and column. */
function numbersOf(dataTables: OpenedPlan["plan"]["dataTables"]): Listed["tables"] {
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
