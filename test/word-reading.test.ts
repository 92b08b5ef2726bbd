import { describe, expect, test } from "@jest/globals";
import { strToU8, unzipSync, zipSync } from "fflate";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readDocx } from "../src/reading/docx/read-docx.js";
import type { SourceParagraph, SourceText } from "../src/reading/source-text.js";
import { dedent } from "./support/dedent.js";
import { fixtures, make } from "./support/product.js";
import {
  type WordSketch,
  cell,
  para,
  printParagraph,
  printSource,
  row,
  run,
  table,
  wordFile,
  wordParts,
  zipTexts,
} from "./support/word-file.js";

function read(bytes: Uint8Array): SourceText {
  const outcome = readDocx(bytes, "a.docx");
  if (!outcome.ok)
    throw new Error(
      outcome.problems.map(({ code, message }) => `${code} ${message.en}`).join("\n"),
    );
  return outcome.value;
}
const readBody = (body: string, more: Omit<WordSketch, "body"> = {}): SourceText =>
  read(wordFile({ body, ...more }));
const lines = (body: string, more: Omit<WordSketch, "body"> = {}): string[] =>
  printSource(readBody(body, more));
const notices = (text: SourceText): string[] =>
  text.notices.map(({ code, at }) => `${code} ${at.line}`);
const excluded = (text: SourceText): string[] =>
  text.excluded.map(({ why, text: words }) => `${why}: ${words}`);
function refusal(bytes: Uint8Array): string {
  const outcome = readDocx(bytes, "a.docx");
  return outcome.ok ? "read" : outcome.problems.map(({ code }) => code).join(" ");
}

const FOLDER = "fixtures/import/word";
const SAMPLES = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".docx"))
  .sort();

describe("plans written by other programs", () => {
  test.each(SAMPLES)("%s", (name) => {
    const expected = readFileSync(join(FOLDER, name.replace(/docx$/u, "txt")), "utf8")
      .trimEnd()
      .split("\n");
    expect(printSource(read(readFileSync(join(FOLDER, name))))).toEqual(expected);
  });

  test("what is put aside in them is told", () => {
    const told = Object.fromEntries(
      SAMPLES.map((name) => {
        const text = read(readFileSync(join(FOLDER, name)));
        return [name, [...notices(text), ...excluded(text)]];
      }),
    );
    expect(told).toEqual({
      "cai-cach-pandoc.docx": [],
      "duoi-nuoc-libreoffice.docx": ["page-number: 2"],
      "thien-tai-danh-so.docx": ["page-number: 2"],
      "to-cong-nghe-thu-vien-js.docx": ["page-number: Trang"],
      "trat-tu-hop-van-ban.docx": ["text-box 1", "page-number: 2"],
      "trong-cay-sua-theo-doi.docx": [
        "tracked-changes 10",
        "comments 39",
        "deleted: Căn cứ Công văn số 77/UBND-NN của Ủy ban nhân dân huyện;",
        "deleted: công chức",
        "deleted: đất đai.",
        "deleted: Thôn Trung\n500\n300",
        "deleted: 28.000.000",
        "page-number: 2",
      ],
    });
  });
});

describe("our own Word files", () => {
  const words = (text: string): string[] =>
    text
      .normalize("NFC")
      .split(/\s+/u)
      .filter((word) => word !== "")
      .sort();

  test.each(fixtures())("$name has all its words", async ({ name, text }) => {
    const made = await make(text, ["docx", "text"], `fixtures/${name}.yaml`);
    if (!made.ok) throw new Error(name);
    const {
      blocks,
      footnotes,
      notices: said,
    } = read(made.value.files.get("docx") ?? new Uint8Array());
    const paragraphs = [
      ...blocks.flatMap((block) =>
        block.kind === "paragraph" ? [block] : block.rows.flat().flatMap((one) => one.paragraphs),
      ),
      ...[...footnotes.values()].flat(),
    ];
    const shown = ({ label, text: own }: SourceParagraph): string => `${label ?? ""} ${own}`;
    expect(words(paragraphs.map(shown).join("\n"))).toEqual(
      words(new TextDecoder().decode(made.value.files.get("text"))),
    );
    expect(said).toEqual([]);
  });
});

describe("what stands in a paragraph", () => {
  const field = (instruction: string, result: string): string =>
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' +
    `<w:r><w:instrText>${instruction}</w:instrText></w:r>` +
    `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${result}` +
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>';

  test.each([
    [
      "blanks fold, tabs and breaks stay",
      '<w:r><w:t xml:space="preserve">  Số:\u00a0 </w:t><w:tab/><w:tab/><w:t>12</w:t>' +
        "<w:br/><w:t>Kế\u00a0hoạch</w:t><w:cr/></w:r>",
      ["Số:⇥12⏎Kế hoạch"],
    ],
    [
      "blanks at the ends of a text count only where the file says so",
      '<w:r><w:t>Kế </w:t></w:r><w:r><w:t xml:space="preserve">hoạch </w:t></w:r><w:r>' +
        "<w:t>năm</w:t></w:r>",
      ["Kếhoạch năm"],
    ],
    [
      "hyphens",
      "<w:r><w:t>Kinh</w:t><w:softHyphen/><w:t>phí 2021</w:t><w:noBreakHyphen/>" +
        "<w:t>2025, UBND\u00ad</w:t></w:r>",
      ["Kinhphí 2021-2025, UBND"],
    ],
    [
      "signs of symbol fonts",
      '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>10 </w:t>' +
        '<w:sym w:font="Wingdings" w:char="F0A8"/>' +
        `</w:r>${run(" \uf0b7 ghi chú", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')}`,
      ["≥10☐ - ghi chú"],
    ],
    [
      "a tone in another run than its letter",
      `${run("ke")}${run("\u0302\u0301 hoa")}${run("\u0323ch", "<w:b/>")}`,
      ["kế hoạ**ch**"],
    ],
    [
      "hyperlinks, smart tags, form controls",
      `<w:hyperlink>${run("Cổng ")}</w:hyperlink>` +
        `<w:smartTag>${run("thông tin ")}</w:smartTag><w:sdt>` +
        `<w:sdtContent>${run("điện tử")}</w:sdtContent></w:sdt>`,
      ["Cổng thông tin điện tử"],
    ],
    [
      "the result of a field, not what it does",
      `${run("Xem ")}${field(" REF _Ref1 \\h ", run("Mục II"))}<w:fldSimple w:instr=" ` +
        `DATE ">${run(" ngày 5")}</w:fldSimple>`,
      ["Xem Mục II ngày 5"],
    ],
    [
      "fields inside the instruction of another",
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText>' +
        `</w:r>${field("MERGEFIELD x", run("1"))}<w:r><w:fldChar w:fldCharType="separate"/>` +
        `</w:r>${run("đạt")}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
      ["đạt"],
    ],
    [
      "no page numbers",
      `${run("trang ")}${field("PAGE", run("3"))}<w:fldSimple ` +
        `w:instr="NUMPAGES">${run("9")}</w:fldSimple>${run("cuối")}`,
      ["trang cuối"],
    ],
    [
      "only the newer of two branches",
      '<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>mới</w:t></mc:Choice>' +
        "<mc:Fallback><w:t>cũ</w:t></mc:Fallback></mc:AlternateContent></w:r>",
      ["mới"],
    ],
    [
      "a page break cuts",
      `${run("Cuối trang")}<w:r><w:br w:type="page"/></w:r>${run("Phụ lục")}`,
      ["Cuối trang", "Phụ lục"],
    ],
    [
      "the letters of an equation",
      `${run("S = ")}<m:oMath><m:r><m:t>a×b</m:t></m:r></m:oMath>`,
      ["S = a×b"],
    ],
    [
      "nothing that only looks like text",
      `<w:bookmarkStart w:name="x"/><w:r><w:lastRenderedPageBreak/><w:annotationRef/></w:r>`,
      [],
    ],
  ])("%s", (_name, content, expected) => {
    expect(lines(para(content))).toEqual(expected);
  });

  test("a field that never ends does not swallow the paragraphs after it", () => {
    expect(
      lines(
        para(
          '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>' +
            `<w:instrText>PAGE</w:instrText></w:r>${run("x")}`,
        ) + para("Mục I"),
      ),
    ).toEqual(["Mục I"]);
  });

  test("hidden text, pictures, objects and forms nobody filled in are told of", () => {
    const text = readBody(
      para(run("Mở ") + run("ẩn", "<w:vanish/>") + run("đầu")) +
        para("<w:r><w:drawing><pic:pic/></w:drawing></w:r><w:r><w:object/></w:r>") +
        para(
          "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>" +
            `<w:sdtContent>${run("Nhập vào đây")}</w:sdtContent></w:sdt>`,
        ) +
        para('<w:r><w:pict><v:line from="0,0" to="9,0"/></w:pict></w:r>'),
    );
    expect(printSource(text)).toEqual(["Mở đầu"]);
    expect(notices(text)).toEqual([
      "hidden-text 1",
      "picture 2",
      "embedded-object 2",
      "placeholder 3",
    ]);
    expect(excluded(text)).toEqual(["artifact: ẩn", "artifact: Nhập vào đây"]);
  });

  test("a table of contents is put aside", () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="Mclc1"><w:name w:val="toc 1"/></w:style>';
    const text = readBody(
      para("I. Mục đích\t1", '<w:pStyle w:val="Mclc1"/>') + para("I. Mục đích"),
      { styles },
    );
    expect(printSource(text)).toEqual(["I. Mục đích"]);
    expect(notices(text)).toEqual(["contents 1"]);
  });

  test("text boxes come before the paragraph that holds them, once", () => {
    const box = (inner: string): string => `<w:txbxContent>${inner}</w:txbxContent>`;
    const both =
      '<w:r><mc:AlternateContent><mc:Choice Requires="wps">' +
      `<w:drawing>${box(para("Trong hộp"))}</w:drawing></mc:Choice><mc:Fallback><w:pict>` +
      `<v:shape><v:textbox>${box(para("Trong hộp"))}</v:textbox></v:shape></w:pict>` +
      "</mc:Fallback></mc:AlternateContent></w:r>";
    const text = readBody(para("Trước") + para(run("Mang hộp") + both) + para("Sau"));
    expect(printSource(text)).toEqual(["Trước", "Trong hộp", "Mang hộp", "Sau"]);
    expect(text.blocks.map(({ at }) => at.line)).toEqual([1, 2, 2, 3]);
    const picture = readBody(
      para(
        `<w:r><w:drawing>${box(para("<w:r><w:drawing><pic:pic/></w:drawing></w:r>"))}</w:drawing>` +
          "</w:r>",
      ),
    );
    expect(picture.notices.map(({ message }) => message.en)).toEqual([
      "1 pictures or charts were passed over; words in them are not read",
    ]);
  });
});

describe("looks", () => {
  const styles = dedent`
    <w:docDefaults>
      <w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial"/></w:rPr></w:rPrDefault>
      <w:pPrDefault><w:pPr><w:jc w:val="both"/></w:pPr></w:pPrDefault>
    </w:docDefaults>
    <w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="Base">
      <w:name w:val="x"/><w:basedOn w:val="N"/>
      <w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr>
    </w:style>
    <w:style w:type="paragraph" w:styleId="u2">
      <w:name w:val="heading 2"/><w:basedOn w:val="Base"/><w:rPr><w:caps/></w:rPr>
    </w:style>
    <w:style w:type="paragraph" w:styleId="Loop">
      <w:name w:val="l"/><w:basedOn w:val="Loop2"/><w:rPr><w:i/></w:rPr>
    </w:style>
    <w:style w:type="paragraph" w:styleId="Loop2">
      <w:name w:val="m"/><w:basedOn w:val="Loop"/>
    </w:style>
    <w:style w:type="character" w:styleId="Strong">
      <w:name w:val="Strong"/><w:rPr><w:b/></w:rPr>
    </w:style>
  `;
  const styled = (id: string): string => `<w:pStyle w:val="${id}"/>`;

  test.each([
    [
      "bold parts, neighbours as one, no blanks at the ends",
      run("Hạn ") + run(" 30", "<w:b/>") + run("/6 ", "<w:b/>") + run("năm"),
      "",
      "Hạn **30/6** năm",
    ],
    [
      "wholly bold has no marks; blanks do not count",
      run("Mục ", "<w:b/>") + run(" ") + run("I", "<w:b/>"),
      "",
      "**Mục I**",
    ],
    ["off and on by value", run("a", '<w:b w:val="0"/><w:i w:val="true"/>'), "", "_a_"],
    ["a style's base", run("a"), styled("Base"), "**a**"],
    [
      "a direct off beats the style",
      run("a ") + run("b", '<w:b w:val="false"/>'),
      styled("Base"),
      "**a** b",
    ],
    [
      "bold letters in a bold paragraph style are not bold",
      run("a ") + run("b", '<w:rStyle w:val="Strong"/>'),
      styled("Base"),
      "**a** b",
    ],
    ["a character style", run("a ") + run("b", '<w:rStyle w:val="Strong"/>'), "", "a **b**"],
    ["headings by their name, capitals", run("đích"), styled("u2"), "## **ĐÍCH**"],
    [
      "a level of the outline in the paragraph itself",
      run("a"),
      '<w:outlineLvl w:val="0"/>',
      "# a",
    ],
    [
      "no heading where the paragraph says so",
      run("a"),
      `${styled("u2")}<w:outlineLvl w:val="9"/>`,
      "**A**",
    ],
    ["styles in a circle", run("a"), styled("Loop"), "_a_"],
    ["an unknown style", run("a"), styled("Gone"), "a"],
  ])("%s", (_name, content, look, expected) => {
    expect(lines(para(content, look), { styles })).toEqual([expected]);
  });

  test("alignment: direct, of the style, of the file", () => {
    const body = [
      para("a", '<w:jc w:val="end"/>'),
      para("b", styled("Base")),
      para("c"),
      para("d", '<w:jc w:val="start"/>'),
    ].join("");
    const { blocks } = readBody(body, { styles });
    expect(blocks.map((block) => block.kind === "paragraph" && block.look.align)).toEqual([
      "right",
      "center",
      null,
      "left",
    ]);
    const [plain] = readBody(para("e")).blocks;
    expect(plain?.kind === "paragraph" && plain.look.align).toBe("left");
  });

  test("a table style sets off the first row, where the table wants it", () => {
    const more = {
      styles:
        `${styles}<w:style w:type="table" w:styleId="G"><w:name w:val="g"/><w:tblPr>` +
        '<w:tblBorders><w:top w:val="single"/><w:left w:val="single"/>' +
        '<w:bottom w:val="single"/><w:right w:val="single"/></w:tblBorders></w:tblPr>' +
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr></w:style>',
    };
    const rows = [row(["Xã", "Hộ"]), row(["An", "5"])];
    expect(lines(table(rows, '<w:tblStyle w:val="G"/><w:tblLook w:val="0020"/>'), more)).toEqual([
      "table ruled",
      "| **Xã** | **Hộ** |",
      "| An | 5 |",
    ]);
    expect(
      lines(table(rows, '<w:tblStyle w:val="G"/><w:tblLook w:firstRow="0" w:val="0020"/>'), more),
    ).toEqual(["table ruled", "| Xã | Hộ |", "| An | 5 |"]);
  });
});

describe("numbers that Word gives", () => {
  const level = (at: number, format: string, text: string, more = "", start = 1): string =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="${start}"/>` +
    `<w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`;
  const abstract = (id: number, ...levels: string[]): string =>
    `<w:abstractNum w:abstractNumId="${id}">${levels.join("")}</w:abstractNum>`;
  const num = (id: number, of: number, change = ""): string =>
    `<w:num w:numId="${id}"><w:abstractNumId w:val="${of}"/>${change}</w:num>`;
  const item = (id: number, at = 0, text = "x"): string =>
    para(text, `<w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${id}"/></w:numPr>`);
  const labels = (numbering: string, items: readonly string[], styles = ""): (string | null)[] =>
    readBody(items.join(""), { numbering, styles }).blocks.map((block) =>
      block.kind === "paragraph" ? block.label : null,
    );

  test.each([
    ["decimal", "%1.", ["9.", "10."]],
    ["decimalZero", "%1", ["09", "10"]],
    ["upperRoman", "%1.", ["IX.", "X."]],
    ["lowerRoman", "(%1)", ["(ix)", "(x)"]],
    ["upperLetter", "%1.", ["I.", "J."]],
    ["lowerLetter", "%1)", ["i)", "j)"]],
    ["none", "Ghi chú", ["Ghi chú", "Ghi chú"]],
    ["chicago", "%1", ["9", "10"]],
  ])("%s", (format, text, expected) => {
    expect(
      labels(abstract(0, level(0, format, text, "", 9)) + num(1, 0), [item(1), item(1)]),
    ).toEqual(expected);
  });

  test("letters after z double, as Word writes them", () => {
    expect(
      labels(abstract(0, level(0, "lowerLetter", "%1)", "", 26)) + num(1, 0), [
        item(1),
        item(1),
        item(1),
      ]),
    ).toEqual(["z)", "aa)", "bb)"]);
  });

  test.each([
    ["-", "", "-"],
    ["\uf0b7", "Symbol", "-"],
    ["\uf0a7", "Wingdings", "-"],
    ["\uf02b", "Symbol", "+"],
    ["o", "Courier New", "+"],
    ["•", "", "•"],
    ["", "", null],
  ])("the bullet “%s” in %s", (sign, font, expected) => {
    expect(
      labels(
        abstract(
          0,
          `<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="${sign}"/>` +
            `<w:rPr><w:rFonts w:ascii="${font}" w:hAnsi="${font}"/></w:rPr></w:lvl>`,
        ) + num(1, 0),
        [item(1)],
      ),
    ).toEqual([expected]);
  });

  const THREE = [
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%1.%2."),
    level(2, "lowerLetter", "%3)"),
  ];
  test("deeper levels begin anew after a higher one, and show it", () => {
    expect(
      labels(abstract(0, ...THREE) + num(1, 0), [
        item(1),
        item(1, 1),
        item(1, 2),
        item(1, 2),
        item(1, 1),
        item(1, 2),
        item(1),
        item(1, 1),
      ]),
    ).toEqual(["I.", "I.1.", "a)", "b)", "I.2.", "a)", "II.", "II.1."]);
  });

  test("a level may go on counting, and show plain digits only", () => {
    const levels = [
      THREE[0] ?? "",
      level(1, "decimal", "%1.%2", '<w:isLgl/><w:lvlRestart w:val="0"/>'),
    ];
    expect(
      labels(abstract(0, ...levels) + num(1, 0), [item(1), item(1, 1), item(1), item(1, 1)]),
    ).toEqual(["I.", "1.1", "II.", "2.2"]);
  });

  test("lists of one definition count on; an override begins anew, once", () => {
    const numbering =
      abstract(0, level(0, "decimal", "%1.")) +
      num(1, 0) +
      num(2, 0) +
      num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>') +
      num(4, 0, `<w:lvlOverride w:ilvl="0">${level(0, "lowerLetter", "%1)")}</w:lvlOverride>`);
    expect(labels(numbering, [item(1), item(2), item(3), item(3), item(1), item(4)])).toEqual([
      "1.",
      "2.",
      "1.",
      "2.",
      "3.",
      "d)",
    ]);
  });

  test("styles name lists, and stand for levels; a paragraph may say no", () => {
    const styles = ["A:0", "B:1"]
      .map(
        (one) =>
          `<w:style w:type="paragraph" w:styleId="${one[0]}"><w:name w:val="${one[0]}"/>` +
          '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>',
      )
      .join("");
    const numbering =
      abstract(
        0,
        level(0, "upperRoman", "%1.", '<w:pStyle w:val="A"/>'),
        level(1, "decimal", "%2.", '<w:pStyle w:val="B"/>'),
      ) + num(1, 0);
    const of = (style: string, more = ""): string =>
      para("x", `<w:pStyle w:val="${style}"/>${more}`);
    expect(
      labels(
        numbering,
        [of("A"), of("B"), of("A", '<w:numPr><w:numId w:val="0"/></w:numPr>'), of("B"), of("A")],
        styles,
      ),
    ).toEqual(["I.", "1.", null, "2.", "II."]);
  });

  test("a number before a heading in capitals is in capitals", () => {
    const styles =
      '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr>' +
      '<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:caps/></w:rPr></w:style>';
    expect(
      lines(para("Mục đích", '<w:pStyle w:val="H"/>'), {
        styles,
        numbering: abstract(0, level(0, "decimal", "Phần %1:")) + num(1, 0),
      }),
    ).toEqual(["# ‹PHẦN 1:› MỤC ĐÍCH"]);
  });

  test("a list that a numbering style tells", () => {
    const styles =
      '<w:style w:type="numbering" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>' +
      '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:styleLink ' +
      `w:val="L"/>${level(0, "lowerLetter", "%1)")}</w:abstractNum>` +
      '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/>' +
      `</w:abstractNum>${num(1, 0)}${num(2, 1)}`;
    expect(labels(numbering, [item(2), item(2)], styles)).toEqual(["a)", "b)"]);
  });

  test("an empty paragraph of a list counts; alone in a cell its number is the text", () => {
    const numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0);
    expect(
      lines(
        item(1) + item(1, 0, "") + item(1) + table([row([cell(item(1, 0, "")), "An Khương"])]),
        { numbering },
      ),
    ).toEqual(["‹1› x", "‹3› x", "table bare", "| 4 | An Khương |"]);
  });

  test("numbers that no person writes do not hang or fail", () => {
    expect(
      labels(
        abstract(
          0,
          level(0, "upperRoman", "%1", "", 2147483647),
          level(1, "lowerLetter", "%2", "", 99999),
        ) + num(1, 0),
        [item(1), item(1, 1), item(1, 8), item(9)],
      ),
    ).toEqual(["2147483647", "99999", null, null]);
  });
});

describe("tables", () => {
  const MERGE = '<w:vMerge w:val="restart"/>';
  const borders = (line: string, ...sides: readonly string[]): string =>
    sides.map((side) => `<w:${side} w:val="${line}"/>`).join("");
  const SIDES = ["top", "left", "bottom", "right"];
  const LINES = `<w:tblBorders>${borders("single", ...SIDES, "insideH", "insideV")}</w:tblBorders>`;

  test("spans, head, lines", () => {
    const rows = [
      row([cell("Xã", MERGE), cell("Số hộ", '<w:gridSpan w:val="2"/>')], "<w:tblHeader/>"),
      row([cell("", "<w:vMerge/>"), "nghèo", "cận nghèo"], "<w:tblHeader/>"),
      row(["An", "3", "4"]),
    ];
    expect(lines(table(rows, LINES))).toEqual([
      "table ruled head 2",
      "| (1×2) Xã | (2×1) Số hộ |",
      "| nghèo | cận nghèo |",
      "| An | 3 | 4 |",
    ]);
  });

  test("rows that begin or end late, cells merged the old way", () => {
    const rows = [
      row(["a", "b", "c"]),
      row(["d"], '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
      row([
        cell("e", '<w:hMerge w:val="restart"/>'),
        cell("", '<w:hMerge w:val="continue"/>'),
        "f",
      ]),
    ];
    expect(lines(table(rows))).toEqual([
      "table bare",
      "| a | b | c |",
      "|  | d |  |",
      "| (2×1) e | f |",
    ]);
  });

  test.each([
    ["a table without lines", "", "", "bare"],
    [
      "lines taken away in each cell",
      LINES,
      `<w:tcBorders>${borders("nil", ...SIDES)}</w:tcBorders>`,
      "bare",
    ],
    ["white lines", LINES.replaceAll("/>", ' w:color="FFFFFF"/>'), "", "bare"],
    [
      "lines drawn cell by cell",
      "",
      '<w:tcBorders><w:top w:val="single"/><w:bottom w:val="single"/></w:tcBorders>',
      "ruled",
    ],
    [
      "one rule under two columns of text",
      "",
      '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>',
      "bare",
    ],
  ])("%s", (_name, look, own, expected) => {
    expect(lines(table([row([cell("a", own), cell("b", own)])], look))[0]).toBe(
      `table ${expected}`,
    );
  });

  test("a table in a cell gives its paragraphs; a frame around tables gives the tables", () => {
    const inner = table([row(["x", "y"])]);
    const text = readBody(table([row([cell(para("Trước") + inner + para("")), "b"])]));
    expect(printSource(text)).toEqual(["table bare", "| Trước ¶ x ¶ y | b |"]);
    expect(notices(text)).toEqual(["nested-table 2"]);
    expect(lines(table([row([cell(para("Trước") + inner)])]))).toEqual([
      "Trước",
      "table bare",
      "| x | y |",
    ]);
  });

  test("paragraphs of cells count as lines", () => {
    expect(
      readBody(para("a") + para("") + table([row(["b", "c"])]) + para("d")).blocks.map(
        ({ at }) => at.line,
      ),
    ).toEqual([1, 3, 5]);
    expect(
      readBody(table([row(["a"]), row(["b", "c"], "<w:del/>"), row(["d"])]) + para("e")).blocks.map(
        ({ at }) => at.line,
      ),
    ).toEqual([1, 5]);
  });
});

describe("tracked changes are taken as accepted", () => {
  const gone = (text: string): string => `<w:del><w:r><w:delText>${text}</w:delText></w:r></w:del>`;
  const END_GONE = "<w:rPr><w:del/></w:rPr>";

  test("a deleted end joins paragraphs; the latter says how they look", () => {
    const { blocks } = readBody(
      para("Chủ trì,", END_GONE) + para(run(" phối hợp"), '<w:jc w:val="right"/>') + para("Sau"),
    );
    expect(
      blocks.map(
        (block) => block.kind === "paragraph" && [block.text, block.look.align, block.at.line],
      ),
    ).toEqual([
      ["Chủ trì, phối hợp", "right", 1],
      ["Sau", "left", 3],
    ]);
  });

  test("what is deleted takes no number; what is moved stands in its new place", () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>' +
      '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>' +
      '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';
    const item = (content: string, more = ""): string =>
      para(content, `<w:numPr><w:numId w:val="1"/></w:numPr>${more}`);
    const text = readBody(
      item("a") +
        item(gone("b"), END_GONE) +
        item(`<w:moveFrom>${run("c")}</w:moveFrom>`, "<w:rPr><w:moveFrom/></w:rPr>") +
        item(`<w:ins>${run("d")}</w:ins>`) +
        item(`<w:moveTo>${run("c")}</w:moveTo>`),
      { numbering },
    );
    expect(printSource(text)).toEqual(["‹1.› a", "‹2.› d", "‹3.› c"]);
    expect(excluded(text)).toEqual(["deleted: b"]);
    expect(text.notices).toHaveLength(1);
  });

  test("a deleted end before a table or at the end of a cell loses nothing", () => {
    expect(
      lines(
        para("Trước", END_GONE) +
          table([row([cell(para("a", END_GONE)), "b"])]) +
          para("Cuối", END_GONE),
      ),
    ).toEqual(["Trước", "table bare", "| a | b |", "Cuối"]);
  });
});

describe("notes, heads and feet of pages", () => {
  const note = (kind: string, id: number, text: string, more = ""): string =>
    `<w:${kind} ` +
    `w:id="${id}"${more}>${para(`<w:r><w:${kind}Ref/></w:r>${run(` ${text}`)}`)}</w:${kind}>`;
  const call = (kind: string, id: number, more = ""): string =>
    `<w:r><w:${kind}Reference w:id="${id}"${more}/></w:r>`;

  test("notes are named in the order of their calls and stand right behind the word", () => {
    const body =
      para(
        `${run("Hộ nghèo ")}${call("footnote", 7)}${run(" và cận nghèo")}${call("endnote", 7)}.`,
      ) + table([row([cell(para(run("Trẻ em") + call("footnote", 3)))])]);
    const text = readBody(body, {
      footnotes:
        note("footnote", 0, "—", ' w:type="separator"') +
        note("footnote", 3, "Dưới 16 tuổi.") +
        note("footnote", 7, "Chuẩn 2022 - 2025.") +
        note("footnote", 8, "Không ai gọi."),
      endnotes: note("endnote", 7, "Như trên."),
    });
    expect(printSource(text)).toEqual([
      "Hộ nghèo[^1] và cận nghèo[^2]",
      "table bare",
      "| Trẻ em[^3] |",
      "[^1] Chuẩn 2022 - 2025.",
      "[^2] Như trên.",
      "[^3] Dưới 16 tuổi.",
    ]);
    expect(text.footnotes.get("3")?.[0]?.at.line).toBe(2);
  });

  test("a sign that the author chose is not text; a note that is not there is not called", () => {
    const body = para(
      `${run("Hộ")}<w:r><w:footnoteReference w:id="1" w:customMarkFollows="1"/>` +
        `<w:t>*</w:t></w:r>${call("footnote", 99)}`,
    );
    expect(lines(body, { footnotes: note("footnote", 1, "Ghi chú") })).toEqual([
      "Hộ[^1]",
      "[^1] Ghi chú",
    ]);
  });

  test("running heads and page numbers are no text of the plan", () => {
    const page = '<w:fldSimple w:instr="PAGE"><w:r><w:t>2</w:t></w:r></w:fldSimple>';
    const text = readBody(para("Mục I"), {
      header: para("DỰ THẢO LẦN 2") + para(run("Trang ") + page) + para("- 3 -"),
    });
    expect(printSource(text)).toEqual(["Mục I"]);
    expect(excluded(text)).toEqual([
      "running-head: DỰ THẢO LẦN 2",
      "page-number: Trang 2",
      "page-number: - 3 -",
    ]);
  });
});

// The converter of old fonts decides what these are; without it there is nothing to see.
describe("old fonts", () => {
  const font = (name: string): string => `<w:rFonts w:ascii="${name}" w:hAnsi="${name}"/>`;

  test.each([
    [
      "TCVN3",
      run("KÕ ho¹ch ", font(".VnTime")) + run("n¨m 2010", font(".VnTime")),
      "Kế hoạch năm 2010",
    ],
    ["capitals of TCVN3", run("kÕ ho¹ch", font(".VnTimeH")), "KẾ HOẠCH"],
    [
      "VNI, a letter cut in two",
      run("Keá hoa", font("VNI-Times")) + run("ïch", font("VNI-Times")),
      "Kế hoạch",
    ],
    ["Unicode in an old font stays", run("Kế hoạch và à", font(".VnTime")), "Kế hoạch và à"],
    [
      "the optional hyphen that is ư",
      `<w:r><w:rPr>${font(".VnTime")}</w:rPr><w:t>th</w:t><w:softHyphen/><w:t>a</w:t></w:r>`,
      "thưa",
    ],
    ["places in a symbol font", run("KÕ".replace("Õ", "\uf0d5"), font(".VnTime")), "Kế"],
  ])("%s", (name, content, expected) => {
    const text = readBody(para(content));
    expect(text.blocks.map((block) => block.kind === "paragraph" && printParagraph(block))).toEqual(
      [expected],
    );
    expect(notices(text)).toEqual(name.startsWith("Unicode") ? [] : ["legacy-font 1"]);
  });
});

describe("files", () => {
  const parts = wordParts({ body: para("Kế hoạch") });
  const main = parts["word/document.xml"] ?? "";
  const bytesOf = (...signs: readonly (number | string)[]): Uint8Array =>
    new Uint8Array(
      signs.flatMap((sign) =>
        typeof sign === "number"
          ? [sign]
          : [...sign].flatMap((letter) => [letter.charCodeAt(0), 0]),
      ),
    );
  const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] as const;
  const other = (kind: string): Uint8Array =>
    zipTexts({
      ...parts,
      "[Content_Types].xml": (parts["[Content_Types].xml"] ?? "").replace(
        "wordprocessingml.document",
        kind,
      ),
    });

  test.each([
    [
      "strict",
      zipTexts({
        ...parts,
        "word/document.xml": main.replace(
          "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
          "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "_rels/.rels": (parts["_rels/.rels"] ?? "").replace(
          "http://schemas.openxmlformats.org/officeDocument/2006",
          "http://purl.oclc.org/ooxml/officeDocument",
        ),
      }),
    ],
    [
      "another prefix",
      zipTexts({
        ...parts,
        "word/document.xml": main.replace("xmlns:w=", "xmlns:ns0=").replaceAll("w:", "ns0:"),
      }),
    ],
    [
      "no prefix",
      zipTexts({
        ...parts,
        "word/document.xml":
          '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main">' +
          "<body><p><r><t>Kế hoạch</t></r></p></body></document>",
      }),
    ],
    [
      "another place",
      zipTexts({
        "[Content_Types].xml": (parts["[Content_Types].xml"] ?? "").replace(
          "/word/document.xml",
          "/Text/Main.XML",
        ),
        "_rels/.rels": (parts["_rels/.rels"] ?? "").replace("word/document.xml", "/text/main.xml"),
        "Text\\Main.xml": main,
      }),
    ],
    [
      "stored, not packed",
      zipSync(
        Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
        { level: 0 },
      ),
    ],
    [
      "UTF-16",
      zipSync({
        ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
        "word/document.xml": new Uint8Array(Buffer.from(`\ufeff${main}`, "utf16le")),
      }),
    ],
  ])("is read: %s", (_name, bytes) => {
    expect(printSource(read(bytes))).toEqual(["Kế hoạch"]);
  });

  test.each([
    ["nothing", new Uint8Array(), "file-broken"],
    ["a password", bytesOf(...OLE, "EncryptedPackage"), "file-locked"],
    ["Word 97", bytesOf(...OLE, "WordDocument"), "file-old-word"],
    ["Excel 97", bytesOf(...OLE, "Workbook"), "file-not-word"],
    ["PDF", strToU8("%PDF-1.7"), "file-not-word"],
    ["RTF", strToU8("{\\rtf1}"), "file-not-word"],
    ["text", strToU8("Kế hoạch"), "file-not-word"],
    ["xlsx", other("spreadsheetml.sheet"), "file-not-word"],
    ["pptx", other("presentationml.presentation"), "file-not-word"],
    ["odt", zipTexts({ mimetype: "application/vnd.oasis.opendocument.text" }), "file-not-word"],
    ["another zip", zipTexts({ "a.txt": "a" }), "file-not-word"],
    ["no main part", zipTexts({ ...parts, "word/document.xml": "" }), "file-broken"],
    ["XML cut off", zipTexts({ ...parts, "word/document.xml": main.slice(0, -9) }), "file-broken"],
    [
      "a document type",
      zipTexts({ ...parts, "word/document.xml": `<!DOCTYPE x [<!ENTITY a "b">]>${main}` }),
      "file-broken",
    ],
    [
      "broken styles",
      zipTexts({ ...wordParts({ body: "", styles: "" }), "word/styles.xml": "<w:styles>" }),
      "file-broken",
    ],
    [
      "nested without end",
      wordFile({
        body: "<w:sdt><w:sdtContent>".repeat(5000) + "</w:sdtContent></w:sdt>".repeat(5000),
      }),
      "file-too-deep",
    ],
    ["paragraphs without end", wordFile({ body: "<w:p/>".repeat(100_001) }), "file-too-long"],
    ["a bomb", wordFile({ body: `<!--${" ".repeat(65_000_000)}-->` }), "file-too-large"],
  ])("is refused in one finding: %s", (_name, bytes, code) => {
    expect(refusal(bytes)).toBe(code);
  });

  test("what a file of another kind is, is said", () => {
    const outcome = readDocx(other("spreadsheetml.sheet"), "a.docx");
    expect(outcome.problems[0]?.message).toEqual({
      vi: "không phải tệp Word mà là bảng tính",
      en: "this is not a Word file but a spreadsheet",
    });
  });

  test("an archive that lies about its sizes, or whose letters were damaged, is broken", () => {
    const bytes = zipSync(
      {
        ...Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)])),
        "word/document.xml": strToU8(main),
      },
      { level: 0 },
    );
    const at = Buffer.from(bytes).indexOf("hoạch");
    const damaged = Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 2 : byte));
    expect(refusal(damaged)).toBe("file-broken");
    const bomb = Buffer.from(wordFile({ body: `<!--${" ".repeat(59_000_000)}-->` }));
    for (
      let entry = bomb.indexOf("PK\u0001\u0002", 0, "latin1");
      entry >= 0;
      entry = bomb.indexOf("PK\u0001\u0002", entry + 4, "latin1")
    )
      bomb.writeUInt32LE(Math.min(5_000, bomb.readUInt32LE(entry + 24)), entry + 24);
    expect(refusal(bomb)).toBe("file-broken");
  });

  test("whatever is done to a file, there is a text or one finding", () => {
    const whole = new Uint8Array(readFileSync(join(FOLDER, "duoi-nuoc-libreoffice.docx")));
    const unpacked = zipSync(unzipSync(whole), { level: 0 });
    let seed = 7;
    const dice = (sides: number): number => (seed = (seed * 48_271) % 0x7fffffff) % sides;
    for (const bytes of [whole, unpacked]) {
      for (let cut = 0; cut < 60; cut++)
        expect(refusal(bytes.subarray(0, dice(bytes.length)))).toMatch(/^file-/u);
      for (let round = 0; round < 150; round++) {
        const copy = Uint8Array.from(bytes);
        for (let flip = 0; flip <= dice(4); flip++) copy[dice(copy.length)] = dice(256);
        expect(refusal(copy)).toMatch(/^(?:read|file-[a-z-]+)$/u);
      }
    }
  });

  test("XML that says anything at all is read or refused, never more", () => {
    let seed = 11;
    const dice = (sides: number): number => (seed = (seed * 48_271) % 0x7fffffff) % sides;
    const names = (
      "p r t tbl tr tc pPr rPr tcPr trPr tblPr numPr numId ilvl gridSpan vMerge hMerge " +
      "gridBefore tblHeader ins del moveFrom sdt sdtContent fldChar instrText sym br tab " +
      "drawing pict txbxContent footnoteReference b caps jc pStyle outlineLvl"
    ).split(" ");
    const values = [
      "0",
      "1",
      "-5",
      "99999999999",
      "restart",
      "begin",
      "separate",
      "end",
      "F0B7",
      "",
      "x",
    ];
    const tree = (depth: number): string =>
      Array.from({ length: dice(5) }, () => {
        const name = names[dice(names.length)] ?? "p";
        const attributes = ["val", "id", "fldCharType", "char", "font", "type"]
          .filter(() => dice(3) === 0)
          .map((key) => ` w:${key}="${values[dice(values.length)] ?? ""}"`)
          .join("");
        const inside = name === "t" ? "chữ" : depth > 0 ? tree(depth - 1) : "";
        return `<w:${name}${attributes}>${inside}</w:${name}>`;
      }).join("");
    for (let round = 0; round < 100; round++)
      expect(
        refusal(
          wordFile({
            body: para(tree(6)) + tree(7),
            numbering: tree(4),
            styles: tree(4),
            footnotes: tree(4),
          }),
        ),
      ).toBe("read");
  });
});
