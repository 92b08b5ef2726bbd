import type { SourceText } from "../source-text.js";
import type { PlanDraft } from "./draft.js";
import { placeWords } from "./guesses.js";
import { writeYaml } from "./write-yaml.js";

/** Names before which a plan has a blank line, so that its parts are seen. */
const PARTS = [
  "issuer",
  "bases",
  "documents",
  "figures",
  "tables",
  "programme",
  "numbering",
  "body",
  "footnotes",
  "closing",
  "recipients",
  "signature",
  "appendices",
];

/**
 * A draft as YAML: where it came from, its guesses beside what was guessed, and at the end what
 * found no place.
 */
export function writeDraft(
  { data, comments, guesses, unplaced }: PlanDraft,
  { excluded }: SourceText,
  file: string,
): string {
  const head = [
    `# Nhập từ ${file.replace(/^.*[\\/]/u, "").replace(/\s+/gu, " ")} bằng kehoach import.`,
    ...(guesses.length > 0
      ? [`# ${guesses.length} chỗ phải đoán, ghi “# đoán” bên trên; xem lại rồi xóa dòng ấy.`]
      : []),
  ];
  const comment = (text: string): string => `#   ${text.replace(/\s+/gu, " ")}`;
  const left =
    unplaced.length === 0
      ? []
      : [
          "",
          "# Có trong nguồn, chưa có chỗ trong kế hoạch:",
          ...unplaced.map(({ text, at }) => comment(`[${placeWords(at).vi}] ${text}`)),
        ];
  const out = excluded.filter(({ why }) => why === "seal");
  const seals =
    out.length === 0
      ? []
      : [
          "",
          "# Chữ ký số trong nguồn:",
          ...out.map(({ text, at }) =>
            comment(`[${placeWords(at).vi}] ${text.split("\n").join(" | ")}`),
          ),
        ];
  const rest = [...left, ...seals].map((line) => `${line}\n`).join("");
  return `${head.join("\n")}\n${writeYaml(data, comments, PARTS)}${rest}`;
}
