import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { buildStyles } from "../document/styles.js";
import { DEFAULT_PROFILE } from "../plan/profile.js";
import { compileTemplate } from "../template/compile-template.js";
import { openFace } from "../typeface/face.js";
import { readMetrics } from "../typeface/read-metrics.js";
import { openSubsetter } from "../typeface/subset.js";
import { packFont, packWhole } from "../writers/docx/fonts.js";
import { type HeadingRoles, buildSkeleton, skeletonKey } from "../writers/docx/skeleton.js";
import { usualOutlines } from "../writers/pdf/fonts.js";
import { PREPARED, PREPARED_SIGNS, SIGNS, openDiskWorld } from "./disk-world.js";

/**
 * Run once when the product is built: compile its templates and make the font subsets of its files,
 * so that a start of the command need not. Everything here is also made on the spot where it is
 * missing.
 */
rmSync(PREPARED, { recursive: true, force: true });
mkdirSync(PREPARED, { recursive: true });
const world = openDiskWorld({ templates: null, fonts: null });
if (!world.ok) throw new Error(world.problems.map((problem) => problem.message.en).join("\n"));

const templates = [...world.value.templates].map(([name, template]) => {
  const compiled = compileTemplate(template, world.value.templates, "untracked");
  if (!compiled.ok)
    throw new Error(
      compiled.problems.map((problem) => `${template.file}: ${problem.message.en}`).join("\n"),
    );
  const text = JSON.stringify(template.text);
  return `${JSON.stringify(name)}:{text:${text},specification:${compiled.value}}`;
});

const subsetter = await openSubsetter(world.value.subsetter());
const fonts: string[] = [];
for (const font of Object.values(world.value.fonts)) {
  const face = await openFace(font);
  const metrics = readMetrics(font.bytes);
  if (face === null || metrics === null) throw new Error(`${font.file} cannot be read`);
  const { packed, ...facts } = packFont(face, subsetter, {
    ...world.value.deflate,
    raw: (bytes) => deflateRawSync(bytes, { level: 9 }),
  });
  writeFileSync(join(PREPARED, `${font.file}.packed`), packed);
  const { program, toUnicode, ...outlines } = usualOutlines(face, world.value.deflate);
  writeFileSync(join(PREPARED, `${font.file}.outlines`), program);
  writeFileSync(join(PREPARED, `${font.file}.unicode`), toUnicode);
  const prepared = { ...facts, metrics, outlines, sourceSize: font.bytes.length };
  fonts.push(`${JSON.stringify(font.file)}:${JSON.stringify(prepared)}`);
}
const signs = await openFace(world.value.signs());
if (signs === null) throw new Error(`${SIGNS} cannot be read`);
const { packed: packedSigns, ...packedFacts } = packWhole(signs, {
  ...world.value.deflate,
  raw: (bytes) => deflateRawSync(bytes, { level: 9 }),
});
writeFileSync(join(PREPARED, `${PREPARED_SIGNS}.packed`), packedSigns);
writeFileSync(
  join(PREPARED, `${PREPARED_SIGNS}.json`),
  JSON.stringify({ metrics: readMetrics(signs.bytes), packed: packedFacts }),
);
// The outlines that plans usually have: sections, clauses, points; with parts above them or
// without.
const OUTLINES: readonly HeadingRoles[] = (
  [
    ["section"],
    ["section", "clause-heading", "point-heading"],
    ["section", "clause-heading", "clause-heading", "point-heading"],
    ["section", "section"],
  ] as const
).map((roles) => Array.from({ length: 6 }, (_, index) => roles[index] ?? "clause-heading"));
const styles = buildStyles(DEFAULT_PROFILE);
const skeletons: string[] = [];
for (const roles of OUTLINES) {
  const { parts, ...rest } = await buildSkeleton(styles, roles);
  skeletons.push(JSON.stringify([skeletonKey(styles, roles), { ...rest, parts: [...parts] }]));
}
const precomputed = [
  `templates:{${templates.join(",")}}`,
  `fonts:{${fonts.join(",")}}`,
  `skeletons:[${skeletons.join(",")}]`,
];
writeFileSync(join(PREPARED, "prepared.cjs"), `module.exports={${precomputed.join(",")}};\n`);
