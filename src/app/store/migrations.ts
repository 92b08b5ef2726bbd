import { type Kysely, type Migration, Migrator } from "kysely";
import type { Tables } from "./tables.js";

/** Every form the database has had, in order. What is here is never changed, only added to. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  "001-plans": {
    async up(tables: Kysely<unknown>) {
      await tables.schema
        .createTable("plans")
        .addColumn("id", "text", (column) => column.primaryKey())
        .addColumn("title", "text", (column) => column.notNull())
        .addColumn("agency", "text", (column) => column.notNull())
        .addColumn("year", "integer")
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("number", "text")
        .addColumn("revision", "integer", (column) => column.notNull())
        .addColumn("createdAt", "text", (column) => column.notNull())
        .addColumn("savedAt", "text", (column) => column.notNull())
        .addColumn("trashedAt", "text")
        .addColumn("text", "text", (column) => column.notNull())
        .addColumn("folded", "text", (column) => column.notNull())
        .execute();
      await tables.schema
        .createTable("versions")
        .addColumn("planId", "text", (column) => column.notNull().references("plans.id"))
        .addColumn("number", "integer", (column) => column.notNull())
        .addColumn("at", "text", (column) => column.notNull())
        .addColumn("author", "text", (column) => column.notNull())
        .addColumn("note", "text", (column) => column.notNull())
        .addColumn("state", "text", (column) => column.notNull())
        .addColumn("text", "text", (column) => column.notNull())
        .addPrimaryKeyConstraint("versions-key", ["planId", "number"])
        .execute();
    },
  },
};

/** Bring the database to today's form. Errors: throws what the database throws. */
export async function migrate(tables: Kysely<Tables>): Promise<void> {
  const migrator = new Migrator({
    db: tables,
    provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error instanceof Error) throw error;
  if (error !== undefined) throw new Error("the database could not be migrated");
}
