import { describe, expect, test } from "@jest/globals";
import { yaml } from "./support/dedent.js";
import { findings, makeText, smallPlan } from "./support/product.js";

/** Lines of the document as text, from after its title up to the end of the body. */
async function lines(body: string, more = ""): Promise<string[]> {
  const text = await makeText(smallPlan(body, more), "text");
  const all = text.trimEnd().split("\n");
  return all.slice(all.indexOf("Thử nghiệm") + 1);
}

describe("numbering", () => {
  test("sections, clauses, points and dashes by depth", async () => {
    expect(
      await lines(yaml`
        - heading: Mục đích
          body:
            - heading: Chung
              body: [{ clause: Một }, { clause: Hai, items: [x, y] }]
            - runIn: Phạm vi
              text: 13 xã.
        - heading: Nội dung
          body: [{ item: a, items: [b], body: [{ item: c, body: [{ item: d }] }] }]
      `),
    ).toEqual([
      "I. MỤC ĐÍCH",
      "1. Chung",
      "a) Một",
      "b) Hai",
      "- x",
      "- y",
      "2. Phạm vi: 13 xã.",
      "II. NỘI DUNG",
      "- a",
      "+ b",
      "+ c",
      "* d",
    ]);
  });

  test("decimal numbers take the number above, points follow the Vietnamese alphabet", async () => {
    expect(
      await lines(yaml`
        - heading: Dự án
          numbering: ["1.", "1.1.", "1.1.1.", "a)"]
          body:
            - heading: Một
            - heading: Hai
              body:
                - heading: Con
                  body:
                    - heading: Cháu
                      body:
                        - { clause: p }
                        - { clause: q }
                        - { clause: r }
                        - { clause: s }
                        - { clause: t }
                - heading: Con nữa
      `),
    ).toEqual([
      "I. DỰ ÁN",
      "1. Một",
      "2. Hai",
      "2.1. Con",
      "2.1.1. Cháu",
      "a) p",
      "b) q",
      "c) r",
      "d) s",
      "đ) t",
      "2.2. Con nữa",
    ]);
  });

  test("parts, a star that disturbs nobody, nodes without number, set numbers", async () => {
    expect(
      await lines(
        yaml`
          - heading: Kết quả
            body:
              - { runIn: Đặc điểm, marker: "*", text: chung. }
              - { heading: Một }
              - { heading: Không số, marker: "" }
              - { heading: Năm, number: 5 }
              - { heading: Sáu }
          - heading: Kế hoạch
        `,
        'numbering: ["A.", "I.", "1."]',
      ),
    ).toEqual([
      "A. KẾT QUẢ",
      "* Đặc điểm: chung.",
      "I. MỘT",
      "Không số",
      "V. NĂM",
      "VI. SÁU",
      "B. KẾ HOẠCH",
    ]);
  });

  test("a Phần has its number and its title on lines of their own", async () => {
    expect(await lines("- heading: Tình hình", 'numbering: ["Phần I", "I."]')).toEqual([
      "Phần I",
      "TÌNH HÌNH",
    ]);
  });
});

describe("citations in running text", () => {
  const figures = yaml`
    figures:
      giam: { value: 1438, unit: hộ, bound: at-least }
      duoi: { value: 0.3, unit: "%", bound: below }
      ty-le: { from: 2.22, to: 1.12, unit: "%" }
      lao-dong: { value: 2, unit: người, digits: 2 }
      rate: { value: 3, unit: "%", decimals: 1 }
      tong: { unit: hộ, parts: { dtts: 43, kinh: { value: 25, label: Kinh } } }
    programme:
      sources: { tw: Trung ương, dp: { name: Địa phương, note: đối ứng } }
      projects:
        - { id: da1, official: Dự án 1, title: A, funding: { tw: 100.5, dp: 20 } }
        - id: da2
          official: Dự án 2
          title: B
          projects:
            - id: da2-1
              official: Tiểu dự án 1
              title: C
              funding: { tw: 10, dp: null }
    appendices: [{ id: pl, title: Biểu }, { id: pl-hai, title: Biểu hai }]
  `;
  test.each([
    ["{{figures.giam}}", "từ 1.438 hộ trở lên"],
    ["{{so figures.giam}}", "1.438 hộ"],
    ["{{figures.duoi}}", "dưới 0,3%"],
    ["{{figures.ty-le}}", "từ 2,22% xuống còn 1,12%"],
    ["{{figures.ty-le.change}}", "1,1%"],
    ["{{figures.lao-dong}}", "02 người"],
    ["{{figures.rate}}", "3,0%"],
    ["{{figures.tong}}, {{figures.tong.parts.dtts}}", "68 hộ, 43 hộ"],
    ["{{tien tong}}", "130,5 triệu đồng"],
    [
      "{{tien tw}} {{tien da1.dp}} {{tien da2.tong}}",
      "110,5 triệu đồng 20 triệu đồng 10 triệu đồng",
    ],
    ["{{tien tong tỷ}}", "0,1305 tỷ đồng"],
    ["{{phuluc pl-hai}}", "Phụ lục II"],
    ["{{issuer.place}} {{nam}}", "Bảo Yên 2024"],
    ["mục {{muc sau}}", "mục II"],
  ])("%s reads %s", async (text, words) => {
    const out = await lines(
      yaml`
        - heading: Trước
          body: ["${text}"]
        - heading: Sau
          id: sau
      `,
      figures,
    );
    expect(out[1]).toBe(words);
  });

  test("an amount that is not given cannot be cited, and zero can", async () => {
    const plan = (amount: string): string =>
      smallPlan(
        '- "{{tien a.dp}}"',
        yaml`
          programme:
            sources: { dp: X }
            projects: [{ id: a, official: A, title: B, funding: { dp: ${amount} } }]
        `,
      );
    expect(await findings(plan("null"))).toEqual([expect.stringMatching(/amount-not-given/u)]);
    expect(await makeText(plan("0"), "text")).toContain("0 triệu đồng");
  });
});

describe("the preamble", () => {
  test("bases one a line, laws without number, the last with a full stop", async () => {
    const out = await lines(
      "- x",
      yaml`
        bases:
          - type: Luật
            name: Ngân sách nhà nước
            symbol: 83/2015/QH13
            date: 2015-06-25
            issuer: Quốc hội
          - type: Nghị định
            symbol: 30/2020/NĐ-CP
            date: 2020-03-05
            issuer: Chính phủ
            about: về công tác văn thư
          - { text: tình hình thực tế }
          - lead: Thực hiện
            type: Nghị quyết
            symbol: 05-NQ/TU
            date: 2021-02-09
            issuer: Ban Chấp hành Đảng bộ tỉnh
        enactment: "UBND huyện ban hành Kế hoạch, cụ thể như sau:"
      `,
    );
    expect(out.slice(0, 5)).toEqual([
      "Căn cứ Luật Ngân sách nhà nước ngày 25 tháng 6 năm 2015;",
      "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công " +
        "tác văn thư;",
      "Căn cứ tình hình thực tế;",
      "Thực hiện Nghị quyết số 05-NQ/TU ngày 09 tháng 02 năm 2021 của Ban Chấp hành Đảng bộ tỉnh.",
      "UBND huyện ban hành Kế hoạch, cụ thể như sau:",
    ]);
  });

  test("bases joined in one paragraph, and a proposal after them", async () => {
    const out = await lines(
      "- x",
      yaml`
        profile: { citationDates: short }
        bases:
          - joined:
              - { type: Kế hoạch, symbol: 81/KH-UBND, date: 2024-03-08 }
              - { text: thực tế }
        proposal:
          by: Phòng Nội vụ
          document: { type: Tờ trình, symbol: 12/TTr-NV, date: 2024-03-27 }
      `,
    );
    expect(out.slice(0, 2)).toEqual([
      "Căn cứ Kế hoạch số 81/KH-UBND ngày 08/3/2024; thực tế;",
      "Xét đề nghị của Phòng Nội vụ tại Tờ trình số 12/TTr-NV ngày 27/3/2024.",
    ]);
  });
});

describe("issuers and heads of many kinds", () => {
  test.each<[string, string, readonly string[]]>([
    [
      "a province",
      yaml`
        issuer: { name: Ủy ban nhân dân tỉnh Lào Cai, place: Lào Cai }
        number: 5
      `,
      ["ỦY BAN NHÂN DÂN", "TỈNH LÀO CAI", "Số: 05/KH-UBND"],
    ],
    [
      "a department with its superior",
      yaml`
        issuer: { name: Sở Nội vụ, superior: UBND tỉnh Lào Cai }
        symbol: KH-SNV
      `,
      ["UBND TỈNH LÀO CAI", "SỞ NỘI VỤ", "/KH-SNV"],
    ],
    [
      "a committee broken by hand",
      "issuer: { name: Ban Chỉ đạo giảm nghèo, lines: [Ban Chỉ đạo, giảm nghèo bền vững] }",
      ["BAN CHỈ ĐẠO", "GIẢM NGHÈO BỀN VỮNG"],
    ],
  ])("%s", async (_name, head, expected) => {
    const plan = yaml`
      kehoach: 1
      ${head}
      date: { year: 2024 }
      subject: A
      body: [x]
    `;
    const text = await makeText(plan, "text");
    for (const one of expected) expect(text).toContain(one);
  });

  test("a head may be left out", async () => {
    expect(await makeText(smallPlan("- x", "header: none"), "text")).not.toContain("CỘNG HÒA");
  });

  test("a plan attached to a decision has no number and date of its own", async () => {
    const text = await makeText(
      smallPlan(
        "- x",
        yaml`
          attachedTo:
            type: Quyết định
            symbol: 12/QĐ-UBND
            date: 2024-03-08
            issuer: UBND huyện Bảo Yên
        `,
      ),
      "text",
    );
    expect(text).toContain(
      "(Ban hành kèm theo Quyết định số 12/QĐ-UBND ngày 08 tháng 3 năm 2024 " +
        "của UBND huyện Bảo Yên)",
    );
    expect(text).not.toContain("Số:");
  });

  test("recipients, filing and signature", async () => {
    const out = await lines(
      "- x",
      yaml`
        closing: Trên đây là Kế hoạch
        recipients:
          - Sở Nội vụ
          - { name: UBND các xã, for: t/h }
          - { file: [VT, NV], copies: 5 }
        drafter: PL.(300)
        signature:
          lines: [TM. Ủy ban nhân dân, KT. Chủ tịch]
          office: Trưởng ban
          name: Nguyễn Văn A
      `,
    );
    expect(out.slice(1)).toEqual([
      "Trên đây là Kế hoạch./.",
      "Nơi nhận:",
      "- Sở Nội vụ;",
      "- UBND các xã (t/h);",
      "- Lưu: VT, NV (05b).",
      "PL.(300)",
      "TM. ỦY BAN NHÂN DÂN",
      "KT. CHỦ TỊCH",
      "Trưởng ban",
      "Nguyễn Văn A",
    ]);
  });
});
