/** Communes of one district: a label over thirteen rows goes on over a page's end on most pages. */
export const ROWS_PER_LABEL = 13;

/**
 * A plan whose appendix is one table: names in two levels, a row of column numbers, a label over
 * the rows of each district, decimals, a total. JSON is YAML too.
 */
export function longTablePlan(rows: number): string {
  const districts = Array.from({ length: Math.ceil(rows / ROWS_PER_LABEL) }, (_, index) => ({
    span: [index + 1, `Huyện số ${index + 1} thuộc vùng đồng bào dân tộc thiểu số`],
    rows: Array.from(
      { length: Math.min(ROWS_PER_LABEL, rows - index * ROWS_PER_LABEL) },
      (_row, at) => communeRow(index * ROWS_PER_LABEL + at + 1),
    ),
  }));
  return JSON.stringify({
    kehoach: 1,
    issuer: { name: "Ủy ban nhân dân tỉnh Lào Cai", place: "Lào Cai" },
    date: { year: 2024, month: 3 },
    subject: "Phân bổ chỉ tiêu giảm nghèo",
    body: [
      {
        heading: "Phân bổ",
        body: [
          { heading: "Chỉ tiêu", body: ["Chỉ tiêu của từng xã theo {{phuluc phan-bo}} kèm theo."] },
        ],
      },
    ],
    appendices: [
      {
        id: "phan-bo",
        title: "Phân bổ chỉ tiêu và kinh phí",
        body: [
          {
            table: {
              unit: "triệu đồng",
              columns: [
                { title: "TT", align: "center", width: 6, number: "A" },
                { title: "Huyện", width: 20, number: "B" },
                { title: "Xã", width: 18, number: "C" },
                { title: "Hộ nghèo", align: "right", width: 10, number: 1 },
                {
                  title: "Kinh phí",
                  columns: [
                    { title: "Trung ương", align: "decimal", width: 12, number: 2 },
                    { title: "Tỉnh", align: "decimal", width: 12, number: 3 },
                    { title: "Huyện", align: "right", width: 10, number: 4 },
                  ],
                },
                { title: "Ghi chú", width: 12, number: 5 },
              ],
              rows: districts,
            },
          },
        ],
      },
    ],
    recipients: ["Ủy ban nhân dân các huyện"],
    signature: { lines: ["CHỦ TỊCH"], name: "Nguyễn Văn A" },
  });
}

function communeRow(number: number): unknown[] {
  return [
    `Xã thứ ${number}`,
    (number * 37) % 211,
    ((number * 53) % 997) / 10,
    ((number * 91) % 1789) / 10,
    (number * 17) % 101,
    number % 5 === 0 ? "Xã khu vực III" : null,
  ];
}
