import { dedent, yaml } from "./support/dedent.js";
import { beforeEach, afterEach, describe, expect, test } from "@jest/globals";
import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const COMMAND = resolve("dist/cli/main.cjs");
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kehoach-cli-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function kehoach(...args: string[]): { code: number | null; out: string; err: string } {
  const result = spawnSync(process.execPath, [COMMAND, ...args], { cwd: folder, encoding: "utf8" });
  return { code: result.status, out: result.stdout, err: result.stderr };
}

function put(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const GOOD = yaml`
  kehoach: 1
  issuer: { name: Sở Nội vụ }
  date: { year: 2024 }
  subject: Thử
  body: [Một đoạn.]
`;
const BAD = yaml`
  kehoach: 1
  issuer: { name: Sở Nội vụ }
  date: { year: 2024 }
  subjct: Thử
  body:
    - heding: A
    - heading: 3
`;

describe("kehoach build", () => {
  test("writes the Word file and the PDF beside the plan and says so", () => {
    const { code, out } = kehoach("build", put("a.yaml", GOOD));
    expect(code).toBe(0);
    expect(out).toMatch(/^a\.docx {2}a\.pdf {2}1 trang {2}\d+,\d\d giây\n$/u);
    expect(readFileSync(join(folder, "a.pdf")).subarray(0, 8).toString()).toBe("%PDF-1.7");
    expect(readdirSync(folder).sort()).toEqual(["a.docx", "a.pdf", "a.yaml"]);
  });

  test("the PDF says what was asked for: an archive without attachments, or no standard", () => {
    const made = (standards: string): string => {
      expect(
        kehoach("build", put("a.yaml", GOOD), "--to", "pdf", "--pdf-standard", standards).code,
      ).toBe(0);
      return readFileSync(join(folder, "a.pdf"), "latin1");
    };
    expect(made("a-2a,ua-1")).toMatch(/<pdfaid:part>2<\/pdfaid:part>[\s\S]*<pdfuaid:part>1</u);
    expect(made("a-2a")).not.toContain("/EmbeddedFile");
    expect(made("none")).not.toMatch(/pdfaid|pdfuaid/u);
  });

  test("a plan with mistakes reports them all, exits 1 and writes nothing", () => {
    const { code, out, err } = kehoach(
      "build",
      put("b.yaml", BAD),
      "--format",
      "short",
      "-o",
      "ra",
    );
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err.trimEnd().split("\n")).toEqual([
      expect.stringMatching(/^b\.yaml:1:1: lỗi: thiếu mục “subject”$/u),
      "b.yaml:4:1: lỗi: không có mục tên “subjct” ở đây",
      "b.yaml:6:5: lỗi: không rõ đây là loại mục gì: có “heding”",
      "b.yaml:7:14: lỗi: cần chữ, nhưng gặp 3",
    ]);
    expect(existsSync(join(folder, "ra"))).toBe(false);
  });

  test("earlier output stays as it was when the plan breaks", () => {
    kehoach("build", put("a.yaml", GOOD));
    const before = readFileSync(join(folder, "a.pdf"));
    put("a.yaml", BAD);
    expect(kehoach("build", "a.yaml").code).toBe(1);
    expect(readFileSync(join(folder, "a.pdf")).equals(before)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["a.docx", "a.pdf", "a.yaml"]);
  });

  test("of several plans the right ones are built, the exit code tells of the wrong", () => {
    const { code, out } = kehoach(
      "build",
      put("a.yaml", GOOD),
      put("b.yaml", BAD),
      put("c.yaml", GOOD),
      "-o",
      "ra",
    );
    expect(code).toBe(1);
    expect(out.split("\n").filter(Boolean)).toHaveLength(2);
    expect(readdirSync(join(folder, "ra")).sort()).toEqual(["a.docx", "a.pdf", "c.docx", "c.pdf"]);
  });

  test("two processes give the same bytes, whatever the time zone", () => {
    copyFileSync("fixtures/son-ha-2024.yaml", join(folder, "p.yaml"));
    for (const [out, zone] of [
      ["x", "UTC"],
      ["y", "Asia/Ho_Chi_Minh"],
    ] as const) {
      execFileSync(process.execPath, [COMMAND, "build", "p.yaml", "-o", out], {
        cwd: folder,
        env: { ...process.env, TZ: zone },
      });
    }
    for (const file of ["p.docx", "p.pdf"]) {
      expect(
        readFileSync(join(folder, "x", file)).equals(readFileSync(join(folder, "y", file))),
      ).toBe(true);
    }
  });

  test("an output folder that cannot be written", () => {
    put("taken", "a file where a folder should be");
    const { code, err } = kehoach("build", put("a.yaml", GOOD), "-o", "taken");
    expect(code).toBe(1);
    expect(err).toContain("không ghi được tệp");
    expect(readFileSync(join(folder, "taken"), "utf8")).toBe("a file where a folder should be");
    expect(readdirSync(folder).sort()).toEqual(["a.yaml", "taken"]);
  });

  test("a file that is not there, a folder, a Word file", () => {
    mkdirSync(join(folder, "thu-muc"));
    writeFileSync(join(folder, "c.yaml"), Buffer.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe]));
    const { code, err } = kehoach(
      "check",
      "khong-co.yaml",
      "thu-muc",
      "c.yaml",
      "--format",
      "short",
    );
    expect(code).toBe(1);
    expect(err.trimEnd().split("\n")).toEqual([
      "khong-co.yaml:1:1: lỗi: không có tệp này",
      "thu-muc:1:1: lỗi: đây là thư mục, không phải tệp",
      "c.yaml:1:1: lỗi: tệp không phải văn bản UTF-8",
    ]);
  });

  test("a PDF that arrived cut short: one finding, no word of a library", () => {
    kehoach("build", put("a.yaml", GOOD), "--to", "pdf");
    const whole = readFileSync(join(folder, "a.pdf"));
    for (const share of [0.3, 0.6, 0.9]) {
      writeFileSync(join(folder, "cut.pdf"), whole.subarray(0, Math.floor(whole.length * share)));
      const { code, out, err } = kehoach("build", "cut.pdf", "-o", "ra", "--format", "short");
      expect([code, out]).toEqual([1, ""]);
      expect(err.trimEnd()).toMatch(/^cut\.pdf:1:1: lỗi: không đọc được tệp[^\n]*$/u);
    }
    expect(existsSync(join(folder, "ra"))).toBe(false);
  });

  test("a file of 50 MB is refused before it is read", () => {
    put("to.yaml", "a".repeat(50_000_000));
    const start = performance.now();
    const { code, err } = kehoach("check", "to.yaml", "--format", "short");
    expect(code).toBe(1);
    expect(err).toBe("to.yaml:1:1: lỗi: tệp quá lớn: 50 MB, nhiều nhất 20 MB\n");
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test("findings as JSON, on standard output", () => {
    const { code, out } = kehoach("check", put("b.yaml", BAD), "--format", "json", "--lang", "en");
    expect(code).toBe(1);
    const { findings } = JSON.parse(out) as { findings: Record<string, unknown>[] };
    expect(findings).toContainEqual({
      code: "unknown-key",
      severity: "error",
      file: "b.yaml",
      line: 4,
      column: 1,
      path: "subjct",
      cell: "",
      message: "there is no field “subjct” here",
      hint: "did you mean “subject”?",
    });
    expect(JSON.parse(kehoach("check", put("a.yaml", GOOD), "--format", "json").out)).toEqual({
      findings: [],
    });
  });

  test("findings as text show the line and point at the place", () => {
    const { err } = kehoach("check", put("b.yaml", BAD));
    expect(err).toContain(dedent`
      lỗi: không có mục tên “subjct” ở đây
        --> b.yaml:4:1 (subjct)
        4 | subjct: Thử
          | ^
        gợi ý: có phải là “subject”?
    `);
    expect(err).not.toMatch(/\bat .*\.js:/u);
  });

  test("an office's templates, fonts and profile", () => {
    mkdirSync(join(folder, "mau"));
    put("mau/title.hbs", '<p role="type">ĐỀ CƯƠNG</p>');
    mkdirSync(join(folder, "phong"));
    for (const [from, to] of [
      ["Regular", "times"],
      ["Bold", "timesbd"],
      ["Italic", "timesi"],
      ["BoldItalic", "timesbi"],
    ])
      copyFileSync(`fonts/LiberationSerif-${from}.ttf`, join(folder, "phong", `${to}.ttf`));
    put("co-quan.yaml", "bodySize: 13\nlineSpacing: 1.2\n");
    const { code } = kehoach(
      "build",
      put("a.yaml", GOOD),
      "--templates",
      "mau",
      "--fonts",
      "phong",
      "--profile",
      "co-quan.yaml",
      "--to",
      "text,layout",
    );
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "a.txt"), "utf8")).toContain("ĐỀ CƯƠNG");
    expect(readFileSync(join(folder, "a.layout.txt"), "utf8")).toContain('Regular/13 "Một đoạn."');
  });

  test("a profile outside the decree, folders that lack what they should have", () => {
    put("co-quan.yaml", "bodySize: 16\nmargin: 1\n");
    mkdirSync(join(folder, "trong"));
    const { code, err } = kehoach(
      "build",
      put("a.yaml", GOOD),
      "--profile",
      "co-quan.yaml",
      "--fonts",
      "trong",
      "--templates",
      "khong-co",
      "--format",
      "short",
    );
    expect(code).toBe(1);
    expect(err).toContain(
      "co-quan.yaml:1:11: lỗi: 16 ngoài khoảng cho phép: giá trị lớn nhất là 14",
    );
    expect(err).toContain("co-quan.yaml:2:1: lỗi: không có mục tên “margin” ở đây");
    expect(err).toContain("trong:1:1: lỗi: thiếu phông chữ");
    expect(err).toContain("khong-co:1:1: lỗi: không đọc được thư mục mẫu");
  });
});

describe("kehoach init and schema", () => {
  test("the starter is a right plan, and is never written over another file", () => {
    expect(kehoach("init", "thu").code).toBe(0);
    expect(kehoach("build", "thu.yaml").code).toBe(0);
    const before = readFileSync(join(folder, "thu.yaml"), "utf8");
    const again = kehoach("init", "thu");
    expect(again.code).toBe(1);
    expect(again.err).toContain("không ghi đè");
    expect(readFileSync(join(folder, "thu.yaml"), "utf8")).toBe(before);
  });

  test("the schema is draft-07 with Vietnamese titles, published as it is printed", () => {
    const { code, out } = kehoach("schema");
    expect(code).toBe(0);
    const schema = JSON.parse(out) as {
      $schema: string;
      properties: Record<string, { title?: string }>;
    };
    expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
    expect(schema.properties["subject"]?.title).toMatch(/^Trích yếu/u);
    expect(Object.entries(schema.properties).filter(([, field]) => !field.title)).toEqual([]);
    expect(readFileSync("plan.schema.json", "utf8")).toBe(out);
  });
});

describe("tables and units", () => {
  const TABLES = yaml`
    tables:
      chia:
        unit: hộ
        columns:
          - { id: xa, title: Xã }
          - { id: ho, title: Hộ, kind: count }
          - { id: giam, title: Giảm, kind: count, allocate: { total: 10, by: ho } }
        rows: [{ xa: Xã An Khương, ho: 30 }, { xa: Xã An Phú, ho: 20 }]
  `;
  const PLAN = GOOD.replace("body: [Một đoạn.]", `${TABLES}\nbody: [{ table: chia }]`);

  test("--to xlsx writes a workbook; a plan without tables has none, and that is said", () => {
    expect(kehoach("build", put("a.yaml", PLAN), "--to", "xlsx").code).toBe(0);
    expect(readFileSync(join(folder, "a.xlsx")).subarray(0, 2).toString()).toBe("PK");
    const { code, err } = kehoach("build", put("b.yaml", GOOD), "--to", "xlsx,pdf");
    expect({ code, err }).toEqual({ code: 0, err: "b.yaml: không có bảng nào, không ghi .xlsx\n" });
    expect(existsSync(join(folder, "b.xlsx"))).toBe(false);
  });

  test("--unit makes one commune's extract, which carries nothing of the others", () => {
    const { code, out } = kehoach(
      "build",
      put("a.yaml", PLAN),
      "--unit",
      "xã an  khương",
      "--to",
      "text,pdf",
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^a\.xa-an-khuong\.txt {2}a\.xa-an-khuong\.pdf/u);
    const text = readFileSync(join(folder, "a.xa-an-khuong.txt"), "utf8");
    expect(text).toContain("TRÍCH KẾ HOẠCH");
    expect(text).toMatch(/Giảm\thộ\t6/u);
    expect(text).not.toContain("An Phú");
    expect(readFileSync(join(folder, "a.xa-an-khuong.pdf"), "latin1")).not.toContain(
      "/EmbeddedFile",
    );
  });

  test("a unit that no table names is told, with the nearest", () => {
    const { code, err } = kehoach(
      "build",
      put("a.yaml", PLAN),
      "--unit",
      "xã An Khưong",
      "--lang",
      "en",
    );
    expect(code).toBe(1);
    expect(err).toContain("no table of the plan gives anything to “xã An Khưong”");
    expect(err).toContain("did you mean “Xã An Khương”?");
    expect(readdirSync(folder)).toEqual(["a.yaml"]);
  });

  test("--explain says the steps, in both languages", () => {
    const vi = kehoach("check", put("a.yaml", PLAN), "--explain", "Xã An Phú");
    expect(vi.code).toBe(0);
    expect(vi.out).toBe(
      `${dedent`
        Bảng chia, cột “Giảm”
          trọng số: 20 (Hộ)
          Xã An Phú: trọng số 20 trên tổng trọng số 50; chia 10 cho 2 đơn vị
          phần đúng: 4
          là số nguyên, không phải làm tròn: 4
        a.yaml: không có lỗi  1 trang
      `}\n`,
    );
    expect(kehoach("check", "a.yaml", "--explain", "Xã An Phú", "--lang", "en").out).toContain(
      "a whole number, nothing to round: 4",
    );
    expect(kehoach("check", "a.yaml", "--explain", "Xã X").code).toBe(1);
  });

  test("a reader that stops reading gets no stack trace", () => {
    put("a.yaml", PLAN);
    const result = spawnSync(
      "sh",
      [
        "-c",
        dedent`
          "${process.execPath}" "${COMMAND}" schema | head -c 10
          "${process.execPath}" "${COMMAND}" check a.yaml --explain "Xã An Phú" | head -c 1
        `,
      ],
      { cwd: folder, encoding: "utf8" },
    );
    expect(result.stderr).toBe("");
  });

  test("extracts makes one for each unit, a manifest that adds up; other files stay", () => {
    mkdirSync(join(folder, "ra", "a-trich"), { recursive: true });
    writeFileSync(join(folder, "ra", "a-trich", "cua-toi.txt"), "x");
    expect(kehoach("extracts", put("a.yaml", PLAN), "-o", "ra", "--to", "docx").code).toBe(0);
    const names = (): string[] => readdirSync(join(folder, "ra", "a-trich")).sort();
    expect(names()).toEqual([
      "cua-toi.txt",
      "manifest.json",
      "xa-an-khuong.docx",
      "xa-an-phu.docx",
    ]);
    const manifest = JSON.parse(
      readFileSync(join(folder, "ra", "a-trich", "manifest.json"), "utf8"),
    ) as { readonly units: readonly { readonly tables: unknown }[]; readonly totals: unknown };
    expect(manifest.units.map(({ tables }) => tables)).toEqual([
      { chia: { ho: "30", giam: "6" } },
      { chia: { ho: "20", giam: "4" } },
    ]);
    expect(manifest.totals).toEqual([
      { table: "chia", column: "ho", title: "Hộ", plan: "50", units: "50", agrees: true },
      { table: "chia", column: "giam", title: "Giảm", plan: "10", units: "10", agrees: true },
    ]);
    put("a.yaml", PLAN.replace("Xã An Phú", "Xã Đồng Nơ"));
    expect(kehoach("extracts", "a.yaml", "-o", "ra", "--to", "docx").code).toBe(0);
    expect(names()).toEqual([
      "cua-toi.txt",
      "manifest.json",
      "xa-an-khuong.docx",
      "xa-dong-no.docx",
    ]);
    expect(readdirSync(join(folder, "ra"))).toEqual(["a-trich"]);
  });

  test("rows that belong to no unit leave the extracts short, and that is refused", () => {
    const { code, err } = kehoach(
      "extracts",
      put("a.yaml", PLAN.replace("rows: [", "rows: [{ ho: 7 }, ")),
      "-o",
      "ra",
    );
    expect(code).toBe(1);
    expect(err).toContain("bảng chia, cột “Hộ”: kế hoạch giao 57, các đơn vị cộng lại 50");
    expect(existsSync(join(folder, "ra"))).toBe(false);
  });

  test("what a file carries goes with its spreadsheets", () => {
    const plan = PLAN.replace(/rows: \[.*\]/u, "rows: { file: so-lieu/xa.csv }");
    mkdirSync(join(folder, "so-lieu"));
    put(
      "so-lieu/xa.csv",
      dedent`
        Xã,Hộ
        Xã An Khương,30
        Xã An Phú,20
      `,
    );
    expect(kehoach("build", put("a.yaml", plan), "-o", "ra").code).toBe(0);
    rmSync(join(folder, "so-lieu"), { recursive: true });
    for (const format of ["docx", "pdf"]) {
      expect(kehoach("build", `ra/a.${format}`, "-o", `lai-${format}`).code).toBe(0);
      expect(
        Buffer.compare(
          readFileSync(join(folder, "ra", "a.pdf")),
          readFileSync(join(folder, `lai-${format}`, "a.pdf")),
        ),
      ).toBe(0);
      expect(kehoach("extract", `ra/a.${format}`, "-o", `du-lieu-${format}`).code).toBe(0);
      expect(readFileSync(join(folder, `du-lieu-${format}`, "xa.csv"), "utf8")).toContain(
        "Xã An Phú,20",
      );
    }
  });
});

describe("kehoach import", () => {
  const SAMPLE = resolve("fixtures/import/son-ha-2024.md");
  const OLD = dedent`
    KẾ HOẠCH
    Trồng rừng năm 2024

    UBND xã Bảo Hà ban hành Kế hoạch như sau:

    I. MỤC ĐÍCH

    Trồng nhiều rừng.

    1. Dự án 1: Ươm cây

    Tổng kinh phí là 100 triệu đồng, trong đó:

    - Ngân sách tỉnh: 60 triệu đồng;

    - Ngân sách xã: 30 triệu đồng.
  `;

  test("writes a plan that builds at once, and accounts for every word", () => {
    const { code, out } = kehoach("import", SAMPLE, "-o", "a.yaml");
    expect(code).toBe(0);
    expect(out).toMatch(
      /dựng lại và so từng chữ: (\d+)\/\1 chữ của nguồn có mặt, đúng thứ tự \(100%\)/u,
    );
    expect(out).toContain("phải đoán, xem lại");
    expect(kehoach("build", "a.yaml").code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["a.docx", "a.pdf", "a.yaml"]);
  });

  test("wrong totals of the original are told by import, check and build, which go on", () => {
    expect(kehoach("import", put("cu.txt", OLD)).out).toContain("cu.yaml:");
    const { code, err } = kehoach("check", "cu.yaml");
    expect(code).toBe(0);
    expect(err).toContain(
      "cảnh báo: tổng: bản gốc ghi 100 triệu đồng, các dự án cộng lại 90 triệu đồng",
    );
    expect(err).toContain("1 cảnh báo; vẫn dựng được.");
    expect(kehoach("build", "cu.yaml").code).toBe(0);
    const report = JSON.parse(kehoach("check", "cu.yaml", "--format", "json").out) as {
      readonly findings: readonly object[];
    };
    expect(report.findings).toMatchObject([
      {
        code: "declared-differs",
        severity: "warning",
        path: "programme.projects[0].declared.tong",
      },
    ]);
  });

  test("a plan that is there and says something else is not overwritten", () => {
    put("cu.txt", OLD);
    put("cu.yaml", "của tôi");
    const { code, err } = kehoach("import", "cu.txt");
    expect(code).toBe(1);
    expect(err).toContain("không ghi đè");
    expect(readFileSync(join(folder, "cu.yaml"), "utf8")).toBe("của tôi");
  });

  test("several documents go into a folder; one that cannot be read stops no other", () => {
    put("a.txt", OLD);
    put("b.docx", "không phải tệp Word");
    put("c.txt", OLD.replace("2024", "2025"));
    const { code, out, err } = kehoach("import", "a.txt", "b.docx", "c.txt", "-o", "ra");
    expect(code).toBe(1);
    expect(out).toContain("a.txt → ra/a.yaml");
    expect(out).toContain("c.txt → ra/c.yaml");
    expect(err).toContain("b.docx:1:1");
    expect(readdirSync(join(folder, "ra"))).toEqual(["a.yaml", "c.yaml"]);
    expect(kehoach("import", "a.txt", "c.txt", "-o", "mot.yaml").code).toBe(2);
    // A file of another kind after -o is a mistake, not the name of a folder.
    expect(kehoach("import", "a.txt", "-o", "a.docx").code).toBe(2);
    expect(readdirSync(folder).filter((name) => name.startsWith("a."))).toEqual(["a.txt"]);
  });

  test("“-” prints the plan and nothing else; JSON accounts for machines", () => {
    put("a.txt", OLD);
    const shown = kehoach("import", "a.txt", "-o", "-");
    expect(shown.out).toMatch(/^# Nhập từ a\.txt bằng kehoach import\.\n/u);
    expect(shown.err).toContain("(màn hình)");
    const account = JSON.parse(kehoach("import", "a.txt", "--format", "json").out) as {
      readonly imports: readonly object[];
    };
    expect(account.imports).toMatchObject([
      {
        file: "a.txt",
        out: "a.yaml",
        differences: [],
        leftOver: [],
        warnings: [{ code: "declared-differs" }],
      },
    ]);
  });

  test("an office's own words are added; wrong ones are told with their place", () => {
    put("a.txt", OLD.replace("Dự án 1", "Mô-đun 1"));
    put("rieng.yaml", "projectNames: [Mô-đun]\n");
    kehoach("import", "a.txt", "--knowledge", "rieng.yaml");
    expect(readFileSync(join(folder, "a.yaml"), "utf8")).toContain("official: Mô-đun 1");
    put("sai.yaml", "projectNmes: [Mô-đun]\n");
    const { code, err } = kehoach("import", "a.txt", "--knowledge", "sai.yaml", "-o", "b.yaml");
    expect(code).toBe(1);
    expect(err).toContain("sai.yaml:1:1");
    expect(existsSync(join(folder, "b.yaml"))).toBe(false);
  });

  test.each(["docx", "pdf"])(
    "our own %s gives back the data it carries, and says when somebody has changed its text",
    (format) => {
      kehoach("build", put("a.yaml", GOOD), "-o", "ra", "--to", format);
      const taken = kehoach("import", `ra/a.${format}`, "-o", "lai.yaml");
      expect(taken.out).toContain("lấy lại đúng dữ liệu nó mang theo");
      expect(taken.out).not.toContain("đã được sửa");
      expect(readFileSync(join(folder, "lai.yaml"), "utf8")).toBe(GOOD);
      const read = kehoach("import", `ra/a.${format}`, "-o", "doc.yaml", "--no-source");
      expect(read.out).toContain("(100%)");
      expect(readFileSync(join(folder, "doc.yaml"), "utf8")).toContain("Một đoạn.");
    },
  );

  test("a Word file changed after it was built says where", () => {
    kehoach("build", put("a.yaml", GOOD), "--to", "docx");
    const parts = unzipSync(readFileSync(join(folder, "a.docx")));
    parts["word/document.xml"] = strToU8(
      strFromU8(parts["word/document.xml"] ?? new Uint8Array()).replace(
        "Một đoạn.",
        "Một câu khác.",
      ),
    );
    writeFileSync(join(folder, "sua.docx"), zipSync(parts));
    const { out } = kehoach("import", "sua.docx");
    expect(out).toContain("tệp đã được sửa sau khi dựng");
    expect(out).toContain("“câu khác.” thành “đoạn.”");
    kehoach("import", "sua.docx", "--no-source", "-o", "moi.yaml");
    expect(readFileSync(join(folder, "moi.yaml"), "utf8")).toContain("Một câu khác.");
  });
});

describe("wrong use", () => {
  test.each<[readonly string[], string]>([
    [["chek"], "không có lệnh “chek”"],
    [["build"], "thiếu đối số plan"],
    [["build", "a.yaml", "--to", "doc"], "không có dạng “doc”"],
    [["build", "a.yaml", "--bogus"], "không có tùy chọn --bogus"],
    [["build", "x/a.yaml", "y/a.yaml", "-o", "ra"], "hai kế hoạch sẽ ghi cùng một tệp"],
    [["build", "a.yaml", "--pdf-standard", "a-4"], "“a-4”"],
    [["build", "a.yaml", "--pdf-standard", "a-2a,a-3a"], "“a-2a,a-3a”"],
    [["check", "a.yaml", "--format", "xml"], "không nhận giá trị “xml”"],
  ])("%p", (args, message) => {
    const { code, err } = kehoach(...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });

  test("help and version speak Vietnamese, and English when asked", () => {
    expect(kehoach("--help").out).toMatch(/^Cách dùng: kehoach/u);
    expect(kehoach("--help", "--lang", "en").out).toMatch(/^Usage: kehoach/u);
    expect(kehoach("build", "--help").out).toContain("thư mục ghi kết quả");
    expect(kehoach("--version").out).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });
});

test("the command can be run as a program", () => {
  chmodSync(COMMAND, 0o755);
  expect(statSync(COMMAND).mode & 0o100).toBeTruthy();
  expect(readFileSync(COMMAND, "utf8").startsWith("#!/usr/bin/env node")).toBe(true);
});
