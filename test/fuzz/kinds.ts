import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { load } from "js-yaml";
import type { Outcome } from "../../src/base/diagnostic.js";
import {
  type PlanText,
  buildPlan,
  checkPlan,
  extractSource,
  importPlan,
  openCarried,
  parseKnowledge,
  parseProfile,
} from "../../src/index.js";
import { DEFAULT_OPTIONS } from "../../src/roads/write-files.js";
import type { World } from "../../src/roads/world.js";
import type { Random } from "../parity/random-plan.js";
import { makeWorkbook } from "../support/make-sheets.js";
import { productWorld } from "../support/product.js";
import { mutateBytes, mutateData, mutateText, pick } from "./mutate.js";

/** One broken input, and what becomes of it. */
export interface Case {
  /** To be written to a file when it fails. */
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly run: () => Promise<Outcome<unknown>>;
}

/** A kind of input that comes from outside. */
export interface Kind {
  readonly name: string;
  readonly make: (random: Random) => Case;
}

const world = productWorld();
const known = parseKnowledge(readFileSync("templates/knowledge.yaml", "utf8"), "knowledge.yaml");
if (!known.ok) throw new Error("no knowledge");
const request = { knowledge: known.value, carried: "taken" } as const;

/** Small plans that use everything between them. */
const PLANS = readdirSync("test/tour")
  .filter((file) => file.endsWith(".yaml"))
  .map((file) => readFileSync(join("test/tour", file), "utf8"));
const DATA = PLANS.map((text) => load(text));

const SMALL =
  "kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\nsubject: Thử\nbody: [Một.]\n";
const TABLE = (file: string): string =>
  `kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\nsubject: Thử\ntables: { t: { key: xa, columns: [{ id: xa, title: "Xã, thị trấn" }, { id: ho, title: Số hộ, kind: count }], rows: { file: ${file}, map: ten.yaml } } }\nbody: [{ table: t }]\n`;

function checking(text: string, other: Partial<PlanText> = {}, in_: World = world): Case["run"] {
  return () => checkPlan({ file: "a.yaml", text, profile: null, ...other }, in_);
}

function textCase(file: string, text: string, run: Case["run"]): Case {
  return { file, bytes: strToU8(text), run };
}

/** Files made once, to be broken. */
const made = new Map<string, Uint8Array>();

async function makeSeeds(): Promise<void> {
  for (const [index, text] of PLANS.entries()) {
    const input = { file: "a.yaml", text, profile: null };
    const formats = { formats: ["docx", "pdf"] as const, assignee: null, options: DEFAULT_OPTIONS };
    const built = await buildPlan(input, formats, world);
    if (!built.ok) continue;
    for (const [format, bytes] of built.value.files) made.set(`${index}.${format}`, bytes);
    const bare = { ...DEFAULT_OPTIONS, source: "left-out", pdfStandards: [] } as const;
    const plain = await buildPlan(input, { ...formats, options: bare }, world);
    if (plain.ok)
      for (const [format, bytes] of plain.value.files) made.set(`plain-${index}.${format}`, bytes);
  }
  for (const file of readdirSync("fixtures/import/word"))
    made.set(file, readFileSync(join("fixtures/import/word", file)));
  const sheet = {
    name: "Xã",
    rows: [
      ["Xã, thị trấn", "Số hộ"],
      ["Xã An", 5],
      ["Xã Bình", 7],
      ["Cộng", 12],
    ],
  };
  for (const format of ["xlsx", "xls", "ods"] as const)
    made.set(`so-lieu.${format}`, makeWorkbook([sheet], format));
}
await makeSeeds();

function seeds(ending: string): readonly Uint8Array[] {
  return [...made].filter(([name]) => name.endsWith(ending)).map(([, bytes]) => bytes);
}

/** A zip with a part changed in its text, left out, or swapped with another. */
function mutateZip(random: Random, bytes: Uint8Array): Uint8Array {
  if (random() < 0.3) return mutateBytes(random, bytes, 4);
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  const xml = names.filter((name) => /\.(?:xml|rels)$/u.test(name));
  const name = pick(random, xml.length > 0 ? xml : names);
  const part = parts[name] ?? new Uint8Array();
  const chance = random();
  if (chance < 0.1) delete parts[name];
  else if (chance < 0.2) parts[name] = parts[pick(random, names)] ?? part;
  else parts[name] = strToU8(mutateText(random, strFromU8(part), 4));
  return zipSync(parts, { level: 1 });
}

function importCase(file: string, bytes: Uint8Array): Case {
  return { file, bytes, run: () => importPlan(bytes, file, request, world) };
}

/** Every way in which a made file is opened. */
function carriedCase(file: string, bytes: Uint8Array): Case {
  return {
    file,
    bytes,
    run: async () => {
      await extractSource(bytes, file, "a");
      const carried = await openCarried(bytes, file);
      return carried.ok ? checkPlan(carried.value, world) : carried;
    },
  };
}

function sheetCase(file: string, bytes: Uint8Array, map = "xa: Xã, thị trấn\n"): Case {
  const files = new Map<string, Uint8Array>([
    [file, bytes],
    ["ten.yaml", strToU8(map)],
  ]);
  const readSibling = (name: string): Outcome<Uint8Array> => ({
    ok: true,
    value: files.get(name) ?? new Uint8Array(),
    problems: [],
  });
  return { file, bytes, run: checking(TABLE(file), { readSibling }) };
}

const PICTURES = readdirSync("fixtures/pictures")
  .filter((file) => /\.(?:png|jpg)$/u.test(file))
  .map((file) => [file, readFileSync(join("fixtures/pictures", file))] as const);

/** All kinds of input that somebody may hand in. */
export const KINDS: readonly Kind[] = [
  {
    name: "plan-data",
    make: (random) => {
      const text = JSON.stringify(mutateData(random, pick(random, DATA), 3));
      return textCase("a.yaml", text, checking(text));
    },
  },
  {
    name: "plan-text",
    make: (random) => {
      const text = mutateText(random, pick(random, PLANS), 4);
      return textCase("a.yaml", text, checking(text));
    },
  },
  {
    name: "docx",
    make: (random) => importCase("a.docx", mutateZip(random, pick(random, seeds(".docx")))),
  },
  {
    name: "pdf",
    make: (random) => importCase("a.pdf", mutateBytes(random, pick(random, seeds(".pdf")), 5)),
  },
  {
    name: "text",
    make: (random) => {
      const text = mutateText(random, pick(random, TEXTS), 6);
      return importCase("a.txt", strToU8(text));
    },
  },
  {
    name: "carried",
    make: (random) => {
      const ending = pick(random, [".docx", ".pdf"]);
      const seed = pick(random, seeds(ending));
      const bytes = ending === ".docx" ? mutateZip(random, seed) : mutateBytes(random, seed, 3);
      return carriedCase(`a${ending}`, bytes);
    },
  },
  {
    name: "sheets",
    make: (random) => {
      const ending = pick(random, ["xlsx", "xls", "ods", "csv"]);
      const csv = 'Xã, thị trấn;Số hộ\n"Xã An";5\nXã Bình;1.234\nCộng;1.239\n';
      if (ending === "csv") return sheetCase("a.csv", strToU8(mutateText(random, csv, 3)));
      const seed = made.get(`so-lieu.${ending}`) ?? new Uint8Array();
      const bytes = ending === "xls" ? mutateBytes(random, seed, 4) : mutateZip(random, seed);
      const map = random() < 0.2 ? mutateText(random, "xa: A\nho: B\n", 2) : undefined;
      return sheetCase(`a.${ending}`, bytes, map);
    },
  },
  {
    name: "templates",
    make: (random) => {
      const [name, template] = pick(random, [...world.templates]);
      const text = mutateText(random, template.text, 3);
      const templates = new Map(world.templates);
      templates.set(name, { file: `mau/${template.file}`, text, prepared: null });
      return textCase(
        `${name}.hbs`,
        text,
        checking(pick(random, PLANS), {}, { ...world, templates }),
      );
    },
  },
  {
    name: "profiles",
    make: (random) => {
      const text =
        random() < 0.5
          ? JSON.stringify(mutateData(random, PROFILE, 3))
          : mutateText(random, JSON.stringify(PROFILE), 3);
      return textCase("p.yaml", text, async () => {
        const profile = parseProfile(text, "p.yaml");
        return profile.ok ? checking(SMALL, { profile: profile.value })() : profile;
      });
    },
  },
  {
    name: "knowledge",
    make: (random) => {
      const own = "agencies: [Sở Nội vụ]\nfigureUnits: [hộ, người]\n";
      const text = mutateText(random, random() < 0.3 ? KNOWLEDGE : own, 4);
      return textCase("k.yaml", text, async () => {
        const knowledge = parseKnowledge(text, "k.yaml", request.knowledge);
        return knowledge.ok
          ? importPlan(
              strToU8(TEXTS[0] ?? ""),
              "a.txt",
              { ...request, knowledge: knowledge.value },
              world,
            )
          : knowledge;
      });
    },
  },
  {
    name: "pictures",
    make: (random) => {
      const [file, seed] = pick(random, PICTURES);
      const bytes = mutateBytes(random, seed, 3);
      const text = `${SMALL}`.replace("[Một.]", `[{ picture: ${file}, alt: Ảnh }]`);
      const readSibling = (): Outcome<Uint8Array> => ({ ok: true, value: bytes, problems: [] });
      return {
        file,
        bytes,
        run: () =>
          buildPlan(
            { file: "a.yaml", text, profile: null, readSibling },
            { formats: ["docx", "pdf"], assignee: null, options: DEFAULT_OPTIONS },
            world,
          ),
      };
    },
  },
];

const KNOWLEDGE = readFileSync("templates/knowledge.yaml", "utf8");
const PROFILE = {
  bodySize: 14,
  titleSize: 14,
  agencySize: 13,
  tableSize: 12,
  indent: 12.7,
  spaceBefore: 6,
  lineSpacing: 1.12,
  citationDates: "long",
  margins: { left: 30, right: 15, top: 20, bottom: 20 },
};
/** Parts of old plans, short enough to be read in little time. */
const TEXTS: readonly string[] = [
  "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 12/KH-UBND\nAn Bình, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nGiảm nghèo năm 2026\nCăn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ;\nỦy ban nhân dân xã ban hành Kế hoạch như sau:\nI. MỤC TIÊU\n1. Giảm 30 hộ nghèo.\n- Vốn trung ương: 1.200 triệu đồng;\n| Xã | Hộ |\n|---|---|\n| A | 5 |\n| B | 7 |\n| Cộng | 12 |\nII. TỔ CHỨC\na) Phòng Nội vụ chủ trì.\nTrên đây là Kế hoạch./.\nNơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\nPHỤ LỤC I\nDANH MỤC\nTT  Tên việc  Thời gian\n1  Một việc  Quý I\n",
];
