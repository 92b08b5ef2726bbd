import { dedent } from "../support/dedent.js";

/**
 * A generator of random numbers from a seed (mulberry32): the same seed gives the same plans
 * everywhere.
 */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS = dedent`
  kế hoạch thực hiện chương trình mục tiêu quốc gia giảm nghèo bền vững trên địa bàn huyện xã
  thị trấn năm đối tượng hộ cận mới thoát người lao động việc làm đào tạo nghề nghiệp hỗ trợ
  sản xuất nông thôn miền núi vùng đồng bào dân tộc thiểu số kinh phí ngân sách trung ương
  tỉnh đối ứng vốn sự nghiệp tổ chức triển khai phối hợp chủ trì cơ quan đơn vị liên quan kiểm
  tra giám sát đánh giá báo cáo kết quả định kỳ đột xuất theo quy định pháp luật tuyên truyền
  nâng cao nhận thức trách nhiệm cấp ủy chính quyền nhân dân cộng đồng doanh nghiệp hợp tác
  phát triển kinh tế xã hội an sinh bảo đảm hiệu quả đúng tiến độ chất lượng dinh dưỡng trẻ em
  phụ nữ y tế giáo dục nhà ở nước sạch vệ sinh thông tin tiếp cận dịch vụ cơ bản rà soát thống
  kê dự toán phân bổ giải ngân thanh quyết toán sử dụng tiết kiệm lãng phí thất thoát Ủy ban
  Phòng Lao Tài chính Trung tâm Đoàn Mặt trận AVATAR TYPE WAY khuyết ưỡng thuở giữ ngừa
`.split(/\s+/u);

const TOKENS = [
  "90/QĐ-TTg",
  "10/2022/TT-BLĐTBXH",
  "27/2022/NĐ-CP",
  "05-NQ/ĐU",
  "2021-2025",
  "2021 - 2025",
  "2021–2025",
  "18/01/2022",
  "31/5/2022",
  "4.034",
  "0,44%",
  "100%",
  "1.749 triệu đồng",
  "“Cả nước chung tay vì người nghèo”",
  "(trong vòng 36 tháng)",
  "GDNN-GDTX",
  "KT-XH",
  "Lao động - Thương binh và Xã hội",
  "tr.đồng/năm",
  "số 226/KH-UBND",
  "NN&PTNT",
  "từ 1,5% trở lên;",
  "v.v…",
  "thôn/bản/ấp",
  "MTTQVN",
  "xã Hoàng Phú,",
  "Luật số 33/2024/QH15",
  "— một",
  "ngày 05 tháng 3 năm 2020",
];

export function sentence(random: () => number, least: number, most: number): string {
  const count = least + Math.floor(random() * (most - least));
  const words: string[] = [];
  for (let index = 0; index < count; index++) {
    const list = random() < 0.12 ? TOKENS : WORDS;
    words.push(`${list[Math.floor(random() * list.length)] ?? ""}${random() < 0.07 ? "," : ""}`);
  }
  const text = words.join(" ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${random() < 0.7 ? "." : ";"}`;
}

/** Some words in italics or bold, as offices do inside brackets. */
export function marked(random: () => number, text: string): string {
  if (random() > 0.15) return text;
  const words = text.replace(/\*/gu, "").split(" ");
  const from = Math.floor(random() * words.length);
  const to = Math.min(words.length - 1, from + 1 + Math.floor(random() * 8));
  const sign = random() < 0.7 ? "*" : "**";
  words[from] = sign + (words[from] ?? "");
  words[to] = (words[to] ?? "") + sign;
  return words.join(" ");
}

export type Random = () => number;

/**
 * A table as offices draw them: one or two levels of names, widths given or by content, groups,
 * labels over rows, totals.
 */
export function randomTable(random: Random): unknown {
  const title = (most: number): string => sentence(random, 1, most).replace(/[.;:,]+$/u, "");
  const money = (): number => Math.round(random() * 1e6) / (random() < 0.5 ? 100 : 1);
  const labelled = random() < 0.5;
  const given = random() < 0.5;
  const numbered = random() < 0.4;
  const column = (name: string, width: number, more: object = {}): object => ({
    title: name,
    ...(given ? { width } : {}),
    ...(numbered ? { number: name.length } : {}),
    ...more,
  });
  const columns = [
    column("TT", 7, { align: "center" }),
    column(title(5), 26),
    ...(random() < 0.5
      ? [
          {
            title: title(4),
            columns: [
              column("Trung ương", 15, { align: "decimal" }),
              column("Tỉnh", 14, { align: "decimal" }),
            ],
          },
        ]
      : [column("Trung ương", 15, { align: "decimal" }), column("Tỷ lệ", 14, { align: "right" })]),
    column("Ghi chú", 20),
  ];
  const tail = (): unknown[] => [money(), money(), random() < 0.4 ? sentence(random, 1, 6) : null];
  const row = (index: number): unknown => {
    const kind = random();
    if (kind < 0.08) return { band: title(8) };
    if (kind < 0.16) return { kind: "sub-total", cells: [null, "Cộng", ...tail()] };
    if (labelled && kind < 0.5)
      return {
        span: [index, sentence(random, 2, 14)],
        rows: Array.from({ length: 1 + Math.floor(random() * 8) }, tail),
      };
    return [index, sentence(random, 2, 18), ...tail()];
  };
  return {
    table: {
      title: title(10),
      unit: "triệu đồng",
      columns,
      rows: [
        ...Array.from({ length: 3 + Math.floor(random() * 14) }, (_, index) => row(index + 1)),
        { kind: "total", cells: [null, "Tổng cộng", ...tail()] },
      ],
      note: random() < 0.3 ? sentence(random, 5, 30) : null,
    },
  };
}

/**
 * A plan of about four pages of random text, as data: sections, clauses, run-in headings, dashes,
 * italics, a footnote, tables, a landscape appendix.
 */
export function randomPlan(seed: number): unknown {
  const random = seededRandom(seed);
  const text = (least: number, most: number): string =>
    marked(random, sentence(random, least, most));
  const title = (): string => sentence(random, 3, 14).replace(/[.;:]$/u, "");
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const node = (depth: number): unknown => {
    const kind = random();
    if (depth > 0 && kind < 0.3)
      return {
        heading: title(),
        body: Array.from({ length: 1 + Math.floor(random() * 3) }, () => node(depth - 1)),
      };
    if (kind < 0.45)
      return {
        runIn: title(),
        text: text(5, 60),
        items: random() < 0.4 ? [text(5, 40), text(8, 50)] : null,
      };
    if (kind < 0.6) return { clause: text(8, 70) };
    if (kind < 0.8) return { item: text(6, 60), items: random() < 0.3 ? [text(4, 30)] : null };
    return text(10, 120);
  };
  const noted = random() < 0.3;
  const tables = Array.from({ length: Math.floor(random() * 3) }, () => randomTable(random));
  const body = Array.from({ length: 4 }, (_, index) => ({
    heading: title(),
    body: [
      ...Array.from({ length: 2 + Math.floor(random() * 4) }, () => node(2)),
      ...(index === 2 ? tables : []),
    ],
  }));
  return {
    kehoach: 1,
    profile: {
      bodySize: pick([13, 14]),
      tableSize: pick([11, 12, 13]),
      indent: pick([10, 12.7]),
      lineSpacing: pick([1, 1.08, 1.12, 1.2, 1.35]),
      spaceBefore: pick([6, 6, 8]),
      citationDates: "short",
      margins: { left: pick([30, 35]), right: pick([15, 20]) },
    },
    issuer: { name: "Ủy ban nhân dân huyện Bảo Yên", place: "Bảo Yên" },
    date: { year: 2024, month: 3 },
    subject: title(),
    bases: Array.from({ length: 1 + Math.floor(random() * 4) }, () => ({
      type: "Quyết định",
      symbol: "90/QĐ-TTg",
      date: "2022-01-18",
      issuer: "Thủ tướng Chính phủ",
      about: sentence(random, 6, 40).replace(/[.;]$/u, ""),
    })),
    enactment: sentence(random, 8, 30).replace(/[.;]$/u, ""),
    body: noted ? [`${text(10, 40)}[^note]`, ...body] : body,
    footnotes: noted ? { note: sentence(random, 3, 40) } : {},
    closing: random() < 0.8 ? sentence(random, 10, 60) : null,
    appendices:
      random() < 0.4
        ? [
            {
              id: "bang",
              title: title(),
              landscape: random() < 0.6,
              body: [randomTable(random), ...(random() < 0.5 ? [randomTable(random)] : [])],
            },
          ]
        : [],
    recipients: [
      "Sở Tài chính",
      "Thường trực Huyện ủy",
      { name: "UBND các xã, thị trấn", for: "t/h" },
      { file: ["VT", "LĐTBXH"] },
    ],
    signature: {
      lines: ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
      name: "Nguyễn Văn A",
    },
  };
}
