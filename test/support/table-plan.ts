/**
 * How many rows of one project there are in the plan of tables: enough for its label to go on over
 * several pages.
 */
export const LONG_LABEL_ROWS = 90;

/** A plan whose one table has everything a table can have; the same each time. JSON is YAML too. */
export function tablePlan(): string {
  const words = (
    "hỗ trợ đầu tư phát triển hạ tầng kinh tế xã hội đa dạng hóa sinh kế nhân rộng mô " +
    "hình giảm nghèo bền vững"
  ).split(" ");
  const phrase = (count: number, from: number): string =>
    Array.from(
      { length: count },
      (_, index) => words[(from + index * 5) % words.length] ?? "",
    ).join(" ");
  const items = Array.from({ length: 14 }, (_, index) => [
    index + 1,
    phrase(9 + (index % 5), index),
    index * 10.5,
    null,
    index + 0.25,
  ]);
  const projects = Array.from({ length: 14 }, (_, index) => ({
    span: [index + 1, `Dự án ${phrase(3 + index, index)}`],
    rows: Array.from({ length: 1 + ((index * 5) % 13) }, (_row, at) => [
      at * 10 + 0.5 * (at % 2),
      phrase(1 + (at % 6), at + index),
      `${at}%`,
    ]),
  }));
  return JSON.stringify({
    kehoach: 1,
    issuer: { name: "Ủy ban nhân dân huyện Bảo Yên", place: "Bảo Yên" },
    date: { year: 2024, month: 3 },
    subject: "Phân bổ chỉ tiêu",
    body: [
      {
        heading: "Phân bổ",
        body: [
          {
            heading: "Kinh phí",
            body: [
              "Chi tiết theo bảng sau.",
              {
                table: {
                  title: "Phân bổ kinh phí",
                  unit: "triệu đồng",
                  note: "Số liệu làm tròn đến một chữ số.",
                  columns: [
                    { title: "TT", align: "center", width: 6, number: "A" },
                    { title: "Nội dung", width: 30, number: "B" },
                    {
                      title: "Kinh phí",
                      columns: [
                        { title: "Trung ương", align: "decimal", width: 15, number: 1 },
                        {
                          title: "Địa phương",
                          columns: [
                            { title: "Nội dung chi", width: 20, number: 2 },
                            { title: "Tỷ lệ", width: 10, align: "decimal", number: "3" },
                          ],
                        },
                      ],
                    },
                  ],
                  rows: [
                    { band: "A. Khu vực I" },
                    ...items,
                    { kind: "sub-total", cells: [null, "Cộng khu vực I", 1234.5, null, 12] },
                    { band: "B. Khu vực II" },
                    ...projects,
                    {
                      span: [
                        "x",
                        "Nhãn dài hơn các dòng của nó, nên dòng cuối phải cao thêm cho " +
                          "đủ chỗ, không chồng lên dòng sau",
                      ],
                      rows: [
                        [1, "a", 2],
                        [3, "b", 4],
                      ],
                    },
                    [15, `Một ô cao hơn một trang: ${phrase(500, 3)} hết.`, 5, null, 1],
                    {
                      span: [16, "Dự án đi qua nhiều trang"],
                      rows: Array.from({ length: LONG_LABEL_ROWS }, (_, index) => [
                        index + 1,
                        phrase(2, index),
                        index,
                      ]),
                    },
                    { kind: "total", cells: [null, "Tổng cộng", 99999.5, null, 12.75] },
                  ],
                },
              },
            ],
          },
        ],
      },
    ],
    appendices: [
      {
        id: "ngang",
        title: "Bảng rộng theo nội dung",
        landscape: true,
        body: [
          {
            table: {
              columns: [
                { title: "TT" },
                { title: "Tên xã", minWidth: 40, maxWidth: 60 },
                { title: "Nhiệm vụ" },
                { title: "Số hộ", align: "right" },
                { title: "Số tiền", align: "decimal" },
              ],
              rows: Array.from({ length: 40 }, (_, index) => [
                index + 1,
                `Xã ${phrase(2, index)}`,
                phrase(6 + (index % 20), index),
                index * 37,
                index * 1000.5,
              ]),
            },
          },
        ],
      },
    ],
    recipients: ["Sở Tài chính"],
    signature: { lines: ["CHỦ TỊCH"], name: "Nguyễn Văn A" },
  });
}
