import { createRequire } from "node:module";
import type { SqliteDatabase } from "kysely";

type Row = Record<string, unknown>;

/** What is used of the SQLite that Node.js has from version 22 on. */
interface NodeSqlite {
  readonly DatabaseSync: new (file: string) => NodeDatabase;
}

interface NodeDatabase {
  exec(sql: string): void;
  close(): void;
  prepare(sql: string): {
    all(...values: readonly unknown[]): Row[];
    run(...values: readonly unknown[]): {
      readonly changes: number | bigint;
      readonly lastInsertRowid: number | bigint;
    };
  };
}

/** A database as drivers of the better-sqlite3 family give it, libsql among them. */
interface LibsqlModule {
  new (file: string): SqliteDatabase & { exec(sql: string): void };
}

/** An open SQLite database, for the query builder and for settings of the connection. */
export type OpenDatabase = SqliteDatabase & { exec(sql: string): void };

/**
 * Open a SQLite database: with the driver of the Node.js at hand (22 and newer), or libsql.
 * Errors: throws what the driver throws when the file cannot be opened.
 */
export function openDatabase(file: string): OpenDatabase {
  const require = createRequire(import.meta.url);
  const own = nodeSqlite(require);
  return own === null
    ? new (require("libsql") as LibsqlModule)(file)
    : adapted(new own.DatabaseSync(file));
}

function nodeSqlite(require: NodeJS.Require): NodeSqlite | null {
  if (Number(process.versions.node.split(".")[0]) < 22) return null;
  try {
    return require("node:sqlite") as NodeSqlite;
  } catch {
    return null;
  }
}

/** Statements that give rows. */
const READS = /^\s*(?:select|with|pragma)\b|\breturning\b/iu;

function adapted(database: NodeDatabase): OpenDatabase {
  return {
    exec: (sql) => database.exec(sql),
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql);
      return {
        reader: READS.test(sql),
        all: (given) => statement.all(...given),
        run(given) {
          const { changes, lastInsertRowid } = statement.run(...given);
          return { changes: Number(changes), lastInsertRowid };
        },
        *iterate(given) {
          yield* statement.all(...given);
        },
      };
    },
  };
}
