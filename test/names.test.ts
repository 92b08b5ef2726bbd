import { expect, test } from "@jest/globals";
import { readFileSync, writeFileSync } from "node:fs";
import { GLOSSARY } from "../src/plan/glossary.js";
import { planJsonSchema } from "../src/plan/json-schema.js";
import { templateNames } from "./support/template-names.js";

test("templates/README.md lists the names that templates may use", () => {
  const written = templateNames();
  if (process.env["KEHOACH_GOLDEN"] === "write") writeFileSync("templates/README.md", written);
  expect(readFileSync("templates/README.md", "utf8")).toBe(written);
  for (const name of ["plan", "recipients", "shares", "picture"])
    if (name !== "plan") expect(written).toContain(`| \`${name}\` |`);
});

/** Every key of plan data, anywhere in the schema. */
function schemaKeys(): ReadonlySet<string> {
  const keys = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, entry] of Object.entries(value)) {
      if (name === "properties" && typeof entry === "object" && entry !== null)
        for (const key of Object.keys(entry)) keys.add(key);
      visit(entry);
    }
  };
  visit(planJsonSchema());
  return keys;
}

test("every key of plan data is a word of the glossary, and every word is one", () => {
  const keys = schemaKeys();
  expect([...keys].filter((key) => !Object.hasOwn(GLOSSARY, key))).toEqual([]);
  expect(Object.keys(GLOSSARY).filter((word) => !keys.has(word))).toEqual([]);
});
