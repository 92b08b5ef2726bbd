import { describe, expect, test } from "@jest/globals";
import { dedent, yaml } from "./support/dedent.js";
import { findings, make, makeText, productWorld, smallPlan } from "./support/product.js";

/** Nine lists, each of which holds the one before it nine times: 9⁹ values in nine lines. */
function aliasBomb(): string {
  const names = [..."abcdefghi"];
  return names
    .map((name, index) => {
      const held = index === 0 ? "x" : `*${names[index - 1]}`;
      return `${name}: &${name} [${Array(9).fill(held).join(",")}]`;
    })
    .join("\n");
}

/** Every mistake is one clear finding at its place; none is an exception. */
describe("a mistaken plan is told where and what", () => {
  test.each<[string, string, readonly (string | RegExp)[]]>([
    ["an empty file", "", ["plan.yaml:1:1 file-empty tệp trống"]],
    ["blanks only", "  \n\n", ["plan.yaml:1:1 file-empty tệp trống"]],
    ["a list at the top", "- a\n", [/^plan.yaml:1:1 wrong-type cần nhóm mục/u]],
    [
      "a colon in bare text",
      smallPlan("- heading: Phạm vi: 13 xã"),
      [/^plan.yaml:7:14 yaml-syntax câu có dấu hai chấm/u],
    ],
    [
      "a tab for indentation",
      smallPlan("- a").replace("  - a", "\t- a"),
      [/^plan.yaml:7:1 yaml-syntax thụt dòng bằng phím Tab/u],
    ],
    ["a bracket that is not closed", smallPlan("- [a"), [/yaml-syntax/u]],
    [
      "a name used twice",
      smallPlan(
        "- a",
        yaml`
          symbol: A
          symbol: B
        `,
      ),
      [/^plan.yaml:6:1 yaml-syntax tên này đã có ở trên/u],
    ],
    [
      "an unknown name",
      smallPlan("- a", "subjct: b"),
      ["plan.yaml:5:1 unknown-key không có mục tên “subjct” ở đây"],
    ],
    [
      "a number for text",
      smallPlan("- heading: 12"),
      ["plan.yaml:7:14 wrong-type cần chữ, nhưng gặp 12"],
    ],
    [
      "text for a number",
      smallPlan("- a", "figures: { x: { value: 4.034,5 } }"),
      [/number-thousands/u],
    ],
    [
      "an unquoted marker",
      smallPlan(yaml`
        - heading: A
          numbering: [1.]
      `),
      ["plan.yaml:8:17 wrong-value không nhận 1"],
    ],
    [
      "a node of no kind",
      smallPlan("- heding: A"),
      ["plan.yaml:7:5 unknown-kind không rõ đây là loại mục gì: có “heding”"],
    ],
    [
      "a day that is not",
      smallPlan("- a", "bases: [{ type: Luật, date: 2023-02-29 }]"),
      ["plan.yaml:5:29 wrong-date “2023-02-29” không phải ngày có thật"],
    ],
    [
      "month 13",
      smallPlan("- a").replace("year: 2024", "year: 2024, month: 13"),
      ["plan.yaml:3:28 out-of-range 13 ngoài khoảng cho phép: giá trị lớn nhất là 12"],
    ],
    [
      "a size outside the decree",
      smallPlan("- a", "profile: { bodySize: 12 }"),
      ["plan.yaml:5:22 out-of-range 12 ngoài khoảng cho phép: giá trị nhỏ nhất là 13"],
    ],
    [
      "an unknown figure",
      smallPlan('- "Giảm {{figures.giam_ho}}"', "figures: { giam-ho: { value: 1 } }"),
      ["plan.yaml:7:5 unknown-figure không có số liệu “figures.giam_ho”"],
    ],
    [
      "an unfinished citation",
      smallPlan('- "Giảm {{figures.a"'),
      ["plan.yaml:7:5 citation-syntax chỗ dẫn “{{figures.a” viết chưa đủ"],
    ],
    [
      "an unknown appendix",
      smallPlan("- refer: pl1"),
      ["plan.yaml:7:12 unknown-appendix không có phụ lục có mã “pl1”"],
    ],
    [
      "an unknown footnote",
      smallPlan('- "a[^x]"'),
      ["plan.yaml:7:5 unknown-footnote không có chú thích “x”"],
    ],
    ["money without a programme", smallPlan("- { programme: all }"), [/no-programme/u]],
    [
      "an unknown source",
      smallPlan(
        "- a",
        yaml`
          programme:
            sources: { tw: TW }
            projects: [{ id: a, official: A, title: B, funding: { tww: 1 } }]
        `,
      ),
      [/unknown-source không có nguồn vốn “tww”/u],
    ],
    [
      "funding at both levels",
      smallPlan(
        "- a",
        yaml`
          programme:
            sources: { tw: TW }
            projects:
              - id: a
                official: A
                title: B
                funding: { tw: 1 }
                projects: [{ id: b, official: C, title: D, funding: { tw: 1 } }]
        `,
      ),
      [/funding-twice/u],
    ],
    [
      "an emoji",
      smallPlan("- Tốt 😀"),
      [/^plan.yaml:7:5 missing-glyph phông LiberationSerif không có chữ “😀” \(U\+1F600\)/u],
    ],
    ["a face", smallPlan("- Ô 😀"), [/^plan.yaml:7:5 missing-glyph .*U\+1F600/u]],
    [
      "a control character",
      smallPlan('- "a\\u0007b"'),
      [/^plan.yaml:7:5 text-control ký tự điều khiển U\+0007 sau “a”/u],
    ],
    ["a mark without a letter", smallPlan("- a \u0301b"), [/^plan.yaml:7:5 text-combining/u]],
    [
      "ten thousand levels of brackets",
      `body: ${"[".repeat(10_000)}`,
      ["plan.yaml:1:107 too-deep lồng quá sâu: hơn 100 cấp"],
    ],
    [
      "ten thousand levels of dashes",
      `body:\n${"- ".repeat(10_000)}a`,
      [/^plan.yaml:2:\d+ too-deep/u],
    ],
    ["an alias bomb", aliasBomb(), [/too-many-values/u]],
    [
      "a file of 50 MB",
      "a".repeat(50_000_000),
      ["plan.yaml:1:1 file-too-large tệp quá lớn: 50 MB, nhiều nhất 20 MB"],
    ],
  ])("%s", async (_name, text, expected) => {
    const found = await findings(text);
    expect(found).toHaveLength(expected.length);
    expected.forEach((one, index) =>
      typeof one === "string" ? expect(found[index]).toBe(one) : expect(found[index]).toMatch(one),
    );
  });

  test("three mistakes of different kinds are all reported in one run", async () => {
    const found = await findings(
      smallPlan(
        yaml`
          - heading: 5
          - "{{muc khong-co}}"
          - refer: pl9
        `,
        "symbl: X",
      ),
    );
    expect(found).toEqual([
      "plan.yaml:7:14 wrong-type cần chữ, nhưng gặp 5",
      "plan.yaml:5:1 unknown-key không có mục tên “symbl” ở đây",
      "plan.yaml:9:12 unknown-appendix không có phụ lục có mã “pl9”",
    ]);
  });

  test("deep nesting inside an outline is as slow as it is long, no more", async () => {
    const nested = (level: number): string =>
      level === 20
        ? "- item: x"
        : yaml`
          - item: Mức ${level}
            body:
              ${nested(level + 1)}
        `;
    const start = performance.now();
    const made = await make(smallPlan(nested(0)), []);
    expect(made.ok).toBe(true);
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

describe("odd but right input is taken", () => {
  test("decomposed letters come out composed", async () => {
    const text = await makeText(
      smallPlan("- Tha\u0300nh pho\u0302\u0301 Đa\u0300 Na\u0306\u0303ng").normalize("NFD"),
      "text",
    );
    expect(text).toContain("Thành phố Đà Nẵng");
  });

  test("a word of 5,000 letters is cut at the line's end and loses nothing", async () => {
    const layout = await makeText(smallPlan(`- ${"ơ".repeat(5000)}`), "layout");
    const letters = [...layout.matchAll(/"(ơ+)"/gu)].map((match) => match[1]?.length ?? 0);
    expect(letters.reduce((sum, count) => sum + count, 0)).toBe(5000);
    expect(Math.max(...letters)).toBeLessThan(80);
  });

  test("JSON is a plan too", async () => {
    const text = await makeText(
      JSON.stringify({
        kehoach: 1,
        issuer: { name: "Sở Nội vụ" },
        date: { year: 2024 },
        subject: "A",
        body: ["Một đoạn."],
      }),
      "text",
    );
    expect(text).toContain("Một đoạn.");
  });

  test("signs of markup in a text are only signs", async () => {
    const text = await makeText(
      smallPlan('- "A < B & C > D \\"E\\" &amp; {a} 3 * 4 = 12 \\\\*x\\\\*"'),
      "text",
    );
    expect(text).toContain('A < B & C > D "E" &amp; {a} 3 * 4 = 12 *x*');
  });

  test("a byte order mark and Windows line ends", async () => {
    expect(await findings(`\ufeff${smallPlan("- a").replaceAll("\n", "\r\n")}`)).toEqual([]);
  });
});

describe("a mistaken template is told where and what", () => {
  const withTemplate = (name: string, text: string): ReturnType<typeof productWorld> => {
    const world = productWorld();
    return {
      ...world,
      templates: new Map([
        ...world.templates,
        [name, { file: `mau/${name}.hbs`, text, prepared: null }],
      ]),
    };
  };
  test.each<[string, string, string, RegExp]>([
    [
      "a name that is not in the data",
      "title",
      '<p role="type">\n{{plan.tpye}}</p>',
      /^mau\/title.hbs:2:1 template-missing-name không có “tpye” trong plan$/u,
    ],
    [
      "a missing name in #if",
      "title",
      "\n {{#if plan.sbject}}x{{/if}}",
      /^mau\/title.hbs:2:2 template-missing-name không có “sbject”/u,
    ],
    [
      "a missing name in #each",
      "title",
      "{{#each plan.subjects}}{{/each}}",
      /^mau\/title.hbs:1:1 template-missing-name không có “subjects”/u,
    ],
    [
      "a missing name inside a list",
      "legal-bases",
      dedent`
        {{#each plan.bases}}
        <p role="basis">{{led}}</p>{{/each}}
      `,
      /^mau\/legal-bases.hbs:2:17 template-missing-name không có “led” trong plan.bases\[0\]$/u,
    ],
    [
      "an unescaped mustache",
      "title",
      '<p role="type">{{{plan.type}}}</p>',
      /^mau\/title.hbs:1:16 template-unescaped/u,
    ],
    [
      "an unescaped mustache with &",
      "title",
      '<p role="type">{{&plan.type}}</p>',
      /template-unescaped/u,
    ],
    ["a decorator", "title", "{{* x}}", /template-decorator/u],
    ["an inline partial", "title", '{{#*inline "a"}}{{/inline}}', /template-decorator/u],
    [
      "an unknown helper",
      "title",
      "{{uper plan.type}}",
      /template-unknown-helper không có hàm “uper”/u,
    ],
    ["lookup", "title", '{{lookup plan "type"}}', /template-unknown-helper/u],
    [
      "an unknown partial",
      "title",
      "{{> headr}}",
      /template-unknown-partial không có mẫu con “headr”/u,
    ],
    ["a dynamic partial", "title", "{{> (is 1 1)}}", /template-dynamic-partial/u],
    [
      "a partial without end",
      "title",
      "{{> title plan=plan}}",
      /^mau\/title.hbs:1:1 template-endless mẫu con “title” gọi chính nó không dừng$/u,
    ],
    [
      "a block not closed",
      "title",
      "{{#if plan.type}}",
      /^mau\/title.hbs:\d+:\d+ template-syntax/u,
    ],
    [
      "an unknown element",
      "title",
      "\n<para>x</para>",
      /^mau\/title.hbs:2:1 markup-unknown-element không có phần tử <para>$/u,
    ],
    [
      "an unknown role",
      "title",
      '<p role="bodi">x</p>',
      /markup-unknown-role không có vai “bodi”/u,
    ],
    [
      "an unknown attribute",
      "title",
      '<p role="body" color="red">x</p>',
      /markup-unknown-attribute/u,
    ],
    ["text outside a paragraph", "title", "lạc loài", /markup-stray-text chữ “lạc loài”/u],
    ["a tag not closed", "title", '<p role="body">x', /markup-syntax/u],
  ])("%s", async (_name, template, text, expected) => {
    const found = await findings(
      smallPlan("- a", "bases: [{ type: Luật, name: A }]"),
      withTemplate(template, text),
    );
    expect(found.some((one) => expected.test(one))).toBe(true);
  });

  test("an office's partial takes the product's place", async () => {
    const text = await makeText(
      smallPlan("- a"),
      "text",
      withTemplate("title", '<p role="type">CHƯƠNG TRÌNH CÔNG TÁC</p>'),
    );
    expect(text).toContain("CHƯƠNG TRÌNH CÔNG TÁC");
    expect(text).not.toContain("KẾ HOẠCH");
  });

  test("a font that cannot be read", async () => {
    const world = productWorld();
    const broken = {
      ...world,
      fonts: {
        ...world.fonts,
        bold: {
          file: "dam.ttf",
          bytes: new Uint8Array([1, 2, 3]),
          metrics: null,
          prepared: null,
          outlines: null,
        },
      },
    };
    expect(await findings(smallPlan("- a"), broken)).toEqual([
      "dam.ttf:1:1 font-unreadable không đọc được phông chữ: tệp hỏng hoặc không phải TrueType",
    ]);
  });
});

describe("what people type from habit", () => {
  test.each<[string, string, string]>([
    [
      "signs and words that the template puts itself",
      yaml`
        bases:
          - { type: Luật, name: Luật Ngân sách nhà nước }
          - type: Quyết định
            symbol: số 90/QĐ-TTg
            issuer: của Thủ tướng Chính phủ
            about: "phê duyệt A;"
          - { text: Căn cứ tình hình thực tế. }
      `,
      dedent`
        Căn cứ Luật Ngân sách nhà nước;
        Căn cứ Quyết định số 90/QĐ-TTg của Thủ tướng Chính phủ phê duyệt A;
        Căn cứ tình hình thực tế.
      `,
    ],
    [
      "recipients with their own signs, the file line anywhere",
      'recipients: [{ file: [VT] }, "- UBND tỉnh;", { name: Các thôn, for: (t/h) }]',
      dedent`
        - UBND tỉnh;
        - Các thôn (t/h);
        - Lưu: VT.
      `,
    ],
  ])("%s", async (_name, more, expected) => {
    expect(await makeText(smallPlan("- x", more), "text")).toContain(expected);
  });

  test("a run-in title with its own colon", async () => {
    expect(await makeText(smallPlan('- { runIn: "Phạm vi:", text: 13 xã. }'), "text")).toContain(
      "I. Phạm vi: 13 xã.",
    );
  });

  test("stars between letters and digits are only stars", async () => {
    expect(await makeText(smallPlan('- "5*3*2 = 30"'), "text")).toContain("5*3*2 = 30");
  });

  test.each<[string, string, RegExp]>([
    [
      "thousands with a point",
      smallPlan("- x", "figures: { a: { value: 1.500 } }"),
      /^plan.yaml:5:24 number-thousands “1.500” đọc là số lẻ 1,500, không phải 1500$/u,
    ],
    ["an italic text without quotes", smallPlan("- *nghiêng*"), /^plan.yaml:7:5 yaml-/u],
    [
      "an id used twice",
      smallPlan(yaml`
        - { heading: A, id: m }
        - { heading: B, id: m }
      `),
      /^plan.yaml:8:23 id-twice/u,
    ],
    [
      "a name from the depths of JavaScript",
      smallPlan('- "{{constructor}} {{figures.toString}}"'),
      /unknown-/u,
    ],
    [
      "funding without any amount",
      smallPlan(
        "- { funding: total }",
        yaml`
          programme:
            sources: { tw: TW }
            projects: [{ id: a, official: A, title: B, funding: { tw: null } }]
        `,
      ),
      /funding-empty/u,
    ],
    [
      "more recipients than a page holds",
      smallPlan(
        "- x",
        "recipients: " +
          `[${Array.from({ length: 90 }, (_, index) => `Cơ quan số ${index}`).join(", ")}]`,
      ),
      /^plan.yaml:5:13 too-tall/u,
    ],
    [
      "a citation without quotes in a cell",
      smallPlan(yaml`
        - table:
            columns: [{ title: A }, { title: B }]
            rows:
              - [1, {{figures.giam}}]
      `),
      /^plan.yaml:10:\d+ yaml-syntax \{\{…\}\} đứng ngoài ngoặc kép/u,
    ],
    [
      "a citation without quotes after a dash",
      smallPlan(yaml`
        - x
        - {{figures.giam}}
      `),
      /^plan.yaml:8:\d+ yaml-syntax \{\{…\}\} đứng ngoài ngoặc kép/u,
    ],
    [
      "a number with more digits than are kept",
      smallPlan("- table: { columns: [{ title: A }], rows: [[12345678901234567890]] }"),
      /^plan.yaml:7:\d+ out-of-range/u,
    ],
    [
      "names of columns that fill half a page",
      smallPlan(yaml`
        - table:
            columns:
              - { title: ${"lời ".repeat(500)}, width: 20 }
              - { title: B, width: 80 }
            rows: [[1, 2]]
      `),
      /too-tall tên cột cao/u,
    ],
    [
      "no version",
      smallPlan("- x").replace("kehoach: 1\n", ""),
      /^plan.yaml:1:1 missing thiếu mục “kehoach”$/u,
    ],
    [
      "an empty field",
      smallPlan("- x").replace("subject: Thử nghiệm", "subject:"),
      /^plan.yaml:4:\d+ empty mục này để trống$/u,
    ],
  ])("%s", async (_name, text, expected) => {
    const found = await findings(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(expected);
  });
});
