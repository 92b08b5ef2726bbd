import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { hashBytes, printHash } from "../src/base/sha256.js";
import { checkPlan } from "../src/index.js";
import { dedent, yaml } from "./support/dedent.js";
import { productWorld } from "./support/product.js";

/** Files from somebody else: what they may write, read, and fill the memory with. */
const COMMAND = resolve("dist/cli/main.cjs");
const world = productWorld();
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-untrusted-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: string[]): string => join(folder, ...names);

function kehoach(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
  });
}

function planOf(more: string): string {
  return `kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\nsubject: Thử\n${more}\n`;
}

const TABLE = dedent`
  tables:
    t:
      key: xa
      columns: [{ id: xa, title: Xã }, { id: ho, title: Hộ, kind: count }]
      rows: { file: FILE }
  body: [{ table: t }]
`;
const tableFrom = (file: string): string => planOf(TABLE.replace("FILE", file));

/** A Word file of ours with a plan, and whatever somebody put into it under whatever names. */
function wordFile(
  plan: string,
  names: readonly string[],
  change: (manifest: Record<string, unknown>) => unknown = (manifest) => manifest,
): Uint8Array {
  writeFileSync(at("make.yaml"), planOf("body: [Một.]"));
  expect(kehoach("build", "make.yaml", "--to", "docx", "-o", "made").status).toBe(0);
  const parts = unzipSync(readFileSync(at("made", "make.docx")));
  const part = strFromU8(parts["customXml/item1.xml"] ?? new Uint8Array());
  const manifest = /<manifest>([^<]*)</u.exec(part)?.[1]?.replaceAll("&quot;", '"') ?? "{}";
  const { sha256: _old, ...facts } = JSON.parse(manifest) as Record<string, unknown>;
  const bytes = strToU8("xa,ho\nXã A,5\n");
  const data = names.map((name) => ({ name, sha256: printHash(hashBytes(bytes)) }));
  const forged = change({ ...facts, data });
  const sha256 = printHash(hashBytes(strToU8(`${JSON.stringify(forged)}\n${plan}`)));
  const printed =
    typeof forged === "object" && forged !== null && !Array.isArray(forged)
      ? { ...forged, sha256 }
      : forged;
  const escape = (text: string): string =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const base64 = Buffer.from(bytes).toString("base64");
  parts["customXml/item1.xml"] = strToU8(
    `<source xmlns="urn:kehoach:source:1"><manifest>${escape(JSON.stringify(printed))}</manifest>` +
      `<plan encoding="text">${escape(plan)}</plan>` +
      names.map((name) => `<data name="${escape(name)}">${base64}</data>`).join("") +
      "</source>",
  );
  rmSync(at("made"), { recursive: true });
  return zipSync(parts);
}

function filesUnder(name: string): readonly string[] {
  if (!existsSync(at(name))) return [];
  return readdirSync(at(name), { recursive: true, encoding: "utf8" }).sort();
}

describe("what a made file carries", () => {
  const NAMES = [
    ".git/hooks/post-checkout",
    ".bashrc",
    "../../escaped.csv",
    "/tmp/absolute.csv",
    "a\\..\\..\\win.csv",
    "C:\\win.csv",
    "C:win.csv",
    "con.csv",
    "nul",
    "khong-nhac.csv",
    "so-lieu.exe",
    "so-lieu.csv ",
    "so-lieu.csv:x.csv",
    "plan.yaml",
    "m.yaml",
    "M.YAML",
    "m.source.json",
    "so-lieu.csv",
    "SO-LIEU.CSV",
  ];

  test.each(["import", "extract"])(
    "%s writes only what the plan names, and says what it left out",
    (command) => {
      writeFileSync(at("m.docx"), wordFile(tableFrom("so-lieu.csv"), NAMES));
      const { status, stdout, stderr } = kehoach(command, "m.docx", "-o", "d/");
      expect([status, stderr.includes("lỗi của chương trình")]).toEqual([0, false]);
      const manifest = command === "extract" ? ["m.source.json"] : [];
      expect(filesUnder("d")).toEqual([...manifest, "m.yaml", "so-lieu.csv"]);
      expect(readFileSync(at("d", "m.yaml"), "utf8")).toBe(tableFrom("so-lieu.csv"));
      expect(stdout + stderr).toContain('".bashrc"');
      expect(readdirSync(folder).sort()).toEqual(["d", "m.docx", "make.yaml"]);
    },
  );

  test("a plan that names dangerous files gets none of them either", () => {
    const cited = NAMES.filter((name) => !name.startsWith("so-lieu.csv"));
    const tables = cited.map(
      (name, index) =>
        `  t${index}: { key: xa, columns: [{ id: xa, title: Xã }], rows: { file: ${JSON.stringify(name)} } }`,
    );
    const plan = planOf(`tables:\n${tables.join("\n")}\nbody: [Một.]`);
    writeFileSync(at("m.docx"), wordFile(plan, cited));
    expect(kehoach("import", "m.docx", "-o", "d/").status).toBe(0);
    const written = filesUnder("d");
    // Bare names of kinds that plans take rows from; nothing hidden, nothing of a device.
    expect(written).toEqual([
      "SO-LIEU.CSV",
      "absolute.csv",
      "escaped.csv",
      "khong-nhac.csv",
      "m.source.json",
      "m.yaml",
      "plan.yaml",
      "win.csv",
    ]);
    expect(readFileSync(at("d", "m.yaml"), "utf8")).toBe(plan);
  });

  const shapes: readonly (readonly [string, (manifest: Record<string, unknown>) => unknown])[] = [
    ["a list", () => []],
    ["a number", () => 7],
    ["null", () => null],
    ["no fonts", ({ fonts: _none, ...rest }) => rest],
    ["fonts that are words", (manifest) => ({ ...manifest, fonts: "Times" })],
    ["standards that are numbers", (manifest) => ({ ...manifest, standards: [3] })],
    ["a profile that is a list", (manifest) => ({ ...manifest, profile: [1] })],
    ["data that is a word", (manifest) => ({ ...manifest, data: "x" })],
    ["data that is null", (manifest) => ({ ...manifest, data: null })],
    ["data of nulls", (manifest) => ({ ...manifest, data: [null] })],
    ["a name that is a number", (manifest) => ({ ...manifest, data: [{ name: 5, sha256: "" }] })],
    ["a name that is a folder", (manifest) => ({ ...manifest, data: [{ name: ".", sha256: "" }] })],
    ["another format", (manifest) => ({ ...manifest, format: "kehoach-source/9" })],
  ];
  test.each(shapes)("a manifest that is %s is told, whatever is done with it", (_name, change) => {
    writeFileSync(at("m.docx"), wordFile(planOf("body: [Một.]"), [], change));
    for (const command of ["build", "import", "extract", "check"]) {
      const out = command === "check" ? [] : ["-o", "d"];
      const { status, stdout, stderr } = kehoach(command, "m.docx", ...out);
      expect([command, status, stdout]).toEqual([command, 1, ""]);
      expect(stderr).toContain("dữ liệu kèm theo không đúng dạng của kehoach");
      expect(existsSync(at("d"))).toBe(false);
    }
  });

  test("files from folders are carried under their bare names, and found again", () => {
    mkdirSync(at("so-lieu"));
    writeFileSync(at("so-lieu", "xa.csv"), "xa,ho\nXã A,5\n");
    writeFileSync(at("a.yaml"), tableFrom("so-lieu/xa.csv"));
    expect(kehoach("build", "a.yaml", "-o", "ra").status).toBe(0);
    expect(kehoach("import", "ra/a.docx", "-o", "lai/").status).toBe(0);
    expect(filesUnder("lai")).toEqual(["a.yaml", "xa.csv"]);
    expect(kehoach("build", "lai/a.yaml", "-o", "lan2").status).toBe(0);
    expect(readFileSync(at("lan2", "a.pdf")).equals(readFileSync(at("ra", "a.pdf")))).toBe(true);
  });

  test("two files of one name cannot both be carried", () => {
    for (const [name, rows] of [
      ["mot", "Xã A,5"],
      ["hai", "Xã A,6"],
    ] as const) {
      mkdirSync(at(name));
      writeFileSync(at(name, "xa.csv"), `xa,ho\n${rows}\n`);
    }
    const second = TABLE.replace("tables:\n  t:", "  u:").replace(/\nbody.*$/su, "");
    writeFileSync(
      at("a.yaml"),
      planOf(
        TABLE.replace("FILE", "mot/xa.csv").replace(
          "\nbody",
          `\n${second.replace("FILE", "hai/xa.csv")}\nbody`,
        ),
      ),
    );
    const { status, stderr } = kehoach("build", "a.yaml", "--format", "short");
    expect([status, stderr]).toEqual([
      1,
      "a.yaml:1:1: lỗi: “mot/xa.csv” và “hai/xa.csv” trùng tên, không mang theo cả hai được\n",
    ]);
    expect(kehoach("build", "a.yaml", "--no-source").status).toBe(0);
  });
});

describe("files that a plan names", () => {
  beforeEach(() => {
    mkdirSync(at("p"));
    mkdirSync(at("secret"));
    writeFileSync(at("secret", "luong.csv"), "xa,ho\nXã Bí mật,12345\n");
  });

  test.each([
    ["above its folder", "../secret/luong.csv"],
    ["by a whole path", "WHOLE"],
    ["through a link", "lien-ket.csv"],
    ["through a linked folder", "thu-muc/luong.csv"],
    ["as a device", "../../../../../../../../dev/zero"],
  ])("%s are read only when that folder is allowed", (_name, file) => {
    symlinkSync(at("secret", "luong.csv"), at("p", "lien-ket.csv"));
    symlinkSync(at("secret"), at("p", "thu-muc"));
    writeFileSync(at("p", "a.yaml"), tableFrom(file.replace("WHOLE", at("secret", "luong.csv"))));
    const { status, stderr } = kehoach("build", "p/a.yaml", "-o", "ra");
    expect([status, stderr]).toEqual([1, expect.stringContaining("--allow-dir")]);
    expect(existsSync(at("ra"))).toBe(false);
    if (file.includes("dev")) return;
    expect(kehoach("build", "p/a.yaml", "-o", "ra", "--allow-dir", "secret").status).toBe(0);
  });

  test.each(["check", "build", "extracts"])("%s waits for no pipe", (command) => {
    expect(spawnSync("mkfifo", [at("p", "ong.csv")]).status).toBe(0);
    writeFileSync(at("p", "a.yaml"), tableFrom("ong.csv"));
    const { status, stderr } = kehoach(command, "p/a.yaml");
    expect([status, stderr]).toEqual([1, expect.stringContaining("không phải tệp thường")]);
  });

  test("a device as the plan itself is too large, and soon", () => {
    const { status, stderr } = kehoach("check", "/dev/zero");
    expect([status, stderr]).toEqual([1, expect.stringContaining("tệp quá lớn")]);
  });
});

/** Names that every object has without having them. */
const INHERITED = [
  "constructor",
  "__proto__",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "isPrototypeOf",
  "toLocaleString",
  "propertyIsEnumerable",
  "__defineGetter__",
  "__lookupGetter__",
  "then",
  "toJSON",
  "length",
];

describe("names that every object inherits", () => {
  /** Places of a plan that take a name of the writer's. */
  const PLACES: readonly (readonly [string, (name: string) => string])[] = [
    ["a key", (name) => `body: [Một.]\n${name}: 1`],
    ["a key of a group", (name) => `body: [{ heading: A, ${name}: 1 }]`],
    ["a figure", (name) => `figures: { ${name}: 5 }\nbody: ["Có {{figures.${name}}} hộ."]`],
    ["an unknown figure", (name) => `figures: { a: 5 }\nbody: ["Có {{figures.${name}}} hộ."]`],
    [
      "a part of a figure",
      (name) =>
        `figures: { a: { value: 5, parts: { ${name}: 5 } } }\nbody: ["Có {{figures.a.parts.${name}}}."]`,
    ],
    [
      "an unknown part",
      (name) =>
        `figures: { a: { value: 5, parts: { b: 5 } } }\nbody: ["Có {{figures.a.parts.${name}}}."]`,
    ],
    ["a fact", (name) => `body: ["Có {{issuer.${name}}} và {{${name}}}."]`],
    ["a verb", (name) => `body: ["Có {{${name} a}}."]`],
    ["a note", (name) => `footnotes: { ${name}: Chú thích }\nbody: ["Một [^${name}]."]`],
    ["an unknown note", (name) => `body: ["Một [^${name}]."]`],
    [
      "a document",
      (name) =>
        `documents: { ${name}: { type: Luật, name: Đất đai } }\nbody: ["Theo {{vanban ${name}}}."]`,
    ],
    ["an unknown document", (name) => `body: ["Theo {{vanban ${name}}}."]`],
    ["a section", (name) => `body: [{ id: ${name}, heading: A, body: ["Xem {{muc ${name}}}."] }]`],
    ["an unknown section", (name) => `body: ["Xem {{muc ${name}}} và {{phuluc ${name}}}."]`],
    [
      "a table",
      (name) =>
        `tables: { ${name}: { key: xa, columns: [{ id: xa, title: X }], rows: [{ xa: A }] } }\nbody: [{ table: ${name} }]`,
    ],
    [
      "an unknown table",
      (name) => `body: [{ table: ${name} }, { programme: [${name}] }, { funding: ${name} }]`,
    ],
    [
      "a column",
      (name) =>
        `tables: { b: { key: xa, columns: [{ id: xa, title: X }, { id: ${name}, title: H, kind: count }], rows: [{ xa: A }, { xa: B, ${name}: 5 }] } }\nbody: [{ table: b }, "Có {{b.tong.${name}}} và {{b.a.${name}}}."]`,
    ],
    [
      "a key column",
      (name) =>
        `tables: { b: { key: ${name}, columns: [{ id: ${name}, title: X }, { id: h, title: H, kind: count }], rows: [{ ${name}: A, h: 1 }, { h: 2 }] } }\nbody: [{ table: b }]`,
    ],
    [
      "an unknown key column",
      (name) =>
        `tables: { b: { key: ${name}, columns: [{ id: xa, title: X }], rows: [{ xa: A }] } }\nbody: [{ table: b }]`,
    ],
    [
      "a value of the key",
      (name) =>
        `tables: { b: { key: xa, columns: [{ id: xa, title: X }, { id: h, title: H, kind: count, allocate: { total: 5, by: k } }, { id: k, title: K, kind: count }], rows: [{ xa: ${name}, k: 1 }, { xa: B, k: 2 }] } }\nbody: [{ table: b }, "Có {{b.${name}.h}}."]`,
    ],
    [
      "a formula",
      (name) =>
        `tables: { b: { key: xa, columns: [{ id: xa, title: X }, { id: h, title: H, kind: count, formula: "${name}+1" }], rows: [{ xa: A }] } }\nbody: [{ table: b }]`,
    ],
    [
      "weights",
      (name) =>
        `tables: { b: { key: xa, columns: [{ id: xa, title: X }, { id: k, title: K, kind: count }, { id: h, title: H, kind: count, allocate: { total: 5, by: ${name} } }], rows: [{ xa: A, k: 1 }] } }\nbody: [{ table: b }]`,
    ],
    ["a preset", (name) => `tables: { b: { layout: ${name}, rows: [] } }\nbody: [{ table: b }]`],
    [
      "a source of money",
      (name) =>
        `programme: { unit: triệu đồng, sources: { ${name}: Nguồn }, projects: [{ id: d1, official: Dự án 1, title: T, funding: { ${name}: 5 } }] }\nbody: [{ programme: all }, "Có {{tien d1.${name}}}."]`,
    ],
    [
      "an unknown source",
      (name) =>
        `programme: { unit: triệu đồng, sources: { tw: Nguồn }, declared: { ${name}: 5 }, projects: [{ id: d1, official: Dự án 1, title: T, funding: { ${name}: 5 } }] }\nbody: [{ programme: all }, "Có {{tien d1.${name}}}, {{tien ${name}}}."]`,
    ],
    [
      "a project",
      (name) =>
        `programme: { unit: triệu đồng, sources: { tw: Nguồn }, projects: [{ id: ${name}, official: Dự án 1, title: T, funding: { tw: 5 } }] }\nbody: [{ programme: [${name}] }, "Có {{tien ${name}.tw}}."]`,
    ],
    [
      "a unit of money",
      (name) =>
        `programme: { unit: ${name}, sources: { tw: Nguồn }, projects: [] }\nbody: ["{{tien tong ${name}}}"]`,
    ],
    ["a numbering", (name) => `numbering: [${name}]\nbody: [{ heading: A }]`],
    ["a choice", (name) => `profile: { citationDates: ${name} }\nheader: ${name}\nbody: [Một.]`],
    [
      "an appendix",
      (name) =>
        `body: ["Xem {{phuluc ${name}}}."]\nappendices: [{ id: ${name}, title: A, body: [Một.] }]`,
    ],
    [
      "an assignee",
      (name) =>
        `tables: { b: { key: xa, assignees: [${name}], columns: [{ id: xa, title: X }], rows: [{ xa: ${name} }] } }\nbody: [{ table: b }]`,
    ],
    [
      "a sheet's file",
      (name) =>
        `tables: { b: { key: xa, columns: [{ id: xa, title: X }], rows: { file: ${name}, sheet: ${name}, columns: { ${name}: A } } } }\nbody: [{ table: b }]`,
    ],
    ["a picture", (name) => `body: [{ picture: ${name}, alt: ${name} }]`],
  ];

  test.each(PLACES)("as %s are ordinary", async (_place, make) => {
    for (const name of INHERITED) {
      const text = planOf(make(name));
      const ordinary = planOf(make("tendaica"));
      const [found, expected] = await Promise.all(
        [text, ordinary].map((one) =>
          checkPlan({ file: "a.yaml", text: one, profile: null }, world),
        ),
      );
      const codes = (outcome: typeof found): string[] =>
        (outcome?.problems ?? []).map(({ code }) => code).sort();
      // Ids have small letters only: what begins otherwise is told to be no name.
      if (/^[a-z]+$/u.test(name) && name !== "length" && name !== "then")
        expect([name, codes(found)]).toEqual([name, codes(expected)]);
      for (const { message, hint } of found?.problems ?? [])
        expect(`${message.vi} ${message.en} ${hint?.vi ?? ""}`).not.toMatch(
          /\[object|function|undefined|native code/u,
        );
    }
  });
});

describe("templates from somebody else", () => {
  function build(template: string): SpawnSyncReturns<string> {
    mkdirSync(at("mau"), { recursive: true });
    writeFileSync(at("mau", "title.hbs"), template);
    writeFileSync(at("a.yaml"), planOf("body: [Một.]\nrecipients: [Lưu VT]"));
    return kehoach("build", "a.yaml", "--templates", "mau", "-o", "ra", "--format", "short");
  }

  test.each([
    ["inherited names", '<p role="type">{{plan.constructor.constructor}}</p>'],
    ["a prototype", '<p role="type">{{plan.__proto__}}</p>'],
    ["a method", '<p role="type">{{plan.issuer.toString}}</p>'],
    ["a list's method", '<p role="type">{{plan.recipients.map}}</p>'],
    ["an inherited name as a condition", '{{#if plan.hasOwnProperty}}<p role="type">A</p>{{/if}}'],
    ["an inherited name as a context", '{{#with plan.constructor}}<p role="type">A</p>{{/with}}'],
    ["an inherited name as a list", '{{#each plan.valueOf}}<p role="type">A</p>{{/each}}'],
    ["a group that is printed", '<p role="type">{{plan.issuer}}</p>'],
    ["a list that is printed", '<p role="type">{{plan.recipients}}</p>'],
    ["a name of a text's name", '<p role="type">{{plan.typeUpper.constructor.name}}</p>'],
    ["a name of nothing", '<p role="type">{{plan.number.a.b}}</p>'],
    ["lookup", '<p role="type">{{lookup plan "constructor"}}</p>'],
  ])("%s: a finding in its line", (_name, template) => {
    const { status, stderr, stdout } = build(template);
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr.split("\n")[0]).toMatch(/title\.hbs:1:\d+: lỗi: /u);
    expect(stderr).not.toMatch(/lỗi của chương trình|\[object/u);
  });
});

describe("what is nested or long beyond sense is a finding", () => {
  const formula = (text: string): string =>
    planOf(
      `tables: { b: { key: xa, columns: [{ id: xa, title: X }, { id: ho, title: H, kind: count }, { id: g, title: G, kind: count, formula: "${text}" }], rows: [{ xa: A, ho: 2 }] } }\nbody: [{ table: b }]`,
    );
  test.each([
    ["brackets of a formula", formula(`${"(".repeat(100_000)}ho${")".repeat(100_000)}`)],
    ["signs of a formula", formula(`${"ho+".repeat(100_000)}ho`)],
    ["a formula of powers", formula(`${"ho*".repeat(100_000)}ho`)],
    ["lists", planOf(`body: ${"[".repeat(50_000)}${"]".repeat(50_000)}`)],
    ["lists over lines", planOf(`body: ${"[\n ".repeat(20_000)}${"]".repeat(20_000)}`)],
    ["groups", planOf(`body: ${"{a: ".repeat(20_000)}1${"}".repeat(20_000)}`)],
    [
      "names that are groups",
      planOf(`body: [a]\n? ${"{a: ".repeat(20_000)}1${"}".repeat(20_000)}\n: 1`),
    ],
    ["names that are names", planOf(`body: [a]\n${"? ".repeat(20_000)}a`)],
    ["dashes", planOf(`body:\n${"- ".repeat(20_000)}a`)],
    ["JSON", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["JSON lists", "[".repeat(200_000)],
  ])("%s", async (_name, text) => {
    const { ok, problems } = await checkPlan({ file: "a.yaml", text, profile: null }, world);
    expect([ok, problems.length > 0]).toEqual([false, true]);
    for (const { message } of problems) expect(message.vi.length).toBeLessThan(300);
  });

  test("a formula of the usual depth is computed", async () => {
    const text = formula(`${"(".repeat(60)}ho${")".repeat(60)}`);
    expect(await checkPlan({ file: "a.yaml", text, profile: null }, world)).toMatchObject({
      ok: true,
    });
  });
});

describe("signs", () => {
  test.each([
    ["202E", "\u202e"],
    ["202A", "\u202a"],
    ["2066", "\u2066"],
    ["2069", "\u2069"],
  ])("U+%s, which turns text around, is told at its place", async (code, sign) => {
    for (const text of [`body: ["Một ${sign}hai."]`, `body: ["Một \\u${code}hai."]`]) {
      const { problems } = await checkPlan(
        { file: "a.yaml", text: planOf(text), profile: null },
        world,
      );
      expect(problems).toMatchObject([{ code: "text-direction", at: { line: 5, column: 8 } }]);
    }
  });

  test("a text that looks like a coded sign stays as it is in a workbook", () => {
    const name = "Mã _x0041_ và _x000D_ _x005F_x0041_";
    writeFileSync(
      at("a.yaml"),
      planOf(
        yaml`
          tables: { t: { key: xa, columns: [{ id: xa, title: Xã }, { id: ho, title: Hộ, kind: count }], rows: [{ xa: "${name}", ho: 5 }] } }
          body: [{ table: t }]
        `,
      ),
    );
    expect(kehoach("build", "a.yaml", "--to", "xlsx").status).toBe(0);
    writeFileSync(at("b.yaml"), tableFrom("a.xlsx"));
    expect(kehoach("build", "b.yaml", "--to", "text").status).toBe(0);
    expect(readFileSync(at("b.txt"), "utf8")).toContain(name);
  });
});
