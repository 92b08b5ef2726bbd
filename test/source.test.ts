import { describe, expect, test } from "@jest/globals";
import { unzipSync, zipSync, strFromU8, strToU8 } from "fflate";
import { readSource } from "../src/carried/read-carried.js";
import { fixtures, make, productWorld, smallPlan, generate } from "./support/product.js";

const world = productWorld();

async function built(
  text: string,
  format: "pdf" | "docx",
  options?: Parameters<typeof generate>[3],
): Promise<Uint8Array> {
  const made = await generate({ file: "plan.yaml", text, profile: null }, [format], world, options);
  if (!made.ok) throw new Error("not built");
  return made.value.files.get(format) ?? new Uint8Array();
}

describe.each(["pdf", "docx"] as const)("a %s carries its source", (format) => {
  test.each([
    ...fixtures().map(({ name, text }) => [name, text] as const),
    ["Windows line ends", smallPlan("- a").replaceAll("\n", "\r\n")] as const,
    ["signs of XML", smallPlan('- "a & b < c > d \\"e\\" ]]>"')] as const,
  ])("%s: it comes back letter for letter, and gives the same bytes again", async (_name, text) => {
    const bytes = await built(text, format);
    const read = await readSource(bytes, "x");
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    expect(read.value.plan).toBe(text);
    expect(Buffer.compare(await built(read.value.plan, format), bytes)).toBe(0);
  });

  test("the office's profile comes along", async () => {
    const made = await generate(
      { file: "p.yaml", text: smallPlan("- a"), profile: { bodySize: 13 } },
      [format],
      world,
    );
    if (!made.ok) throw new Error("not built");
    const read = await readSource(made.value.files.get(format) ?? new Uint8Array(), "x");
    expect(read).toMatchObject({
      ok: true,
      value: { profile: { bodySize: 13 }, standards: ["a-3a", "ua-1"] },
    });
  });

  test("it can be left out, and is then said to be missing", async () => {
    const bytes = await built(smallPlan("- a"), format, {
      pdfStandards: ["a-3a", "ua-1"],
      source: "left-out",
    });
    expect(await readSource(bytes, "x")).toMatchObject({
      ok: false,
      problems: [{ code: "no-source" }],
    });
  });
});

test("a PDF/A-2 carries no files", async () => {
  const bytes = await built(smallPlan("- a"), "pdf", {
    pdfStandards: ["a-2a", "ua-1"],
    source: "carried",
  });
  expect(await readSource(bytes, "x")).toMatchObject({
    ok: false,
    problems: [{ code: "no-source" }],
  });
});

test("an altered source is refused", async () => {
  const bytes = await built(smallPlan("- Giảm 30 hộ."), "docx");
  const parts = unzipSync(bytes);
  const item = strFromU8(parts["customXml/item1.xml"] ?? new Uint8Array());
  expect(item).toContain("Giảm 30 hộ");
  parts["customXml/item1.xml"] = strToU8(item.replace("Giảm 30 hộ", "Giảm 90 hộ"));
  expect(await readSource(zipSync(parts), "x")).toMatchObject({
    ok: false,
    problems: [{ code: "source-altered" }],
  });
});

test.each([
  ["nothing", new Uint8Array()],
  ["a cut PDF", new TextEncoder().encode("%PDF-1.7\n1 0 obj")],
  ["a cut zip", new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])],
])("%s is told to be no file of ours", async (_name, bytes) => {
  expect(await readSource(bytes, "x")).toMatchObject({
    ok: false,
    problems: [{ code: "file-broken" }],
  });
});

test("signature fields lie between office and name, on the signer's page", async () => {
  const made = await make(
    smallPlan("- a", "signature: { lines: [CHỦ TỊCH], name: Nguyễn Văn A }"),
    ["layout"],
  );
  if (!made.ok) throw new Error("not built");
  const rows = new TextDecoder()
    .decode(made.value.files.get("layout"))
    .split("\n")
    .map((row) => row.trim());
  const baseline = (text: string): number =>
    Number(rows.find((row) => row.includes(text))?.split(" ")[1]);
  const [x = 0, top = 0, width = 0, , height = 0] = (
    rows.find((row) => row.startsWith("field NguoiKy")) ?? ""
  )
    .split(" ")
    .slice(2)
    .map(Number);
  expect(top).toBeGreaterThan(baseline('"CHỦ TỊCH"'));
  expect(top + height).toBeLessThan(baseline('"Nguyễn Văn A"'));
  const [sealX = 0, , sealWidth = 0] = (rows.find((row) => row.startsWith("field CoQuan")) ?? "")
    .split(" ")
    .slice(2)
    .map(Number);
  // The seal covers the left third of the signature.
  expect(sealX + sealWidth).toBeCloseTo(x + width / 3, 1);
});
