/**
 * The benchmark: our longest fixture against Typst (PDF) and docxtemplater (DOCX), warm and cold,
 * and against itself ten times longer. Prints medians and ratios, and whether each goal holds;
 * exits with 1 when one does not. Run it with `npm run bench`.
 *
 * The goal for PDF is held against Typst as it comes: for justified text that is optimized line
 * breaks. Its memo is evicted, since in a batch each plan is a different text. The time with
 * `linebreaks: "simple"`, a first-fit rule like ours, is printed beside it, and so is the time with
 * the memo kept.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { openDiskWorld } from "../../dist/src/app/disk-world.js";
import { generate } from "../../dist/test/support/product.js";
import { importPlan } from "../../dist/src/roads/import.js";
import { parseKnowledge } from "../../dist/src/knowledge/knowledge.js";
import { coldCommands, coldTimes, emptyFolder, peakMemory } from "./cold.mjs";
import { installPeers, peerVersions } from "./install.mjs";
import { interleave } from "./measure.mjs";
import { longTablePlan } from "../../dist/test/support/long-table.js";
import {
  allocationFixture,
  lengthen,
  longestFixture,
  loneWord,
  make,
  plainText,
  treeOf,
  vary,
} from "./plans.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** Enough rounds first for the just-in-time compiler to have settled. */
const WARM = { warmUps: 30, rounds: 31 };
const GROWTH = { warmUps: 2, rounds: 7 };
const IMPORT = { warmUps: 10, rounds: 15 };
const COLD = { warmUps: 1, rounds: 9 };
const MEMORY_RUNS = 3;
const TIMES_LONGER = 10;
const TABLE = { warmUps: 1, rounds: 3 };
const TABLE_ROWS = 5000;
/**
 * How far the peer's number of pages may be from ours before the comparison is no longer of the
 * same work.
 */
const PAGE_TOLERANCE = 2;

const GOALS = {
  pdf: { text: "PDF warm ≤ 0.5 × Typst warm (default line breaks, memo evicted)", limit: 0.5 },
  docx: { text: "DOCX warm ≤ 1.0 × docxtemplater warm", limit: 1 },
  cold: { text: "DOCX+PDF cold ≤ 2.0 × Typst cold", limit: 2 },
  memory: { text: "peak memory of a cold build ≤ 200 MiB", limit: 200 },
  table: { text: `a table of ${TABLE_ROWS} rows: PDF warm ≤ 0.6 × Typst warm`, limit: 0.6 },
  tableMemory: { text: `peak memory of a cold build of that table ≤ 300 MiB`, limit: 300 },
  allocation: {
    text:
      "3,321 communes × 20 columns from Excel to DOCX, PDF and Excel, warm ≤ 3 × Typst's " +
      "PDF of the table",
    limit: 3,
  },
  importWord: {
    text: "import of a Word file, warm ≤ 150 ms (read, understood, built again, compared)",
    limit: 150,
  },
  importPdf: { text: "import of a PDF, warm ≤ 500 ms", limit: 500 },
  growth: { text: `a plan ${TIMES_LONGER} × longer takes ≤ 11 × the time`, limit: 11 },
};

/** Everything that is prepared once: plans, the peers' sources, and the work of each contestant. */
async function prepare() {
  const { openTypst, typeset } = await import("./typst.mjs");
  const { buildTemplate, fillTemplate, templateData } = await import("./word-template.mjs");
  const opened = openDiskWorld({ templates: null, fonts: null });
  if (!opened.ok) throw new Error(JSON.stringify(opened.problems));
  const world = opened.value;
  const fixture = await longestFixture(
    fileURLToPath(new URL("../../fixtures", import.meta.url)),
    world,
  );
  const tree = await treeOf(fixture.text, world);
  const { typstSource } = await import("./typst-source.mjs");
  const sources = {
    simple: typstSource(tree, "simple"),
    optimized: typstSource(tree, "optimized"),
  };
  const data = templateData(tree);
  const template = await buildTemplate(data);
  const word = loneWord([fixture.text, sources.simple, JSON.stringify(data)]);
  const compiler = openTypst();
  const pages = {
    ours: (await make(fixture.text, [], world)).pages,
    typst: typeset(compiler, sources.simple).pages,
  };
  if (Math.abs(pages.ours - pages.typst) > PAGE_TOLERANCE)
    throw new Error(`Typst sets ${pages.typst} pages, we set ${pages.ours}: not the same work`);

  // No text is ever given twice, not even to different formats: all numbers have four digits, so
  // the texts are equally long.
  let serial = 1000;
  const ours =
    (text, formats, varying = word) =>
    () => {
      const varied = vary(text, varying, serial++);
      return () => make(varied, formats, world);
    };
  const typst =
    (source, { evict, varying = word }) =>
    () => {
      const varied = vary(source, varying, serial++);
      if (evict) compiler.evictCache(0);
      return () => typeset(compiler, varied);
    };
  const filled = () => {
    const varied = JSON.parse(vary(JSON.stringify(data), word, serial++));
    return () => fillTemplate(template, varied);
  };
  return { world, fixture, sources, pages, ours, typst, filled };
}

/**
 * The same process, again and again. The memo that the incremental run finds is that of the run
 * just before it.
 */
function measureWarm({ fixture, sources, ours, typst, filled }) {
  return interleave(
    {
      both: ours(fixture.text, ["docx", "pdf"]),
      pdf: ours(fixture.text, ["pdf"]),
      typst: typst(sources.simple, { evict: true }),
      incremental: typst(sources.simple, { evict: false }),
      docx: ours(fixture.text, ["docx"]),
      docxtemplater: filled,
      optimized: typst(sources.optimized, { evict: true }),
    },
    WARM,
  );
}

async function measureCold({ fixture, sources }) {
  const folder = emptyFolder(join(HERE, ".work"));
  const source = join(folder, "plan.typ");
  writeFileSync(source, sources.optimized);
  const commands = coldCommands(fixture.path, source, folder);
  const times = await coldTimes(commands, folder, COLD);
  const stem = basename(fixture.path, ".yaml");
  for (const name of [`${stem}.docx`, `${stem}.pdf`, "typst.pdf"])
    if (!existsSync(join(folder, name))) throw new Error(`a cold run did not write ${name}`);
  return { times, memory: peakMemory(commands, folder, MEMORY_RUNS) };
}

/**
 * The short plan is made once untimed before each timed run, so that it does not pay for collecting
 * what the long one left behind.
 */
async function measureGrowth({ world, fixture, ours }) {
  const long = lengthen(fixture.text, TIMES_LONGER);
  const once = (list) => async () => {
    await ours(fixture.text, list)()();
    return ours(fixture.text, list)();
  };
  const formats = { "docx+pdf": ["docx", "pdf"], pdf: ["pdf"], docx: ["docx"] };
  const runs = Object.entries(formats).flatMap(([name, list]) => [
    [`${name} once`, once(list)],
    [`${name} long`, ours(long, list)],
  ]);
  const times = await interleave(Object.fromEntries(runs), GROWTH);
  return {
    rows: Object.keys(formats).map((name) => ({
      name,
      once: times[`${name} once`],
      long: times[`${name} long`],
    })),
    length: (await plainText(long, world)).length / fixture.length,
    pages: (await make(long, [], world)).pages,
  };
}

/**
 * One long table: ours against Typst with its faster line breaks, warm; the memory of a cold build
 * of both files.
 */
async function measureTable({ world, ours, typst }) {
  const { typstSource } = await import("./typst-source.mjs");
  const text = longTablePlan(TABLE_ROWS);
  const varying = "số 77 thuộc vùng đồng bào";
  const source = typstSource(await treeOf(text, world), "simple");
  const folder = emptyFolder(join(HERE, ".work"));
  const file = join(folder, "table.yaml");
  writeFileSync(file, text);
  const times = await interleave(
    { pdf: ours(text, ["pdf"], varying), typst: typst(source, { evict: true, varying }) },
    TABLE,
  );
  return {
    times,
    pages: (await make(text, [], world)).pages,
    memory: peakMemory({ ours: coldCommands(file, file, folder).ours }, folder, MEMORY_RUNS).ours,
  };
}

/**
 * All communes: a spreadsheet read, divided and made into three files, against Typst setting the
 * finished table, warm.
 */
async function measureAllocation({ world, typst }) {
  const { typstSource } = await import("./typst-source.mjs");
  const { text, beside } = allocationFixture(
    fileURLToPath(new URL("../../fixtures/allocation", import.meta.url)),
    "ba-nghin-xa",
  );
  const varying = "phân bổ là";
  // The table's letters are of eight points here.
  const source = typstSource(await treeOf(text, world, beside), "simple").replaceAll(
    "size: 12pt",
    "size: 8pt",
  );
  let serial = 1000;
  const all = () => {
    const varied = vary(text, varying, serial++);
    return () => make(varied, ["docx", "pdf", "xlsx"], world, beside);
  };
  const times = await interleave({ all, typst: typst(source, { evict: true, varying }) }, TABLE);
  return { times, pages: (await make(text, [], world, beside)).pages };
}

/**
 * The longest plan as a Word file and a PDF that carry nothing, imported; beside it mammoth, which
 * only reads a Word file into HTML.
 */
async function measureImport({ world, fixture }) {
  const mammoth = (await import("mammoth")).default;
  const known = parseKnowledge(
    readFileSync(new URL("../../templates/knowledge.yaml", import.meta.url), "utf8"),
    "knowledge.yaml",
  );
  const made = await generate(
    { file: "plan.yaml", text: fixture.text, profile: null },
    ["docx", "pdf"],
    world,
    { pdfStandards: ["a-3a", "ua-1"], source: "left-out" },
  );
  if (!made.ok || !known.ok) throw new Error("the plan to be imported was not built");
  const [word, pdf] = ["docx", "pdf"].map((format) => made.value.files.get(format));
  const importing = (bytes, file) => () => async () => {
    const done = await importPlan(
      bytes,
      file,
      { knowledge: known.value, carried: "ignored" },
      world,
    );
    if (!done.ok || done.value.coverage.placed !== done.value.coverage.words)
      throw new Error(`${file} was not imported whole`);
  };
  const times = await interleave(
    {
      word: importing(word, "a.docx"),
      pdf: importing(pdf, "a.pdf"),
      mammoth: () => () => mammoth.convertToHtml({ buffer: Buffer.from(word) }),
    },
    IMPORT,
  );
  return { times, pages: made.value.pages };
}

function row(name, ms, note = "") {
  console.log(`  ${name.padEnd(46)}${ms.toFixed(1).padStart(9)}${note === "" ? "" : `   ${note}`}`);
}

function head(title, unit) {
  console.log(`\n${title.padEnd(48)}${unit.padStart(9)}`);
}

const times = (a, b) => `${(a / b).toFixed(2)} ×`;

function printWarm(warm, { pages }) {
  head("Warm, one process", "ms");
  row("kehoach DOCX + PDF", warm.both);
  row("kehoach PDF", warm.pdf, `${pages.ours} pages`);
  row(
    "Typst PDF, memo evicted, simple line breaks",
    warm.typst,
    `${pages.typst} pages; ours is ${times(warm.pdf, warm.typst)}`,
  );
  row("Typst PDF, memo evicted", warm.optimized, `ours is ${times(warm.pdf, warm.optimized)}`);
  row(
    "Typst PDF, memo kept, one word changed",
    warm.incremental,
    `ours is ${times(warm.pdf, warm.incremental)}`,
  );
  row("kehoach DOCX", warm.docx);
  row("docxtemplater DOCX", warm.docxtemplater, `ours is ${times(warm.docx, warm.docxtemplater)}`);
}

function printCold({ times: cold, memory }) {
  head("Cold, a process for each run", "ms");
  row("kehoach DOCX + PDF", cold.ours);
  row("Typst PDF", cold.typst, `ours is ${times(cold.ours, cold.typst)}`);
  head("Peak memory of the cold run", "MiB");
  row("kehoach DOCX + PDF", memory.ours);
  row("Typst PDF", memory.typst);
}

function printGrowth({ rows, length, pages }) {
  head(`A plan ${TIMES_LONGER} × longer (text ${length.toFixed(1)} ×, ${pages} pages)`, "ms");
  for (const { name, once, long } of rows)
    row(`kehoach ${name}`, long, `${once.toFixed(1)} ms once: ${times(long, once)}`);
}

function printTable({ times: table, pages, memory }) {
  head(`A table of ${TABLE_ROWS} rows, ${pages} pages`, "ms");
  row("kehoach PDF", table.pdf);
  row(
    "Typst PDF, memo evicted, simple line breaks",
    table.typst,
    `ours is ${times(table.pdf, table.typst)}`,
  );
  row("kehoach DOCX + PDF, cold: peak memory (MiB)", memory);
}

function printAllocation({ times: { all, typst }, pages }) {
  head(`3,321 communes × 20 columns, ${pages} pages`, "ms");
  row("kehoach: read, allocated, DOCX + PDF + XLSX", all);
  row("Typst PDF, memo evicted, simple line breaks", typst, `ours is ${times(all, typst)}`);
}

function printImport({ times: { word, pdf, mammoth }, pages }) {
  head(`Importing a plan of ${pages} pages`, "ms");
  row("kehoach import of the Word file", word, `${times(word, mammoth)} mammoth's reading alone`);
  row("kehoach import of the PDF", pdf);
  row("mammoth, Word file to HTML", mammoth);
}

/** Print each goal with what was found; true when all hold. */
function judge(found) {
  console.log("\nGoals");
  const held = Object.entries(GOALS).map(([name, { text, limit }]) => {
    const holds = found[name] <= limit;
    console.log(`  ${holds ? "holds " : "MISSED"}  ${text.padEnd(48)} ${found[name].toFixed(2)}`);
    return holds;
  });
  return held.every(Boolean);
}

async function main() {
  installPeers(HERE);
  const ready = await prepare();
  console.log(`Node ${process.version}; ${peerVersions(HERE)}`);
  console.log(
    `${ready.fixture.name}: ${ready.fixture.length} characters; medians of ` +
      `${WARM.rounds} warm, ${COLD.rounds} cold, ${GROWTH.rounds} long rounds, interleaved.`,
  );
  const warm = await measureWarm(ready);
  printWarm(warm, ready);
  const cold = await measureCold(ready);
  printCold(cold);
  const growth = await measureGrowth(ready);
  printGrowth(growth);
  const table = await measureTable(ready);
  printTable(table);
  const allocation = await measureAllocation(ready);
  printAllocation(allocation);
  const imported = await measureImport(ready);
  printImport(imported);
  const { once, long } = growth.rows[0];
  const all = judge({
    pdf: warm.pdf / warm.optimized,
    docx: warm.docx / warm.docxtemplater,
    cold: cold.times.ours / cold.times.typst,
    memory: cold.memory.ours,
    growth: long / once,
    allocation: allocation.times.all / allocation.times.typst,
    table: table.times.pdf / table.times.typst,
    tableMemory: table.memory,
    importWord: imported.times.word,
    importPdf: imported.times.pdf,
  });
  process.exitCode = all ? 0 : 1;
}

await main();
