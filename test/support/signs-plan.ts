/** Signs and raised figures that officials type, each of which some plan needs. */
export const SIGNS = (
  "☐ ☑ ☒ ✓ ✔ ✗ ✘ ● ○ ◆ ◇ ■ □ ▪ ▫ ⇒ → ⇔ ➔ ➢ ❖ ★ ☆ ☎ ☞ m² km² m³ CO₂ H₂O 10⁻³ 10⁵ 2ⁿ 37℃ " +
  "≤ ≥ ≠ ± × ÷ ∑ √ ∞ ° ‰ µ Ω α β ① ② ③ Ⅰ Ⅱ ½ ⅓"
).split(" ");

const WORDS = "rà soát hộ nghèo đánh dấu việc đã làm theo từng thôn báo cáo kết quả".split(" ");

/** A plan with signs in every place that takes text; the same each time. JSON is YAML too. */
export function signsPlan(): string {
  const text = (count: number, from: number, every: number): string =>
    Array.from({ length: count }, (_, index) => {
      const word = WORDS[(from * 3 + index * 5) % WORDS.length] ?? "";
      const sign = SIGNS[(from * 7 + index) % SIGNS.length] ?? "";
      return index % every === every - 1 ? `${sign} ${word}` : word;
    }).join(" ");
  const rows = Array.from({ length: 12 }, (_, index) => [
    text(6, index, 3),
    SIGNS[index] ?? "",
    index * 1234.5,
  ]);
  return JSON.stringify({
    kehoach: 1,
    issuer: { name: "Ủy ban nhân dân xã An Bình", place: "An Bình" },
    date: { day: 5, month: 3, year: 2026 },
    subject: "Rà soát các chỉ tiêu ☑ năm 2026",
    bases: [{ text: "Nghị quyết ⇒ số 5 ✓ về đất 12 km²" }],
    footnotes: { a: "Chú thích có ☐ và CO₂ ở đây" },
    body: [
      { heading: "Mục đích ✓ yêu cầu ☒", body: [`${text(30, 1, 4)} [^a].`] },
      ...Array.from({ length: 24 }, (_, index) => `${text(40, index, 2 + (index % 5))}.`),
      ...Array.from({ length: 6 }, (_, index) => ({ item: `**${text(20, index, 3)}**;` })),
      ...Array.from({ length: 6 }, (_, index) => ({ clause: `*${text(30, index, 4)}*.` })),
      {
        table: {
          title: "Kết quả ☑",
          columns: [
            { title: "Việc ☑" },
            { title: "Xong", align: "center" },
            { title: "Diện tích (m²)", align: "decimal" },
          ],
          rows,
        },
      },
    ],
    recipients: ["Như trên ☑"],
    signature: { lines: ["CHỦ TỊCH"], name: "Nguyễn Văn A" },
  });
}
