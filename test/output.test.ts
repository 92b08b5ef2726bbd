import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { inspectMade } from "../src/seals/made-file.js";
import { sealText, withoutSeal } from "../src/seals/seal-text.js";
import { judgesReady, signFields } from "./judges/judges.js";
import { yaml } from "./support/dedent.js";

const COMMAND = resolve("dist/cli/main.cjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-output-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const at = (...names: string[]): string => join(folder, ...names);
const bytesOf = (name: string): Buffer => readFileSync(at(name));

function kehoach(...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [COMMAND, ...args], { cwd: folder, encoding: "utf8" });
}

function planOf(sentence: string): string {
  return yaml`
    kehoach: 1
    issuer: { name: Ủy ban nhân dân xã Hòa Bình }
    date: { day: 3, month: 2, year: 2026 }
    subject: Chăm sóc cây xanh
    body: [${sentence}]
    signature: { lines: [CHỦ TỊCH], name: Nguyễn Văn A }
  `;
}

/** A folder with a plan built once, and the plan then changed. */
function builtOnce(...more: string[]): void {
  writeFileSync(at("a.yaml"), planOf("Trồng một nghìn cây."));
  expect(kehoach("build", "a.yaml", ...more).status).toBe(0);
  writeFileSync(at("a.yaml"), planOf("Trồng hai nghìn cây."));
}

/** The build is refused with one finding at a file; no file of the folder changes. */
function expectRefused(code: string, file: string, ...args: string[]): void {
  const before = new Map(readdirSync(folder).map((name) => [name, contentOf(at(name))]));
  const run = kehoach(...args, "--format", "json");
  const { findings } = JSON.parse(run.stdout) as {
    findings: readonly { code: string; file: string }[];
  };
  expect(findings.map((one) => [one.code, one.file])).toEqual([[code, file]]);
  expect(run.status).toBe(1);
  expect(new Map(readdirSync(folder).map((name) => [name, contentOf(at(name))]))).toEqual(before);
}

function contentOf(path: string): string {
  return lstatSync(path).isFile() ? readFileSync(path, "latin1") : "no file";
}

describe("a build replaces what it made before", () => {
  test.each(["docx", "pdf", "xlsx", "text", "tree", "layout"])("%s, again and again", (format) => {
    copyFileSync("test/tour/08-allocation.yaml", at("a.yaml"));
    const first = kehoach("build", "a.yaml", "--to", format);
    writeFileSync(
      at("a.yaml"),
      readFileSync(at("a.yaml"), "utf8").replace(/subject: .*/u, "subject: Một tên gọi khác"),
    );
    const second = kehoach("build", "a.yaml", "--to", format);
    expect([first.status, second.status, second.stderr]).toEqual([0, 0, ""]);
  });

  test("an empty file holds nothing that could be lost", () => {
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    writeFileSync(at("a.pdf"), "");
    expect(kehoach("build", "a.yaml").status).toBe(0);
  });

  test("permissions of the file that was there stay", () => {
    builtOnce();
    chmodSync(at("a.pdf"), 0o640);
    expect(kehoach("build", "a.yaml").status).toBe(0);
    expect(statSync(at("a.pdf")).mode & 0o777).toBe(0o640);
  });
});

describe("a build does not replace", () => {
  test("a Word file in which somebody changed a word", () => {
    builtOnce();
    const parts = unzipSync(bytesOf("a.docx"));
    const body = new TextDecoder().decode(parts["word/document.xml"]);
    parts["word/document.xml"] = strToU8(body.replace("một nghìn", "một vạn"));
    writeFileSync(at("a.docx"), zipSync(parts));
    expectRefused("output-changed", "a.docx", "build", "a.yaml");
  });

  test("a PDF to which somebody added a note", () => {
    builtOnce();
    appendFileSync(at("a.pdf"), "\n%% một ghi chú\n");
    expectRefused("output-changed", "a.pdf", "build", "a.yaml");
  });

  test("a Word file that somebody signed", () => {
    builtOnce();
    const parts = unzipSync(bytesOf("a.docx"));
    writeFileSync(at("a.docx"), zipSync({ ...parts, "_xmlsignatures/sig1.xml": strToU8("<s/>") }));
    expectRefused("output-signed", "a.docx", "build", "a.yaml");
  });

  test("files of another hand, each told; nothing is written beside them", () => {
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    writeFileSync(at("a.docx"), zipSync({ "word/document.xml": strToU8("<w/>") }));
    writeFileSync(at("a.pdf"), "%PDF-1.4\nreport of somebody\n");
    const { status, stderr } = kehoach("build", "a.yaml", "--format", "short");
    expect(status).toBe(1);
    expect(stderr.trimEnd().split("\n")).toEqual([
      "a.docx:1:1: lỗi: tệp này không do kehoach dựng; không ghi đè",
      "a.pdf:1:1: lỗi: tệp này không do kehoach dựng; không ghi đè",
    ]);
    expect(bytesOf("a.pdf").toString()).toBe("%PDF-1.4\nreport of somebody\n");
    expect(readdirSync(folder).sort()).toEqual(["a.docx", "a.pdf", "a.yaml"]);
  });

  test("the text of last year's plan that stands under the same name", () => {
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    writeFileSync(at("a.txt"), "KẾ HOẠCH\nnăm trước\n");
    expectRefused("output-foreign", "a.txt", "build", "a.yaml", "--to", "text");
  });

  test.each(["docx", "pdf"])("the %s that it builds from, not even by force", (format) => {
    builtOnce();
    expectRefused("output-is-input", `a.${format}`, "build", `a.${format}`);
    expectRefused("output-is-input", `a.${format}`, "build", `a.${format}`, "--force");
    expect(kehoach("build", `a.${format}`, "-o", "ra").status).toBe(0);
    expect(readFileSync(at("ra", "a.pdf")).equals(bytesOf("a.pdf"))).toBe(true);
  });

  test("the workbook that it takes rows from, under another name for the same file", () => {
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    copyFileSync("test/tour/08-allocation.yaml", at("m.yaml"));
    expect(kehoach("build", "m.yaml", "--to", "xlsx").status).toBe(0);
    mkdirSync(at("ra"));
    linkSync(at("m.xlsx"), at("ra", "a.xlsx"));
    copyFileSync(at("m.xlsx"), at("a.xlsx"));
    writeFileSync(
      at("a.yaml"),
      planOf("{ table: t }").replace(
        "signature:",
        "tables: { t: { columns: [{ id: ten, title: Thôn, kind: text }], rows: { file: m.xlsx } } }\nsignature:",
      ),
    );
    const run = kehoach("build", "a.yaml", "--to", "xlsx", "-o", "ra", "--format", "short");
    expect([run.status, run.stderr]).toEqual([
      1,
      expect.stringContaining("a.xlsx:1:1: lỗi: đây chính là tệp nguồn"),
    ]);
  });

  test("a read-only file, not even by force", () => {
    builtOnce();
    chmodSync(at("a.docx"), 0o444);
    expectRefused("output-read-only", "a.docx", "build", "a.yaml");
    expectRefused("output-read-only", "a.docx", "build", "a.yaml", "--force");
  });

  test("a folder, and a file when another cannot be replaced", () => {
    builtOnce();
    rmSync(at("a.pdf"));
    mkdirSync(at("a.pdf"));
    expectRefused("output-unwritable", "a.pdf", "build", "a.yaml");
  });

  test("anything of these, until it is told to by force", () => {
    builtOnce();
    writeFileSync(at("a.docx"), "của người khác");
    appendFileSync(at("a.pdf"), "/ByteRange");
    expect(kehoach("build", "a.yaml").status).toBe(1);
    expect(kehoach("build", "a.yaml", "--force").status).toBe(0);
    expect([inspectMade(bytesOf("a.docx")), inspectMade(bytesOf("a.pdf"))]).toEqual([
      "as-made",
      "as-made",
    ]);
  });

  // Where the judges are missing, test/conformance says so.
  if (judgesReady())
    test("a PDF that was signed in its fields, from whatever it is built", async () => {
      builtOnce();
      expect(inspectMade(bytesOf("a.pdf"))).toBe("as-made");
      copyFileSync(at("a.pdf"), at("unsigned.pdf"));
      const report = await signFields(at("unsigned.pdf"), at("a.pdf"), ["NguoiKy", "CoQuan"]);
      expect(report.map(({ valid }) => valid)).toEqual([true, true]);
      expectRefused("output-signed", "a.pdf", "build", "a.yaml");
      expectRefused("output-is-input", "a.pdf", "build", "a.pdf");
    });
});

describe("links", () => {
  test("the file a link leads to is written; the link stays", () => {
    mkdirSync(at("kho"));
    builtOnce("-o", "kho");
    symlinkSync(join("kho", "a.pdf"), at("a.pdf"));
    const before = readFileSync(at("kho", "a.pdf"));
    expect(kehoach("build", "a.yaml").status).toBe(0);
    expect(readlinkSync(at("a.pdf"))).toBe(join("kho", "a.pdf"));
    expect(readFileSync(at("kho", "a.pdf")).equals(before)).toBe(false);
    expect(readdirSync(at("kho")).sort()).toEqual(["a.docx", "a.pdf"]);
  });

  test("a link whose end is not there yet gets it", () => {
    mkdirSync(at("kho"));
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    symlinkSync(join("kho", "b.pdf"), at("a.pdf"));
    expect(kehoach("build", "a.yaml", "--to", "pdf").status).toBe(0);
    expect(lstatSync(at("a.pdf")).isSymbolicLink()).toBe(true);
    expect(readdirSync(at("kho"))).toEqual(["b.pdf"]);
  });

  test("links in a circle are a finding", () => {
    writeFileSync(at("a.yaml"), planOf("Một đoạn."));
    symlinkSync("b.pdf", at("a.pdf"));
    symlinkSync("a.pdf", at("b.pdf"));
    expectRefused("output-unwritable", "a.pdf", "build", "a.yaml", "--to", "pdf");
  });
});

describe("import and extract", () => {
  test("what is there and says something else stays, unless force is asked for", () => {
    builtOnce();
    for (const command of ["import", "extract"]) {
      expect(kehoach(command, "a.pdf").status).toBe(1);
      expect(readFileSync(at("a.yaml"), "utf8")).toContain("hai nghìn");
    }
    expect(kehoach("extract", "a.pdf", "--force").status).toBe(0);
    expect(readFileSync(at("a.yaml"), "utf8")).toContain("một nghìn");
    expect(kehoach("extract", "a.pdf").status).toBe(0);
  });
});

describe("extracts", () => {
  const PLAN = "08-allocation";
  const EXTRACTS = `${PLAN}-trich`;
  const make = (...more: string[]): SpawnSyncReturns<string> =>
    kehoach("extracts", `${PLAN}.yaml`, "--to", "docx", ...more);

  beforeEach(() => {
    copyFileSync(`test/tour/${PLAN}.yaml`, at(`${PLAN}.yaml`));
  });

  test("those of the run before are replaced; what is no longer given goes; others stay", () => {
    expect(make().status).toBe(0);
    const first = readdirSync(at(EXTRACTS));
    writeFileSync(at(EXTRACTS, "ghi-chu.txt"), "của người khác");
    const text = readFileSync(at(`${PLAN}.yaml`), "utf8");
    writeFileSync(at(`${PLAN}.yaml`), text.replaceAll("Nà Hin", "Nà Lốc"));
    expect(make().status).toBe(0);
    const second = readdirSync(at(EXTRACTS));
    expect(second).toHaveLength(first.length + 1);
    expect(second.some((name) => name.includes("na-hin"))).toBe(false);
    expect(second).toContain("ghi-chu.txt");
  });

  test("an extract that somebody changed keeps them all as they are", () => {
    expect(make().status).toBe(0);
    const [name = ""] = readdirSync(at(EXTRACTS)).filter((one) => one.endsWith(".docx"));
    writeFileSync(at(EXTRACTS, name), "đã sửa");
    const { status, stderr } = make("--format", "short");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`${join(EXTRACTS, name)}:1:1: lỗi:`),
    ]);
    expect(readFileSync(at(EXTRACTS, name), "utf8")).toBe("đã sửa");
    expect(make("--force").status).toBe(0);
  });

  test("a manifest of another program stays", () => {
    mkdirSync(at(EXTRACTS));
    writeFileSync(at(EXTRACTS, "manifest.json"), '{ "name": "trang web" }');
    expect(make().status).toBe(1);
    expect(readdirSync(at(EXTRACTS))).toEqual(["manifest.json"]);
  });

  test("a plan that cannot be extracted takes nothing away", () => {
    writeFileSync(at("b.yaml"), planOf("Không giao cho ai."));
    mkdirSync(at("new"));
    writeFileSync(at("new", "khac.txt"), "của người khác");
    expect(kehoach("extracts", "b.yaml", "-o", "new").status).toBe(1);
    expect(kehoach("extracts", "b.yaml", "-o", join("chua", "co")).status).toBe(1);
    expect(readdirSync(at("new"))).toEqual(["khac.txt"]);
    expect(existsSync(at("chua"))).toBe(false);
  });
});

describe("seals", () => {
  test("a text keeps its words and shows any change", () => {
    for (const text of ["a", "a\n", "a\n\n", "một\nhai"]) {
      const sealed = sealText(text);
      expect(inspectMade(new TextEncoder().encode(sealed))).toBe("as-made");
      expect(withoutSeal(sealed).trimEnd()).toBe(text.trimEnd());
      expect(inspectMade(new TextEncoder().encode(`x${sealed}`))).toBe("changed");
    }
  });

  test("a text of ours, imported, does not print its seal", () => {
    builtOnce("--to", "text");
    expect(kehoach("import", "a.txt", "-o", "lai.yaml").status).toBe(0);
    expect(readFileSync(at("lai.yaml"), "utf8")).not.toContain("sha256");
  });

  test("every changed byte of a PDF is seen", () => {
    builtOnce();
    const bytes = bytesOf("a.pdf");
    for (let place = 0; place < bytes.length; place += Math.ceil(bytes.length / 97)) {
      const changed = Uint8Array.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(["changed", "foreign"]).toContain(inspectMade(changed));
    }
  });
});
