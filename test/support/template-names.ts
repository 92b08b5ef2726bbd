import { readFileSync } from "node:fs";

/** A name that templates may use: read off the types of the view. */
interface ViewName {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

interface ViewInterface {
  readonly name: string;
  readonly comment: string;
  readonly names: readonly ViewName[];
}

/** The manual of template names, in Markdown: every name of `view-types.ts` with its comment. */
export function templateNames(): string {
  const source = readFileSync("src/template/view-types.ts", "utf8");
  const version = /VIEW_VERSION = (\d+)/u.exec(source)?.[1] ?? "";
  const sections = interfacesOf(source).map(
    ({ name, comment, names }) =>
      `## ${name}\n\n${comment}\n\n| tên | loại | là gì |\n|---|---|---|\n` +
      names.map((one) => `| \`${one.name}\` | ${one.type} | ${one.comment} |`).join("\n"),
  );
  return `${HEAD.replace("VERSION", version)}\n${sections.join("\n\n")}\n`;
}

const HEAD = `# Mẫu Handlebars: những tên mẫu được dùng

Tệp này do máy viết ra từ \`src/template/view-types.ts\` (\`npm run golden\`); đừng sửa tay.
Phiên bản của bộ tên: VERSION. Phiên bản tăng khi một tên mất đi hoặc đổi nghĩa.

Cơ quan thay từng mẫu bằng \`--templates DIR\`. Tên nào kế hoạch không nói đến thì là \`null\`, chuỗi
rỗng hoặc danh sách rỗng; tên không có trong bảng là lỗi, có chỉ chỗ. Mẫu viết ra các thẻ
\`document\`, \`section\`, \`columns\`, \`row\`, \`cell\`, \`table\`, \`head\`, \`picture\`, \`rule\`, \`p\`, \`node\`,
\`title\`, \`text\`, \`b\`, \`i\`, \`u\`, \`br\`, \`ref\`, \`note\`, \`footnote\`; thẻ khác là lỗi. Hàm giúp: \`(is a b)\`.
\`at="{{path}}"\` nói chữ ấy ở chỗ nào của kế hoạch, để lỗi chỉ đúng chỗ.
`;

function interfacesOf(source: string): readonly ViewInterface[] {
  const pattern =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/gu;
  return [...source.matchAll(pattern)].map(([, comment = "", name = "", body = ""]) => ({
    name,
    comment: plain(comment),
    names: namesOf(body),
  }));
}

function namesOf(body: string): readonly ViewName[] {
  const pattern = /(?:\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*)?readonly (\w+): ([^;]+);/gu;
  return [...body.matchAll(pattern)].map(([, comment = "", name = "", type = ""]) => ({
    name,
    type: type
      .replace(/readonly /gu, "")
      .replace(/\s+/gu, " ")
      .replace(/\|/gu, "hoặc"),
    comment: plain(comment),
  }));
}

function plain(comment: string): string {
  return comment
    .replace(/^\s*\* ?/gmu, "")
    .replace(/\s+/gu, " ")
    .trim();
}
