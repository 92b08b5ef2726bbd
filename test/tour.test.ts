import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { withoutSeal } from "../src/seals/seal-text.js";
import { expectGolden, expectNoStale } from "./support/golden.js";
import { makeText } from "./support/product.js";
import { inTemporaryFolder } from "./support/tools.js";

/** The tour for newcomers: small plans in the order in which one learns, beside what they print. */
const FOLDER = join("test", "tour");
const LESSONS = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".yaml"))
  .sort()
  .map((file) => basename(file, ".yaml"));

/** A lesson that also shows what one unit is given. */
const EXTRACT = { lesson: "08-allocation", unit: "Thôn Nà Hin", file: "08-allocation.thon-na-hin" };

test("lessons are numbered from 1 without a gap, and the README names each", () => {
  const numbers = LESSONS.map((lesson) => Number(lesson.slice(0, 2)));
  expect(numbers).toEqual(Array.from({ length: 10 }, (_, index) => index + 1));
  const readme = readFileSync(join(FOLDER, "README.md"), "utf8");
  const named = [...readme.matchAll(/\[\d+\]\(([\w-]+)\.yaml\)/gu)].map(([, lesson]) => lesson);
  expect(named).toEqual(LESSONS);
});

describe.each(LESSONS)("%s", (lesson) => {
  const text = readFileSync(join(FOLDER, `${lesson}.yaml`), "utf8");

  test("begins with what it teaches", () => {
    expect(text).toMatch(new RegExp(`^# Lesson ${Number(lesson.slice(0, 2))}: `, "u"));
  });

  test("prints what stands beside it", async () => {
    expectGolden(join(FOLDER, `${lesson}.txt`), await makeText(text, "text"));
  });
});

test(`${EXTRACT.lesson}: the extract of one village`, async () => {
  await inTemporaryFolder((folder) => {
    const plan = join(FOLDER, `${EXTRACT.lesson}.yaml`);
    const command = ["dist/cli/main.cjs", "build", plan, "--to", "text", "-o", folder];
    const { status } = spawnSync(process.execPath, [...command, "--unit", EXTRACT.unit]);
    expect(status).toBe(0);
    const file = `${EXTRACT.file}.txt`;
    expectGolden(join(FOLDER, file), withoutSeal(readFileSync(join(folder, file), "utf8")));
    return Promise.resolve();
  });
});

test("nothing else lies in the tour", () => {
  const known = LESSONS.flatMap((lesson) => [`${lesson}.yaml`, `${lesson}.txt`]);
  const stale = readdirSync(FOLDER).filter(
    (file) => ![...known, `${EXTRACT.file}.txt`, "README.md"].includes(file),
  );
  expectNoStale(stale.map((file) => join(FOLDER, file)));
});
