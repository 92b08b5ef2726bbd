import { expect, test } from "@jest/globals";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { importCircles, importedFile, importedNames } from "./support/import-circles.js";

/** Rooms below the roads. */
const ALL_ROOMS = [
  "base",
  "plan",
  "knowledge",
  "document",
  "typeface",
  "pictures",
  "allocation",
  "tables",
  "resolve",
  "template",
  "layout",
  "checks",
  "extracts",
  "workbook",
  "archives",
  "seals",
  "carried",
  "writers",
  "reading",
];

/** Rooms of src/, and what each may import: other rooms, and packages. Imports point down only. */
const ROOMS: Readonly<
  Record<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }>
> = {
  base: { rooms: [], packages: ["fastest-levenshtein", "@noble/hashes", "fflate"] },
  plan: { rooms: ["base"], packages: ["zod", "yaml", "js-yaml", "date-fns"] },
  knowledge: { rooms: ["base", "plan"], packages: [] },
  document: { rooms: ["base"], packages: [] },
  typeface: { rooms: ["base"], packages: ["fontkit"] },
  pictures: { rooms: ["base"], packages: ["fast-png"] },
  allocation: { rooms: ["base", "plan"], packages: [] },
  tables: { rooms: ["base", "plan", "allocation"], packages: [] },
  resolve: { rooms: ["base", "plan", "tables"], packages: [] },
  template: {
    rooms: ["base", "plan", "tables", "resolve", "document"],
    packages: ["handlebars", "saxes"],
  },
  layout: { rooms: ["base", "document", "typeface", "pictures"], packages: [] },
  checks: { rooms: ["base", "plan", "tables", "document", "layout", "writers"], packages: [] },
  extracts: { rooms: ["base", "plan", "tables", "resolve", "seals"], packages: ["zod"] },
  workbook: { rooms: ["base", "plan", "tables", "resolve"], packages: [] },
  archives: { rooms: ["base"], packages: ["fflate"] },
  seals: { rooms: ["base", "archives"], packages: ["fflate"] },
  carried: { rooms: ["base", "archives"], packages: ["fflate", "pdf-lib", "saxes", "zod"] },
  "writers/docx": {
    rooms: ["base", "document", "typeface", "pictures", "layout", "seals", "carried"],
    packages: ["docx", "fflate"],
  },
  "writers/pdf": {
    rooms: ["base", "document", "layout", "typeface", "pictures", "seals", "carried"],
    packages: ["pdf-lib"],
  },
  "writers/xlsx": { rooms: ["base", "workbook", "seals"], packages: [] },
  "writers/text": { rooms: ["base", "document"], packages: [] },
  reading: {
    rooms: ["base", "plan", "document", "knowledge", "archives", "seals"],
    packages: ["fflate", "pdf-lib", "saxes", "@e965/xlsx", "csv-parse", "unpdf"],
  },
  roads: { rooms: ALL_ROOMS, packages: [] },
  "app/store": { rooms: ["base"], packages: ["kysely"] },
  "app/preview": {
    rooms: ["base", "plan", "document", "typeface", "layout", "tables", "resolve", "roads"],
    packages: ["zod", "kehoach:prepared"],
  },
  // What runs in the page sees of the core only what edits plans.
  "app/web": {
    rooms: [
      "base",
      "plan",
      "app/preview/messages.ts",
      "app/store/plan-store.ts",
      "roads/read-pasted.ts",
    ],
    packages: ["react", "react-dom"],
  },
  "app/server": {
    rooms: [...ALL_ROOMS, "roads", "app/store", "app/disk-world.ts", "app/home.ts"],
    packages: ["hono", "@hono/node-server", "zod", "fflate"],
  },
  app: { rooms: [...ALL_ROOMS, "roads", "app/server"], packages: ["commander", "zod"] },
};

/** A file holds one idea; what is longer holds several. */
const MAX_LINES = 400;

/** Files that are longer and may be, until they are taken apart. Take out what no longer is. */
const LONG_FILES: readonly string[] = [
  "plan/read-yaml.ts",
  "tables/evaluate-plan.ts",
  "template/build-tree.ts",
];

/** Words the core may not use, and why. */
const BANNED: readonly (readonly [RegExp, string])[] = [
  [/new Date\(\)|Date\.now/u, "the core has no clock: the same input gives the same bytes"],
  [/Math\.random/u, "the core throws no dice"],
  [/\bIntl\.|toLocale/u, "the machine's locale must not show in a document"],
  [/console\./u, "findings are values; only app/ talks to people"],
  [/\bprocess\.|from "node:/u, "the core also runs in a browser"],
  [/export default/u, "an export has one name"],
  [/:\s*any\b|as any\b|<any>/u, "any switches the compiler off"],
];

const files = readdirSync("src", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/u.test(file) && !file.endsWith(".d.ts"))
  .sort();
const roomOf = (file: string): string =>
  Object.keys(ROOMS).find((room) => file.startsWith(`${room}/`)) ?? file;

const textOf = (file: string): string => readFileSync(join("src", file), "utf8");

test.each(files.filter((file) => file in ROOMS || roomOf(file) !== file))(
  "src/%s imports only what its room may",
  (file) => {
    const room = ROOMS[roomOf(file)] ?? { rooms: [], packages: [] };
    const isFrom = (name: string, allowed: readonly string[]): boolean =>
      allowed.some((start) => name === start || name.startsWith(`${start}/`));
    const forbidden = importedNames(textOf(file)).filter((name) => {
      if (name.startsWith("node:")) return false;
      if (!name.startsWith(".")) return !isFrom(name, room.packages);
      const target = importedFile(file, name);
      return roomOf(target) !== roomOf(file) && !isFrom(target, room.rooms);
    });
    expect(forbidden).toEqual([]);
  },
);

test("no files of src/ import each other in a circle", () => {
  const graph = files.map((file) => {
    const names = importedNames(textOf(file)).filter((name) => name.startsWith("."));
    return [file, names.map((name) => importedFile(file, name))] as const;
  });
  expect(importCircles(new Map(graph))).toEqual([]);
});

test("circles are found and named", () => {
  const graph = new Map([
    ["a.ts", ["b.ts", "d.ts"]],
    ["b.ts", ["c.ts"]],
    ["c.ts", ["a.ts", "b.ts"]],
    ["d.ts", ["e.ts"]],
    ["e.ts", []],
    ["f.ts", ["f.ts"]],
  ]);
  expect(importCircles(graph)).toEqual(["a.ts → b.ts → c.ts → a.ts", "f.ts → f.ts"]);
});

test(`no other file of src/ has more than ${MAX_LINES} lines`, () => {
  const long = files.filter((file) => textOf(file).split("\n").length - 1 > MAX_LINES);
  expect(long).toEqual(LONG_FILES);
});

test("every file of src/ belongs to a room or is the road itself", () => {
  expect(files.filter((file) => roomOf(file) === file)).toEqual(["index.ts"]);
});

test.each(BANNED.map(([pattern, reason]) => [reason, pattern] as const))(
  "%s",
  (_reason, pattern) => {
    const core = files.filter((file) => !file.startsWith("app/"));
    expect(core.filter((file) => pattern.test(withoutComments(textOf(file))))).toEqual([]);
  },
);

test("templates print nothing unescaped", () => {
  const templates = readdirSync("templates").filter((file) => file.endsWith(".hbs"));
  expect(templates.length).toBeGreaterThan(8);
  expect(
    templates.filter((file) => /\{\{\{|\{\{&/u.test(readFileSync(join("templates", file), "utf8"))),
  ).toEqual([]);
});

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, "");
}
