import { strToU8, zipSync } from "fflate";

/** An input that gets longer with `size`, and how it is read. */
export interface LongInput {
  readonly name: string;
  /** What the input is given to. */
  readonly road: "check" | "import" | "report";
  /** The size at which twice and four times as much are measured too. */
  readonly size: number;
  readonly make: (size: number) => string | Uint8Array;
  /** The name of the file for `import`. */
  readonly file?: string;
}

const HEAD = `kehoach: 1
issuer: { name: Ủy ban nhân dân xã An Bình, place: An Bình }
date: { year: 2026 }
subject: Thử
`;

const SENTENCE = "Tổ chức tuyên truyền, vận động Nhân dân thực hiện nếp sống văn minh";

function times(count: number, make: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => make(index)).join("");
}

function bodyOf(text: string): string {
  return `${HEAD}body:\n  - ${JSON.stringify(text)}\n`;
}

function table(columns: string, rows: string): string {
  return `${HEAD}tables: { b: { key: xa, columns: [{ id: xa, title: Xã }, ${columns}], rows: [${rows}] } }\nbody: [{ table: b }]\n`;
}

function kind(
  road: LongInput["road"],
  name: string,
  size: number,
  make: LongInput["make"],
  file?: string,
): LongInput {
  return { road, name, size, make, ...(file === undefined ? {} : { file }) };
}

/** Plans that are long in one way each. */
const PLANS: readonly LongInput[] = [
  kind("check", "one long paragraph", 4000, (n) => bodyOf(times(n, () => `${SENTENCE}. `))),
  kind(
    "check",
    "many paragraphs",
    1000,
    (n) => `${HEAD}body:\n${times(n, () => `  - ${SENTENCE}.\n`)}`,
  ),
  kind(
    "check",
    "many sections",
    1000,
    (n) =>
      `${HEAD}body:\n${times(n, () => `  - heading: ${SENTENCE}\n    body: [${SENTENCE}.]\n`)}`,
  ),
  kind(
    "check",
    "many items of a list",
    1500,
    (n) =>
      `${HEAD}body:\n  - heading: A\n    body:\n${times(n, () => `      - item: ${SENTENCE}\n`)}`,
  ),
  kind("check", "unclosed notes", 20_000, (n) => bodyOf("[^".repeat(n))),
  kind("check", "unclosed notes with letters", 20_000, (n) => bodyOf("[^a".repeat(n))),
  kind("check", "opening braces", 10_000, (n) => bodyOf("{{".repeat(n))),
  kind("check", "single braces", 40_000, (n) => bodyOf("{".repeat(n))),
  kind("check", "stars", 20_000, (n) => bodyOf("*a ".repeat(n))),
  kind("check", "double stars", 20_000, (n) => bodyOf("**a".repeat(n))),
  kind("check", "backslashes", 40_000, (n) => bodyOf("\\".repeat(n))),
  kind("check", "blanks", 60_000, (n) => bodyOf(`a${" ".repeat(n)}b`)),
  kind("check", "a word without end", 40_000, (n) => bodyOf("a".repeat(n))),
  kind("check", "hyphens", 20_000, (n) => bodyOf("a-".repeat(n))),
  kind("check", "slashes and digits", 20_000, (n) => bodyOf("1/".repeat(n))),
  kind("check", "bold words", 4000, (n) => bodyOf(times(n, () => "**đậm** và *nghiêng* "))),
  kind(
    "check",
    "citations of figures",
    2000,
    (n) =>
      `${HEAD}figures:\n${times(n, (i) => `  s${i}: ${i + 1}\n`)}body:\n${times(n, (i) => `  - "Có {{figures.s${i}}} hộ."\n`)}`,
  ),
  kind(
    "check",
    "unknown names",
    2000,
    (n) =>
      `${HEAD}figures:\n${times(n, (i) => `  y${i}: ${i + 1}\n`)}body:\n${times(n, (i) => `  - "Có {{figures.x${i}}} hộ."\n`)}`,
  ),
  kind(
    "check",
    "unknown keys",
    1500,
    (n) => `${HEAD}body: [a]\n${times(n, (i) => `khoa${i}: 1\n`)}`,
  ),
  kind(
    "check",
    "unknown sections and notes",
    1500,
    (n) => `${HEAD}body:\n${times(n, (i) => `  - "Theo {{muc m${i}}} [^n${i}]."\n`)}`,
  ),
  kind(
    "check",
    "wrong kinds of values",
    1500,
    (n) => `${HEAD}body:\n${times(n, () => "  - heading: 3\n")}`,
  ),
  kind(
    "check",
    "notes",
    800,
    (n) =>
      `${HEAD}footnotes:\n${times(n, (i) => `  n${i}: Chú thích ${i}\n`)}body:\n${times(n, (i) => `  - "Câu này có chú thích [^n${i}]."\n`)}`,
  ),
  kind(
    "check",
    "legal bases",
    800,
    (n) =>
      `${HEAD}bases:\n${times(n, (i) => `  - { type: Quyết định, symbol: ${i + 1}/QĐ-UBND, date: 2024-01-18, issuer: Ủy ban nhân dân tỉnh, about: về việc ${i} }\n`)}body: [Một.]\n`,
  ),
  kind(
    "check",
    "recipients",
    800,
    (n) => `${HEAD}body: [Một.]\nrecipients:\n${times(n, (i) => `  - Phòng số ${i}\n`)}`,
  ),
  kind(
    "check",
    "appendices",
    150,
    (n) =>
      `${HEAD}body: [Một.]\nappendices:\n${times(n, (i) => `  - { id: p${i}, title: Biểu mẫu, body: [Một.] }\n`)}`,
  ),
  kind("check", "rows of a table", 2000, (n) =>
    table(
      "{ id: ho, title: Hộ, kind: count }",
      times(n, (i) => `{ xa: Xã ${i}, ho: ${i} },`),
    ),
  ),
  kind("check", "columns of a table", 30, (n) =>
    table(
      times(n, (i) => `{ id: c${i}, title: C, kind: count, minWidth: 1 },`),
      `{ xa: A, ${times(n, (i) => `c${i}: 1,`)} }`,
    ),
  ),
  kind(
    "check",
    "tables",
    150,
    (n) =>
      `${HEAD}tables:\n${times(n, (i) => `  b${i}: { key: xa, columns: [{ id: xa, title: Xã }, { id: h, title: H, kind: count }], rows: [{ xa: A, h: 1 }, { xa: B, h: 2 }] }\n`)}body:\n${times(n, (i) => `  - { table: b${i} }\n`)}`,
  ),
  kind("check", "a long formula", 120, (n) =>
    table(
      `{ id: ho, title: Hộ, kind: count }, { id: g, title: G, kind: count, formula: "${"ho+".repeat(n)}ho" }`,
      "{ xa: A, ho: 1 }",
    ),
  ),
  kind(
    "check",
    "projects",
    200,
    (n) =>
      `${HEAD}programme:\n  unit: triệu đồng\n  sources: { tw: Trung ương }\n  projects:\n${times(n, (i) => `    - { id: d${i}, official: Dự án ${i}, title: Tên, funding: { tw: ${i + 1} } }\n`)}body:\n  - { programme: all }\n${times(n, (i) => `  - "Kinh phí {{tien d${i}.tw}}."\n`)}`,
  ),
  kind(
    "check",
    "comments and blank lines",
    30_000,
    (n) => `${HEAD}${times(n, () => "# ghi chú\n\n")}body: [a]\n`,
  ),
  kind("check", "a long JSON", 2000, (n) =>
    JSON.stringify({
      kehoach: 1,
      issuer: { name: "Sở Nội vụ" },
      date: { year: 2026 },
      subject: "Thử",
      body: Array<string>(n).fill(`${SENTENCE}.`),
    }),
  ),
  kind(
    "report",
    "findings on one long line",
    600,
    (n) =>
      `kehoach: 1\nissuer: { name: Sở Nội vụ }\ndate: { year: 2026 }\nsubject: Thử\nbody: [${times(n, () => "{ heading: 3 },")}]\n`,
  ),
  kind(
    "report",
    "findings on many lines",
    2000,
    (n) => `${HEAD}body:\n${times(n, () => "  - heading: 3\n")}`,
  ),
];

const TOP =
  "ỦY BAN NHÂN DÂN\nXÃ AN BÌNH\nSố: 12/KH-UBND\nAn Bình, ngày 12 tháng 3 năm 2026\n\nKẾ HOẠCH\nChăm sóc cây xanh năm 2026\n\n";

/** Texts that are long in one way each. */
const TEXTS: readonly LongInput[] = [
  kind("import", "blank lines", 20_000, (n) => `${TOP}Một.${"\n".repeat(n)}Hai.\n`),
  kind(
    "import",
    "lines of blanks",
    3000,
    (n) => `${TOP}Một.\n${times(n, () => "   \t  \n")}Hai.\n`,
  ),
  kind("import", "one line of blanks", 40_000, (n) => `${TOP}Một.${" ".repeat(n)}Hai.\n`),
  kind("import", "paragraphs", 500, (n) => `${TOP}${times(n, () => `${SENTENCE}.\n\n`)}`),
  kind("import", "dashes", 500, (n) => `${TOP}I. MỤC ĐÍCH\n${times(n, () => `- ${SENTENCE};\n`)}`),
  kind(
    "import",
    "numbered headings",
    400,
    (n) => `${TOP}I. MỤC ĐÍCH\n${times(n, (i) => `${i + 1}. Việc thứ ${i}\n${SENTENCE}.\n`)}`,
  ),
  kind(
    "import",
    "legal bases",
    300,
    (n) =>
      `${TOP}${times(n, (i) => `Căn cứ Quyết định số ${i + 1}/QĐ-UBND ngày 18 tháng 01 năm 2024 của Ủy ban nhân dân tỉnh về việc giao chỉ tiêu;\n`)}Ủy ban nhân dân xã ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\nMột.\n`,
  ),
  kind(
    "import",
    "rows between bars",
    400,
    (n) => `${TOP}I. BẢNG\n| Xã | Hộ |\n|---|---|\n${times(n, (i) => `| Xã ${i} | ${i} |\n`)}`,
  ),
  kind("import", "bars", 10_000, (n) => `${TOP}${"|".repeat(n)}\n${"| ".repeat(n)}\n`),
  kind(
    "import",
    "signs of Markdown",
    10_000,
    (n) => `${TOP}${"*".repeat(n)}\n${"-".repeat(n)}\n${"#".repeat(n)}\n${"_ ".repeat(n)}\n`,
  ),
  kind(
    "import",
    "lines in capitals",
    500,
    (n) => `${times(n, () => "ỦY BAN NHÂN DÂN XÃ\n")}${TOP}Một.\n`,
  ),
  kind("import", "a word without end", 20_000, (n) => `${TOP}${"a".repeat(n)}\n`),
  kind(
    "import",
    "numbers and units",
    1500,
    (n) => `${TOP}I. A\n${times(n, (i) => `Có ${i}.000 hộ, ${i} triệu đồng, ${i}%; `)}\n`,
  ),
  kind("import", "dots", 20_000, (n) => `${TOP}Số: ${".".repeat(n)}\n${"…".repeat(n)}\n`),
  kind(
    "import",
    "brackets",
    10_000,
    (n) => `${TOP}${"(".repeat(n)}\n${"[".repeat(n)}a${")".repeat(n)}\n`,
  ),
  kind("import", "tags", 5000, (n) => `${TOP}${"<b".repeat(n)}\n${"<b>".repeat(n)}a\n`),
  kind("import", "tabs", 10_000, (n) => `${TOP}a${"\t".repeat(n)}b\n${"a\t".repeat(n)}\n`),
];

/** Word files that are long in one way each. */
const WORD: readonly LongInput[] = [
  kind(
    "import",
    "Word: paragraphs",
    500,
    (n) => word(times(n, () => paragraph(run(`${SENTENCE}.`)))),
    "a.docx",
  ),
  kind(
    "import",
    "Word: runs in a paragraph",
    3000,
    (n) => word(paragraph(times(n, () => run("chữ ")))),
    "a.docx",
  ),
  kind(
    "import",
    "Word: rows of a table",
    400,
    (n) =>
      word(
        `<w:tbl>${times(n, (i) => `<w:tr>${cell(`Xã ${i}`)}${cell(String(i))}</w:tr>`)}</w:tbl>`,
      ),
    "a.docx",
  ),
  kind(
    "import",
    "Word: tables",
    150,
    (n) =>
      word(
        times(
          n,
          () => `<w:tbl><w:tr>${cell("Xã")}${cell("1")}</w:tr></w:tbl>${paragraph(run("a"))}`,
        ),
      ),
    "a.docx",
  ),
  kind(
    "import",
    "Word: blanks",
    60_000,
    (n) => word(paragraph(run(" ".repeat(n) + "a"))),
    "a.docx",
  ),
];

export const LONG_INPUTS: readonly LongInput[] = [...PLANS, ...TEXTS, ...WORD];

function run(text: string): string {
  return `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

function paragraph(content: string): string {
  return `<w:p>${content}</w:p>`;
}

function cell(text: string): string {
  return `<w:tc>${paragraph(run(text))}</w:tc>`;
}

function word(body: string): Uint8Array {
  const top = TOP.split("\n")
    .filter((line) => line !== "")
    .map((line) => paragraph(run(line)))
    .join("");
  return zipSync({
    "[Content_Types].xml": strToU8(
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    ),
    "_rels/.rels": strToU8(
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    ),
    "word/document.xml": strToU8(
      `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${top}${body}</w:body></w:document>`,
    ),
  });
}
