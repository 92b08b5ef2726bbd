import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { strToU8 } from "fflate";
import type { SourceText } from "../src/reading/source-text.js";
import {
  convertLegacy,
  detectLegacy,
  encodingOfFont,
  isCapitalFont,
} from "../src/knowledge/legacy-fonts.js";
import { readText } from "../src/reading/text/read-text.js";
import { dedent } from "./support/dedent.js";
import { fixtures, makeText } from "./support/product.js";
import {
  type Wrapping,
  compareEnds,
  lettersOf,
  paragraphsOf,
  wrapText,
} from "./support/wrap-text.js";

function read(content: string | Uint8Array): SourceText {
  const outcome = readText(
    typeof content === "string" ? strToU8(content) : content,
    "ke-hoach.txt",
  );
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.problems));
  return outcome.value;
}
const paragraphs = (content: string | Uint8Array): string[] => paragraphsOf(read(content));
const bytes = (...codes: readonly number[]): Uint8Array => Uint8Array.from(codes);
const latin = (text: string): Uint8Array =>
  Uint8Array.from([...text].map((letter) => letter.charCodeAt(0)));

/** Windows-1258: letters with their form, tones as signs of their own. */
function windows1258(text: string): Uint8Array {
  const codes: Readonly<Record<string, number>> = {
    "\u0300": 0xcc,
    "\u0309": 0xd2,
    "\u0303": 0xde,
    "\u0301": 0xec,
    "\u0323": 0xf2,
    ă: 0xe3,
    đ: 0xf0,
    Đ: 0xd0,
    ơ: 0xf5,
    Ơ: 0xd5,
    ư: 0xfd,
    Ư: 0xdd,
  };
  const letters = text
    .normalize("NFD")
    .replace(
      /([aAeEoOuU])(\u0323?)([\u0302\u0306\u031b])/gu,
      (_whole, base: string, dot: string, form: string) => (base + form).normalize("NFC") + dot,
    );
  return Uint8Array.from([...letters].map((letter) => codes[letter] ?? letter.charCodeAt(0)));
}

describe("old Vietnamese fonts", () => {
  test("each letter of TCVN3", () => {
    expect(
      convertLegacy(
        "aµ¸¶·¹ ¨»¾¼½Æ ©ÇÊÈÉË ® eÌÐÎÏÑ ªÒÕÓÔÖ i×ÝØÜÞ oßãáâä «åèæçé ¬êíëìî uïóñòô " +
          "\u00adõøö÷ù yúýûüþ ¡¢§£¤¥¦",
        "tcvn3",
      ),
    ).toBe(
      "aàáảãạ ăằắẳẵặ âầấẩẫậ đ eèéẻẽẹ êềếểễệ iìíỉĩị oòóỏõọ ôồốổỗộ ơờớởỡợ uùúủũụ ưừứửữự " +
        "yỳýỷỹỵ ĂÂĐÊÔƠƯ",
    );
  });

  test("each letter of VNI, small and capital", () => {
    const vni =
      "aøaùaûaõaï aêaèaéaúaüaë aâaàaáaåaãaä ñ eøeùeûeõeï eâeàeáeåeãeä ìíæóò oøoùoûoõoï " +
      "oâoàoáoåoãoä ôôøôùôûôõôï uøuùuûuõuï ööøöùöûöõöï yøyùyûyõî";
    const unicode =
      "àáảãạ ăằắẳẵặ âầấẩẫậ đ èéẻẽẹ êềếểễệ ìíỉĩị òóỏõọ ôồốổỗộ ơờớởỡợ ùúủũụ ưừứửữự ỳýỷỹỵ";
    expect(convertLegacy(vni, "vni")).toBe(unicode);
    expect(convertLegacy(vni.toUpperCase(), "vni")).toBe(unicode.toUpperCase());
  });

  test("headings in a font of capitals become capitals, small words in them stay small", () => {
    expect(convertLegacy("KÕ HO¹CH CñA Uû BAN NH¢N D¢N TØNH", "tcvn3")).toBe(
      "KẾ HOẠCH CỦA UỶ BAN NHÂN DÂN TỈNH",
    );
    expect(convertLegacy("V. Tæ CHøC THùC HIÖN", "tcvn3")).toBe("V. TỔ CHỨC THỰC HIỆN");
    expect(convertLegacy("Sè: 5/KH-UBND, Së L§-TBXH, häp ë UBND x·", "tcvn3")).toBe(
      "Số: 5/KH-UBND, Sở LĐ-TBXH, họp ở UBND xã",
    );
  });

  test.each([
    [".VnTime", "tcvn3"],
    ["ABCDEF+.VnTimeH", "tcvn3"],
    [".VnArial,Bold", "tcvn3"],
    ["VnTime", "tcvn3"],
    ["#2EVnTime", "tcvn3"],
    ["VNI-Times", "vni"],
    ["XYZABC+VNI-Helve-Condense", "vni"],
    ["Times New Roman", null],
    ["ABCDEF+TimesNewRomanPSMT", null],
    ["UVN Bai Hoc", null],
    ["Vinhan", null],
  ])("the font %s says %s", (font, encoding) => {
    expect(encodingOfFont(font)).toBe(encoding);
  });

  test("only fonts named H show capitals", () => {
    expect(
      [".VnTimeH", "ABCDEF+.VnArialH,Bold", ".VnTime", "VNI-HelveH", "Bodoni MT H"].map(
        isCapitalFont,
      ),
    ).toEqual([true, true, false, false, false]);
  });

  test.each([
    ["UBND x· tæ chøc häp, ph©n c«ng nhiÖm vô cho c¸c th«n.", "tcvn3"],
    ["UBND xaõ toå chöùc hoïp, phaân coâng nhieäm vuï cho caùc thoân.", "vni"],
    ["UBND xã tổ chức họp, phân công nhiệm vụ cho các thôn.", null],
    ["Các xã và cá nhân có ý kiến: là, và, có, ở xã.", null],
    ["See § 5 and § 6 © 2024, ±3 °C, «quoted», ½ × ¾, ® and ¶.", null],
    ["L'été où déjà vu à Noël, garçon naïf; Müller für Ärger, mañana señor.", null],
    ["Ban hành theo § 5, 25 °C ± 2, “§ 6”: các huyện, thị xã thực hiện đúng tiến độ.", null],
  ])("%s: %s", (text, encoding) => {
    expect(detectLegacy(text)).toBe(encoding);
  });
});

describe("a text file in any encoding", () => {
  const text = dedent`
    KẾ HOẠCH
    Trồng rừng phòng hộ năm 2025

    I. MỤC TIÊU
    Ủy ban nhân dân xã giữ rừng, trồng mới 15 ha, chăm sóc kỹ.
  `;
  const wanted = [
    "KẾ HOẠCH",
    "Trồng rừng phòng hộ năm 2025",
    "I. MỤC TIÊU",
    "Ủy ban nhân dân xã giữ rừng, trồng mới 15 ha, chăm sóc kỹ.",
  ];
  const utf16 = (end: "little" | "big"): Uint8Array =>
    Uint8Array.from(
      [...`\ufeff${text}`].flatMap((letter) =>
        end === "little"
          ? [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]
          : [letter.charCodeAt(0) >> 8, letter.charCodeAt(0) & 255],
      ),
    );

  test.each([
    ["UTF-8", strToU8(text), 0],
    ["UTF-8 with a mark", bytes(0xef, 0xbb, 0xbf, ...strToU8(text)), 0],
    ["UTF-16, little end first", utf16("little"), 0],
    ["UTF-16, big end first", utf16("big"), 0],
    ["letters and marks apart", strToU8(text.normalize("NFD")), 1],
    ["line ends of Windows", strToU8(text.replaceAll("\n", "\r\n")), 0],
    ["line ends of old Macs", strToU8(text.replaceAll("\n", "\r")), 0],
    [
      "hard and thin blanks, invisible signs",
      strToU8(text.replaceAll(" ", "\u00a0").replace("15", "\u200b15\u2009\ufeff")),
      0,
    ],
    ["Windows-1258", windows1258(text), 1],
    [
      "TCVN3",
      latin(dedent`
        KÕ HO¹CH
        Trång rõng phßng hé n¨m 2025

        I. MôC TI£U
        ñy ban nh©n d©n x· gi÷ rõng, trång míi 15 ha, ch¨m sãc kü.
      `),
      1,
    ],
    [
      "VNI",
      latin(dedent`
        KEÁ HOAÏCH
        Troàng röøng phoøng hoä naêm 2025

        I. MUÏC TIEÂU
        UÛy ban nhaân daân xaõ giöõ röøng, troàng môùi 15 ha, chaêm soùc kyõ.
      `),
      1,
    ],
    [
      "TCVN3 saved as UTF-8",
      strToU8(dedent`
        KÕ HO¹CH
        Trång rõng phßng hé n¨m 2025

        I. MôC TI£U
        ñy ban nh©n d©n x· gi÷ rõng, trång míi 15 ha, ch¨m sãc kü.
      `),
      1,
    ],
  ])("%s", (name, content, notices) => {
    const source = read(content);
    // TCVN3 has no capital with a tone: “Ủy” is typed small there.
    expect(
      paragraphsOf(source).map((paragraph) =>
        name.startsWith("TCVN3") ? paragraph.replace("ủy ban", "Ủy ban") : paragraph,
      ),
    ).toEqual(wanted);
    expect(source.notices.map(({ code }) => code)).toEqual(
      Array.from({ length: notices }, () => "text-converted"),
    );
  });

  test("a few damaged bytes do not spoil the rest", () => {
    const damaged = strToU8(text);
    damaged[text.length - 10] = 0xff;
    const source = read(damaged);
    expect(paragraphsOf(source).slice(0, 3)).toEqual(wanted.slice(0, 3));
    expect(source.notices[0]?.message.vi).toContain("bị hỏng");
  });

  test.each([
    ["a picture", bytes(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13), "file-not-text"],
    ["noise", Uint8Array.from({ length: 600 }, (_, at) => (at * 7) % 31), "file-not-text"],
    ["nothing", bytes(), "file-empty"],
    ["blanks only", strToU8(" \n\u00a0\n\ufeff\t\n"), "file-empty"],
    ["more than anybody writes", new Uint8Array(20_000_001).fill(97), "file-too-long"],
  ])("%s is refused", (_name, content, code) => {
    expect(readText(content, "a.txt")).toMatchObject({
      ok: false,
      problems: [{ code, at: { file: "a.txt" } }],
    });
  });
});

/** Paragraphs of a plan in the shapes that make joining hard. */
const PLAN: readonly string[] = [
  "KẾ HOẠCH",
  "Chuyển đổi số trên địa bàn xã Đồng Tâm năm 2025",
  "Căn cứ Quyết định số 1208/QĐ-UBND ngày 12/3/2025 của Ủy ban nhân dân huyện về việc " +
    "giao chỉ tiêu chuyển đổi số năm 2025; Công văn số 45/VHTT ngày 20/3/2025 của Phòng " +
    "Văn hóa và Thông tin huyện về việc rà soát hạ tầng viễn thông, Ủy ban nhân dân xã " +
    "Đồng Tâm xây dựng kế hoạch với các nội dung sau:",
  "I. MỤC ĐÍCH, YÊU CẦU",
  "1. Mục đích",
  "Tăng tỷ lệ người dân dùng dịch vụ công trực tuyến, hình thành thói quen nộp hồ sơ và " +
    "nhận kết quả trên môi trường điện tử ở cả 09 thôn; giảm thời gian đi lại của người " +
    "dân vùng xa trung tâm xã.",
  "2. Yêu cầu",
  "- Mỗi thôn có một tổ công nghệ số cộng đồng hoạt động đều đặn, có phân công người phụ " +
    "trách từng cụm dân cư và sổ theo dõi kết quả hướng dẫn hằng tuần.",
  "- Việc triển khai bảo đảm tiết kiệm, không trùng lặp với các chương trình đã giao; " +
    "tiến độ báo cáo về Phòng Văn hóa và Thông tin huyện trước ngày 25 hằng tháng.",
  "II. CHỈ TIÊU",
  "1. Chỉ tiêu về dịch vụ công: ít nhất 60% hồ sơ được nộp trực tuyến, 100% kết quả được " +
    "số hóa, thời gian giải quyết giảm 1,5 ngày so với năm 2024.",
  "2. Phòng Kinh tế, Văn phòng Đảng ủy, Văn phòng Hội đồng nhân dân và Ủy ban nhân dân, " +
    "Trạm Y tế xã",
  "Chủ trì rà soát thiết bị, đề xuất mua sắm bổ sung theo dự toán được duyệt và chịu " +
    "trách nhiệm quản lý tài sản sau khi bàn giao cho các thôn.",
  "3. Kinh phí thực hiện dự kiến 186 triệu đồng, trong đó:",
  "+ Ngân sách xã: 120 triệu đồng.",
  "+ Nguồn xã hội hóa: 66 triệu đồng.",
  "(Phụ lục số 2 kèm theo)",
  "4. Tổ chức phong trào thi đua “Nhà nhà dùng dịch vụ công - Không ai đứng ngoài chuyển " +
    "đổi số” gắn với bình xét gia đình văn hóa, khen thưởng các hộ và cá nhân có thành " +
    "tích tốt trong năm.",
  "III. TỔ CHỨC THỰC HIỆN",
  "a) Công chức văn hóa - xã hội theo dõi tiến độ của các tổ công nghệ số, tổng hợp khó " +
    "khăn của từng thôn để báo cáo Chủ tịch Ủy ban nhân dân xã xem xét, chỉ đạo giải quyết " +
    "kịp thời.",
  "b) Các thôn bố trí chỗ ngồi, đường truyền và người trực tại nhà văn hóa " +
    "vào ngày nghỉ cuối tuần.",
  "Trên đây là Kế hoạch chuyển đổi số năm 2025 của xã, đề nghị các đơn vị liên quan " +
    "triển khai thực hiện./.",
];

/** How most people wrap a text: 80 letters a line, an empty line between paragraphs. */
const PLAIN: Wrapping = { width: 80, blanks: "between", indent: 0, hidden: false, pages: "" };

describe("lines become paragraphs", () => {
  test.each<[string, Partial<Wrapping>]>([
    ["empty lines between paragraphs", {}],
    ["an empty line after every line", { blanks: "every" }],
    ["no empty line", { width: 76, blanks: "none" }],
    ["first lines set in", { width: 76, blanks: "none", indent: 4 }],
    [
      "an empty line after the first line and the last",
      { blanks: "first and last", indent: 5, hidden: true },
    ],
    ["pages", { width: 64, pages: "form feed" }],
    [
      "gaps between pages, no other empty line",
      { width: 64, blanks: "none", indent: 4, pages: "gap" },
    ],
    ["numbers between pages", { width: 56, pages: "number" }],
  ])("%s", (_name, manner) => {
    const text = wrapText(PLAN, { ...PLAIN, ...manner });
    expect(paragraphs(text).map((words) => words.replaceAll("\n", " "))).toEqual(PLAN);
  });

  test("a line is a paragraph, but for a sentence that a page has cut", () => {
    const cut = PLAN.flatMap((text) =>
      text.startsWith("- Mỗi thôn")
        ? [text.slice(0, text.indexOf(" phụ trách")), text.slice(text.indexOf("phụ trách"))]
        : [text],
    );
    expect(cut).toHaveLength(PLAN.length + 1);
    expect(paragraphs(cut.join("\n\n"))).toEqual(PLAN);
  });

  test("the subject keeps its lines", () => {
    const text = wrapText(PLAN, PLAIN).replace(
      "xã Đồng Tâm năm 2025\n",
      "\nxã Đồng Tâm năm 2025\n",
    );
    expect(paragraphs(text)[1]).toBe("Chuyển đổi số trên địa bàn\nxã Đồng Tâm năm 2025");
  });

  test.each([
    ["vùng phát triển KT-", "XH của xã", "vùng phát triển KT-XH của xã"],
    [
      "mục tiêu phát triển kinh tế -",
      "xã hội của xã",
      "mục tiêu phát triển kinh tế - xã hội của xã",
    ],
    ["kế hoạch giai đoạn 2021-", "2025 của xã", "kế hoạch giai đoạn 2021-2025 của xã"],
    ["kinh phí của tiểu dự án 3-", "Dự án 4", "kinh phí của tiểu dự án 3- Dự án 4"],
  ])("a hyphen at the end: %s | %s", (above, below, joined) => {
    const start = "Đơn vị được giao rà soát toàn bộ nội dung liên quan đến";
    const text = dedent`
      ${wrapText(PLAN, PLAIN)}
      ${start.padEnd(79 - above.length, ".")} ${above}
      ${below}.
    `;
    expect(paragraphs(text).at(-1)).toContain(joined);
  });

  test("a place is the line of the file where a paragraph begins, and its page", () => {
    const text = wrapText(PLAN, { ...PLAIN, pages: "form feed" });
    const rows = text.split("\n");
    const blocks = read(text).blocks.filter((block) => block.kind === "paragraph");
    const places = blocks.map((block) => rows[block.at.line - 1]?.replace("\f", "").slice(0, 12));
    expect(places).toEqual(PLAN.map((paragraph) => paragraph.slice(0, 12)));
    expect(new Set(blocks.map((block) => block.at.page))).toEqual(new Set([1, 2]));
    expect(read(text.replaceAll("\f", "")).blocks[0]?.at.page).toBeNull();
  });

  test("plans of ours, cut at any width in any manner, come back in their paragraphs", async () => {
    const totals = { both: 0, wanted: 0, found: 0 };
    for (const { text } of fixtures()) {
      const rows = (await makeText(text, "text"))
        .split("\n")
        .map((row) => row.replace(/\s+/gu, " ").trim())
        .filter((row) => row !== "");
      const title = rows.indexOf("KẾ HOẠCH");
      const signed = rows.findIndex((row, at) => at > title && /^Nơi nhận/u.test(row));
      const body = rows.slice(
        rows.findIndex((row, at) => at > title && /^(?:Căn cứ|Thực hiện Kế hoạch số)/u.test(row)),
        signed,
      );
      for (const width of [60, 72, 100]) {
        for (const blanks of ["every", "between", "none", "some", "first and last"] as const) {
          for (const [indent, hidden] of [
            [0, false],
            [5, true],
          ] as const) {
            const wanted = ["KẾ HOẠCH", "Về công tác năm 2025", ...body];
            const found = paragraphs(
              wrapText(wanted, {
                width,
                blanks,
                indent,
                hidden,
                pages: width === 72 ? "number" : "",
              }),
            );
            expect(lettersOf(found)).toBe(lettersOf(wanted));
            const ends = compareEnds(wanted, found);
            totals.both += ends.both;
            totals.wanted += ends.wanted;
            totals.found += ends.found;
          }
        }
      }
    }
    expect({
      precision: totals.both / totals.found >= 0.995,
      recall: totals.both / totals.wanted >= 0.995,
    }).toEqual({ precision: true, recall: true });
  });

  test("no word is lost or made, whatever the lines are", () => {
    const pieces = fc.constantFrom(
      "I. MỤC TIÊU",
      "1. Rà soát",
      "a) Đối tượng:",
      "- Các thôn",
      "+ Vốn xã: 12 triệu",
      "và các xã",
      "của Chính phủ.",
      "KẾ HOẠCH",
      "Nơi nhận:",
      "TM. ỦY BAN NHÂN DÂN",
      "12",
      "Số: 5/KH-UBND",
      "Độc lập - Tự do - Hạnh phúc",
      "(kèm theo",
      "* Chung:",
      "KT-",
      "XH",
      "| a | b |",
      "x\ty\tz",
    );
    const rows = fc.array(
      fc.tuple(
        fc.constantFrom("", " ", "\t", "      ", "\f"),
        fc.array(pieces, { maxLength: 6 }),
        fc.constantFrom("", "\n", "\n\n"),
      ),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(rows, (parts) => {
        const lines = parts.map(([begin, words, end]) => `${begin}${words.join(" ")}${end}`);
        const text = ["a", ...lines].join("\n");
        const source = read(text);
        const sorted = (texts: readonly string[]): string =>
          [...lettersOf(texts).replaceAll("|", "")].sort().join("");
        expect(sorted([...paragraphsOf(source), ...source.excluded.map((one) => one.text)])).toBe(
          sorted([text]),
        );
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test("a long file is read in seconds", () => {
    const long = Array.from({ length: 300 }, () =>
      wrapText(PLAN, { ...PLAIN, blanks: "none" }),
    ).join("\n");
    const begun = performance.now();
    expect(read(long).blocks.length).toBeGreaterThan(5000);
    expect(performance.now() - begun).toBeLessThan(8000);
  });
});

describe("columns side by side", () => {
  const rows = (content: string): string[][][] =>
    read(content).blocks.flatMap((block) =>
      block.kind === "table"
        ? block.rows.map((row) => row.map((cell) => cell.paragraphs.map(({ text }) => text)))
        : [],
    );
  const body = dedent`
    KẾ HOẠCH
    Trồng rừng năm 2025

    ${wrapText(PLAN.slice(2), PLAIN)}
  `;

  test("the head, even where one blank parts number and place", () => {
    expect(
      rows(dedent`
        ỦY BAN NHÂN DÂN              CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
          XÃ ĐỒNG TÂM     Độc lập - Tự do - Hạnh phúc

         Số:         /KH-UBND Đồng Tâm, ngày       tháng       năm 2025

        ${body}
      `),
    ).toEqual([
      [
        ["ỦY BAN NHÂN DÂN", "XÃ ĐỒNG TÂM"],
        ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
      ],
      [["Số: /KH-UBND"], ["Đồng Tâm, ngày tháng năm 2025"]],
    ]);
  });

  test("a head one line under the other is a paragraph a line", () => {
    const text = dedent`
      ỦY BAN NHÂN DÂN
      XÃ ĐỒNG TÂM
      Số: 12/KH-UBND
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      Đồng Tâm, ngày 05 tháng 5 năm 2025

      ${body}
    `;
    expect(rows(text)).toEqual([]);
    expect(paragraphs(text).slice(0, 8)).toEqual([
      "ỦY BAN NHÂN DÂN",
      "XÃ ĐỒNG TÂM",
      "Số: 12/KH-UBND",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Đồng Tâm, ngày 05 tháng 5 năm 2025",
      "KẾ HOẠCH",
      "Trồng rừng năm 2025",
    ]);
  });

  const signed = [
    [
      "Nơi nhận:",
      "- Phòng Văn hóa và Thông tin huyện;",
      "- Các đơn vị sự nghiệp công lập thuộc xã quản lý;",
      "- Lưu: VT.",
    ],
    ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Người Ký Thử"],
  ];
  test.each([
    [
      "they begin together",
      dedent`
        Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
        - Phòng Văn hóa và Thông tin huyện;          CHỦ TỊCH
        - Các đơn vị sự nghiệp công lập
        thuộc xã quản lý;
        - Lưu: VT.


                                                   Người Ký Thử
      `,
    ],
    [
      "the signature begins above",
      dedent`
                                               TM. ỦY BAN NHÂN DÂN
        Nơi nhận:                                   CHỦ TỊCH
        - Phòng Văn hóa và Thông tin huyện;
        - Các đơn vị sự nghiệp công lập thuộc xã quản lý;
        - Lưu: VT.
                                                   Người Ký Thử
      `,
    ],
    [
      "the recipients begin above",
      dedent`
        Nơi nhận:
        - Phòng Văn hóa và Thông tin huyện;      TM. ỦY BAN NHÂN DÂN
        - Các đơn vị sự nghiệp công lập thuộc xã quản lý;         CHỦ TỊCH
        - Lưu: VT.

                                                   Người Ký Thử
      `,
    ],
  ])("recipients and signature: %s", (_name, text) => {
    const source = dedent`
      KẾ HOẠCH
      Trồng rừng

      ${PLAN.slice(3, 8).join("\n")}

      ${text}

      PHỤ LỤC I
    `;
    expect(rows(source)).toEqual([signed]);
    expect(paragraphs(source).at(-1)).toBe("PHỤ LỤC I");
  });
});

describe("Markdown", () => {
  const paragraphBlocks = (
    text: string,
  ): readonly { text: string; look: object; marks: readonly object[] }[] =>
    read(text).blocks.flatMap((block) =>
      block.kind === "paragraph"
        ? [{ text: block.text, look: block.look, marks: block.marks }]
        : [],
    );

  test("headings, bold and italic letters, breaks by hand", () => {
    expect(
      paragraphBlocks(dedent`
        **ỦY BAN NHÂN DÂN
        XÃ ĐỒNG TÂM**

        ## KẾ HOẠCH

        ### **1. Mục đích**

        - Hỗ trợ cán bộ (*thôn, bản*) và **tổ trưởng**.

        **KT. CHỦ TỊCH\x20\x20
        PHÓ CHỦ TỊCH**
      `),
    ).toEqual([
      {
        text: "ỦY BAN NHÂN DÂN\nXÃ ĐỒNG TÂM",
        look: { align: null, bold: true, italic: false, outline: 0, level: null },
        marks: [],
      },
      {
        text: "KẾ HOẠCH",
        look: { align: null, bold: false, italic: false, outline: 2, level: null },
        marks: [],
      },
      {
        text: "1. Mục đích",
        look: { align: null, bold: true, italic: false, outline: 3, level: null },
        marks: [],
      },
      {
        text: "- Hỗ trợ cán bộ (thôn, bản) và tổ trưởng.",
        look: { align: null, bold: false, italic: false, outline: 0, level: null },
        marks: [
          { kind: "italic", from: 17, to: 26 },
          { kind: "bold", from: 31, to: 40 },
        ],
      },
      {
        text: "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH",
        look: { align: null, bold: true, italic: false, outline: 0, level: null },
        marks: [],
      },
    ]);
  });

  test("tags go, letters stay; escapes, rules and code fences", () => {
    expect(
      paragraphs(dedent`
        # A

        - Lưu: VT, TH<sub>thonA</sub>

        ---

        1\\. Khoản một &amp; hai

        \`\`\`
        đoạn mã
        \`\`\`

        5 \\* 3 \\| 2
      `),
    ).toEqual(["A", "- Lưu: VT, THthonA", "1. Khoản một & hai", "đoạn mã", "5 * 3 | 2"]);
  });

  test("stars that begin items are no emphasis, and stay where nothing is Markdown", () => {
    expect(
      paragraphs(dedent`
        ## A

        * Đặc điểm chung: tốt.

        * Việc *cần làm* ngay.
      `),
    ).toEqual(["A", "* Đặc điểm chung: tốt.", "* Việc cần làm ngay."]);
    expect(
      paragraphs(dedent`
        * Đặc điểm chung: tốt.

        Diện tích 3*5*2 m, ghi chú * và *.
      `),
    ).toEqual(["* Đặc điểm chung: tốt.", "Diện tích 3*5*2 m, ghi chú * và *."]);
  });

  test("tables drawn with strokes, and tables parted by tabs", () => {
    const cells = (text: string): object[] =>
      read(text).blocks.flatMap((block) =>
        block.kind === "table"
          ? [
              {
                ruled: block.ruled,
                head: block.head,
                rows: block.rows.map((row) =>
                  row.map((cell) => cell.paragraphs.map((one) => one.text).join()),
                ),
              },
            ]
          : [],
      );
    const rows = [
      ["TT", "Xã", "Số hộ"],
      ["1", "Đồng Tâm", "1.250"],
      ["2", "", "980"],
    ];
    expect(
      cells(dedent`
        Bảng phân bổ:

        | TT | **Xã** | Số hộ |
        |---|:---|--:|
        | 1 | Đồng Tâm | 1.250 |
        | 2 | | 980 |

        Hết.
      `),
    ).toEqual([{ ruled: true, head: 1, rows }]);
    expect(
      cells(dedent`
        Bảng phân bổ:
        TT\tXã\tSố hộ
        1\tĐồng Tâm\t1.250
        2\t\t980
        Hết.
      `),
    ).toEqual([{ ruled: true, head: 0, rows }]);
  });
});

describe("what stands beside the text is left out, and said", () => {
  const excluded = (text: string): string[][] =>
    read(text).excluded.map(({ why, text: words }) => [why, words]);
  const body = wrapText(PLAN, PLAIN);

  test("traces of digital signatures, and a PDF's bookmarks behind the end", () => {
    const text = dedent`
      ${body}

      \tKẾ HOẠCH
      \t1. Mục đích

      \t\tCỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN - ĐT: 0240000000
      \t2025-04-01T14:21:24+0700
      \tTỈNH THỬ NGHIỆM
      \tĐơn vị ký thử<…@example.vn> đã ký lên văn bản này!
    `;
    expect(excluded(text)).toEqual([
      ["bookmark", "KẾ HOẠCH\n1. Mục đích"],
      [
        "seal",
        dedent`
          CỤC CHỨNG THỰC SỐ VÀ BẢO MẬT THÔNG TIN - ĐT: 0240000000
          2025-04-01T14:21:24+0700
          TỈNH THỬ NGHIỆM
          Đơn vị ký thử<…@example.vn> đã ký lên văn bản này!
        `,
      ],
    ]);
    expect(paragraphs(text)).toEqual(PLAN);
    expect(
      excluded(dedent`
        Người ký: UBND xã Đồng Tâm
        Email: xa@example.vn
        Thời gian ký: 01.04.2025 14:21:24 +07:00

        ${body}
      `),
    ).toEqual([
      [
        "seal",
        dedent`
          Người ký: UBND xã Đồng Tâm
          Email: xa@example.vn
          Thời gian ký: 01.04.2025 14:21:24 +07:00
        `,
      ],
    ]);
  });

  test("page numbers and running heads; a number in a list of numbers stays", () => {
    const pages = Array.from(
      { length: 4 },
      (_, page) =>
        `${dedent`
          Kế hoạch chuyển đổi số xã Đồng Tâm
          ${wrapText(PLAN.slice(page * 5, page * 5 + 5), PLAIN)}
          - ${page + 1} -
        `}\n`,
    );
    expect(excluded(pages.join("\f"))).toEqual(
      [1, 2, 3, 4].flatMap((page) => [
        ["running-head", "Kế hoạch chuyển đổi số xã Đồng Tâm"],
        ["page-number", `- ${page} -`],
      ]),
    );
    expect(
      excluded(dedent`
        Số hộ từng thôn:
        12
        13
        14
      `),
    ).toEqual([]);
  });
});
