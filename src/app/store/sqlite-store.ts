import { randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Kysely, SqliteDialect } from "kysely";
import { type Outcome, both, fail, fileError, succeed } from "../../base/diagnostic.js";
import { withoutMarks } from "../../base/text.js";
import { migrate } from "./migrations.js";
import type {
  OpenStore,
  PlanFacts,
  PlanFilter,
  PlanStore,
  PlanSummary,
  PlanVersion,
  SaveResult,
  StoredPlan,
} from "./plan-store.js";
import { openDatabase } from "./sqlite-driver.js";
import type { PlanRow, Tables } from "./tables.js";

/** Name of the database in the data folder. */
const DATABASE = "kehoach.sqlite";

/**
 * Plans in one SQLite file. Write-ahead log with full synchronisation: what was acknowledged
 * outlives a kill and a power cut.
 */
export const openSqliteStore: OpenStore = async (folder): Promise<Outcome<PlanStore>> => {
  try {
    mkdirSync(folder, { recursive: true });
    const database = openDatabase(join(folder, DATABASE));
    database.exec("pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on");
    const tables = new Kysely<Tables>({ dialect: new SqliteDialect({ database }) });
    await migrate(tables);
    return succeed(storeOver(tables));
  } catch {
    return fail([
      fileError(
        "data-folder",
        { file: folder },
        both("không mở được thư mục dữ liệu", "the data folder cannot be opened"),
        both(
          "kiểm tra quyền ghi, dung lượng đĩa; hoặc chọn thư mục khác: --data DIR",
          "check that it may be written and the disk is not full; or choose another: --data DIR",
        ),
      ),
    ]);
  }
};

const SUMMARY = [
  "id",
  "title",
  "agency",
  "year",
  "state",
  "number",
  "revision",
  "createdAt",
  "savedAt",
  "trashedAt",
] as const;

function now(): string {
  return new Date().toISOString();
}

function storeOver(tables: Kysely<Tables>): PlanStore {
  return {
    list: (filter) => list(tables, filter),
    read: (id) => read(tables, id),
    create: (text, facts) => create(tables, text, facts),
    save: (id, from, text, facts) =>
      change(tables, id, from, { text, ...facts, folded: foldedOf(facts) }),
    setState: (id, from, state) => change(tables, id, from, { state }),
    trash: (id) => setTrashed(tables, id, now()),
    restoreFromTrash: (id) => setTrashed(tables, id, null),
    versions: (id) => versions(tables, id),
    readVersion: (id, number) => readVersion(tables, id, number),
    keepVersion: (id, author, note) => keepVersion(tables, id, author, note),
    close: () => tables.destroy(),
  };
}

async function list(
  tables: Kysely<Tables>,
  { words, year, state, trash }: PlanFilter,
): Promise<readonly PlanSummary[]> {
  let query = tables
    .selectFrom("plans")
    .select(SUMMARY)
    .where("trashedAt", trash === "only" ? "is not" : "is", null);
  if (year !== null) query = query.where("year", "=", year);
  if (state !== null) query = query.where("state", "=", state);
  for (const word of withoutMarks(words).split(/\s+/u).filter(Boolean))
    query = query.where("folded", "like", `%${word.replace(/[%_]/gu, "")}%`);
  return query.orderBy("savedAt", "desc").limit(500).execute();
}

async function read(tables: Kysely<Tables>, id: string): Promise<StoredPlan | null> {
  const row = await tables
    .selectFrom("plans")
    .select([...SUMMARY, "text"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

async function create(tables: Kysely<Tables>, text: string, facts: PlanFacts): Promise<StoredPlan> {
  const at = now();
  const row: PlanRow = {
    id: randomUUID(),
    ...facts,
    state: "draft",
    revision: 1,
    createdAt: at,
    savedAt: at,
    trashedAt: null,
    text,
    folded: foldedOf(facts),
  };
  await tables.insertInto("plans").values(row).execute();
  const { folded: _folded, ...stored } = row;
  return stored;
}

/**
 * Change a plan if it is still at the revision that the change was made from. What was issued stays
 * as it is.
 */
async function change(
  tables: Kysely<Tables>,
  id: string,
  from: number,
  changed: Partial<Pick<PlanRow, "text" | "state" | "folded" | keyof PlanFacts>>,
): Promise<SaveResult> {
  const savedAt = now();
  const query = tables
    .updateTable("plans")
    .set({ ...changed, savedAt, revision: from + 1 })
    .where("id", "=", id)
    .where("revision", "=", from)
    .where("state", "<>", "issued");
  const { numUpdatedRows } = await query.executeTakeFirst();
  if (numUpdatedRows > 0n) return { kind: "saved", revision: from + 1, savedAt };
  const there = await read(tables, id);
  if (there === null) return { kind: "missing" };
  return there.state === "issued"
    ? { kind: "frozen" }
    : { kind: "conflict", revision: there.revision };
}

async function setTrashed(tables: Kysely<Tables>, id: string, at: string | null): Promise<void> {
  await tables.updateTable("plans").set({ trashedAt: at }).where("id", "=", id).execute();
}

async function versions(tables: Kysely<Tables>, id: string): Promise<readonly PlanVersion[]> {
  return tables
    .selectFrom("versions")
    .select(["number", "at", "author", "note", "state"])
    .where("planId", "=", id)
    .orderBy("number", "desc")
    .execute();
}

async function readVersion(
  tables: Kysely<Tables>,
  id: string,
  number: number,
): Promise<string | null> {
  const row = await tables
    .selectFrom("versions")
    .select("text")
    .where("planId", "=", id)
    .where("number", "=", number)
    .executeTakeFirst();
  return row?.text ?? null;
}

async function keepVersion(
  tables: Kysely<Tables>,
  id: string,
  author: string,
  note: string,
): Promise<PlanVersion | null> {
  const plan = await read(tables, id);
  if (plan === null) return null;
  const last = await tables
    .selectFrom("versions")
    .select(({ fn }) => fn.max("number").as("number"))
    .where("planId", "=", id)
    .executeTakeFirst();
  const number = Number(last?.number ?? 0) + 1;
  const version: PlanVersion = { number, at: now(), author, note, state: plan.state };
  await tables
    .insertInto("versions")
    .values({ planId: id, ...version, text: plan.text })
    .execute();
  return version;
}

/** What a search looks in: without marks, so that "de an" finds "Đề án". */
function foldedOf({ title, agency, number }: PlanFacts): string {
  return withoutMarks(`${title} ${agency} ${number ?? ""}`);
}
