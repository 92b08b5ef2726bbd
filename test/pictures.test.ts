import { expect, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildPlan } from "../src/roads/build.js";
import { openCarried } from "../src/roads/carried.js";
import { DEFAULT_OPTIONS } from "../src/roads/write-files.js";
import { openPicture } from "../src/pictures/open-picture.js";
import { judgesReady, validateOffice, veraPdf } from "./judges/judges.js";
import { yaml } from "./support/dedent.js";
import { compareLines, readLines } from "./support/pdf-lines.js";
import { line, make, makeWith, productWorld, smallPlan } from "./support/product.js";
import { convertWithLibreOffice, hasProgram, inTemporaryFolder, output } from "./support/tools.js";

const FOLDER = "fixtures/pictures";
const FIXTURE = join(FOLDER, "co-anh.yaml");
const text = readFileSync(FIXTURE, "utf8");
const picture = (name: string): Uint8Array => readFileSync(join(FOLDER, name));

async function built(format: "docx" | "pdf" | "text" | "layout"): Promise<Uint8Array> {
  const made = await make(text, [format], FIXTURE);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  return made.value.files.get(format) ?? new Uint8Array();
}
const decoded = async (format: "text" | "layout"): Promise<string> =>
  new TextDecoder().decode(await built(format));

/** Findings of a plan with one picture of these bytes, one a line. */
async function faults(node: string, bytes: Uint8Array | null): Promise<string[]> {
  const files = bytes === null ? {} : { "anh.png": bytes };
  const made = await makeWith(smallPlan(node), files, ["pdf"]);
  return made.problems.map(line);
}

test("captions are counted in the order of print; a picture without one is not", async () => {
  const lines = (await decoded("text")).split("\n");
  expect(lines.filter((one) => one.startsWith("Hình "))).toEqual([
    "Hình 1. Bản đồ vùng nguy cơ sạt lở, tỷ lệ 1:10.000",
    "Hình 2. Sơ đồ chỉ huy",
    "Hình 3. Mẫu báo cáo nhanh",
  ]);
  expect(lines).toContain("[Màu cờ hiệu của bốn tổ]");
});

test("a picture has the width that is asked for, else its own at 96 pixels an inch", async () => {
  const layout = await decoded("layout");
  // 120 mm, and 300 pixels: 225 pt.
  expect(layout).toMatch(/picture ban-do\.png \S+ \S+ 340\.1\d x 226\.\d\d/u);
  expect(layout).toMatch(/picture so-do\.png \S+ \S+ 225\.00 x 150\.00/u);
});

test("both files keep to their standards, and LibreOffice breaks the same lines", async () => {
  const programs = hasProgram("soffice") && hasProgram("pdftotext") && judgesReady();
  if (process.env["CI"] === "true") expect(programs).toBe(true);
  if (!programs) return;
  await inTemporaryFolder(async (folder) => {
    const [word, pdf] = [join(folder, "a.docx"), join(folder, "ours.pdf")];
    writeFileSync(word, await built("docx"));
    writeFileSync(pdf, await built("pdf"));
    expect([...(await veraPdf([pdf], "3a")).values()]).toEqual([[]]);
    expect([...(await veraPdf([pdf], "ua1")).values()]).toEqual([[]]);
    expect([...(await validateOffice([word])).values()]).toEqual([[]]);
    await convertWithLibreOffice([word], folder);
    const theirs = join(folder, "a.pdf");
    const parity = compareLines(await readLines(pdf), await readLines(theirs));
    expect(parity.equal).toBe(parity.lines);
    expect(parity.samePage).toBe(parity.lines);
    const images = await output("pdfimages", ["-list", pdf]);
    expect(images.match(/^ *\d+ +\d+ image /gmu)).toHaveLength(5);
  });
});

test.each(["pdf", "docx"] as const)(
  "the .%s carries the pictures, to be built again",
  async (kind) => {
    const made = await built(kind);
    const carried = await openCarried(made, `a.${kind}`);
    if (!carried.ok) throw new Error(carried.problems.map(line).join("\n"));
    expect(carried.value.given.files.map(({ name }) => name)).toEqual([
      "ban-do.png",
      "so-do.png",
      "bang-mau.png",
      "trang.jpg",
      "den-trang.png",
    ]);
    const request = { formats: [kind], assignee: null, options: DEFAULT_OPTIONS };
    const again = await buildPlan(carried.value, request, productWorld());
    if (!again.ok) throw new Error(again.problems.map(line).join("\n"));
    expect(Buffer.compare(again.value.files.get(kind) ?? new Uint8Array(), made)).toBe(0);
  },
);

test.each([
  ["- { picture: anh.png, alt: Bản đồ }", null, "file-unreadable"],
  ["- { picture: anh.png, alt: Bản đồ }", new Uint8Array([1, 2, 3]), "picture-kind"],
  ["- { picture: anh.png, alt: Bản đồ }", picture("ban-do.png").slice(0, 900), "picture-broken"],
  ["- { picture: anh.png, alt: Bản đồ }", picture("trang.jpg").slice(0, 900), "picture-broken"],
  ["- { picture: anh.png, alt: Bản đồ, width: 300 }", picture("ban-do.png"), "picture-too-large"],
  ["- { picture: anh.png }", picture("ban-do.png"), "missing"],
])("%s is refused at its place (%#)", async (node, bytes, code) => {
  const found = await faults(node, bytes);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(new RegExp(`^plan\\.yaml:\\d+:\\d+ ${code} `, "u"));
});

test("a JPEG that only its EXIF record turns upright, and one in CMYK, are refused", () => {
  const jpeg = picture("trang.jpg");
  const codes = (bytes: Uint8Array): string[] =>
    openPicture(bytes, "a.jpg").problems.map(({ code }) => code);
  expect(codes(jpeg)).toEqual([]);
  expect(codes(withSegment(jpeg, exifTurned()))).toEqual(["picture-turned"]);
  const frame = jpeg.findIndex((byte, at) => byte === 0xff && (jpeg[at + 1] ?? 0) === 0xc0);
  expect(codes(jpeg.map((byte, at) => (at === frame + 9 ? 4 : byte)))).toEqual(["picture-colour"]);
});

function withSegment(jpeg: Uint8Array, segment: readonly number[]): Uint8Array {
  return new Uint8Array([...jpeg.slice(0, 2), ...segment, ...jpeg.slice(2)]);
}

/** An EXIF segment that says: turn a quarter to the right. */
function exifTurned(): number[] {
  const tiff = [0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0];
  const body = [...Buffer.from("Exif\0\0", "latin1"), ...tiff, 0, 0, 0, 0];
  return [0xff, 0xe1, 0, body.length + 2, ...body];
}

test("two pictures of one file stand in the Word file once", async () => {
  const plan = smallPlan(yaml`
    - { picture: anh.png, alt: Một }
    - { picture: anh.png, alt: Hai, width: 30 }
  `);
  const made = await makeWith(plan, { "anh.png": picture("ban-do.png") }, ["docx"]);
  if (!made.ok) throw new Error(made.problems.map(line).join("\n"));
  const docx = new TextDecoder("latin1").decode(made.value.files.get("docx"));
  expect(docx.split("word/media/image1.png").length - 1).toBe(2); // local header and directory
  expect(docx.includes("word/media/image2")).toBe(false);
});
