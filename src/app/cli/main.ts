#!/usr/bin/env node
import { readFileSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { FORMATS, generate } from "../../generate.js";
import { openDiskWorld } from "../disk-world.js";
const args = process.argv.slice(3);
const world = openDiskWorld({ templates: null, fonts: null });
if (!world.ok) throw new Error(JSON.stringify(world.problems));
mkdirSync("out", { recursive: true });
for (const file of args.filter((a) => a.endsWith(".yaml"))) {
  const t = performance.now();
  const made = await generate({ file, text: readFileSync(file, "utf8"), profile: null }, FORMATS, world.value);
  if (!made.ok) { console.log(made.problems); continue; }
  for (const [format, bytes] of made.value.files) writeFileSync(join("out", basename(file, ".yaml") + "." + format), bytes);
  console.log(file, made.value.pages, (performance.now() - t).toFixed(0));
}
