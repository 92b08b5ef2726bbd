import { expect, test } from "@jest/globals";
import { choicesOf, emptyOf, fits, type JsonSchema } from "../src/app/web/json-schema.js";
import { planJsonSchema } from "../src/plan/json-schema.js";
import { readPlanData } from "../src/plan/parse-plan.js";
import { fixtures } from "./support/product.js";

const root = planJsonSchema() as JsonSchema;

test("every field of the schema has a shape that the form can show, and a value to begin with", () => {
  const seen = new Set<string>();
  const lost: string[] = [];
  const visit = (schema: JsonSchema, path: string): void => {
    const key = JSON.stringify(schema);
    if (seen.has(key)) return;
    seen.add(key);
    const choices = choicesOf(schema, root);
    if (choices.length === 0) lost.push(path);
    for (const choice of choices) {
      if (!fits(emptyOf(choice, root), choice, root)) lost.push(`${path}: no first value`);
      for (const [name, inner] of Object.entries(choice.properties ?? {}))
        visit(inner, `${path}.${name}`);
      if (choice.items !== undefined) visit(choice.items, `${path}[]`);
      if (typeof choice.additionalProperties === "object")
        visit(choice.additionalProperties, `${path}.*`);
    }
  };
  visit(root, "");
  expect(seen.size).toBeGreaterThan(150);
  expect(lost).toEqual([]);
});

test.each(fixtures())(
  "$name: the form has a shape for every value of the plan",
  ({ text, file }) => {
    const read = readPlanData(text, file);
    const lost: string[] = [];
    const visit = (value: unknown, schema: JsonSchema, path: string): void => {
      if (value === null || value === undefined) return;
      const found = choicesOf(schema, root).find((choice) => fits(value, choice, root));
      if (found === undefined) lost.push(path);
      else if (Array.isArray(value))
        value.forEach((entry, index) => visit(entry, found.items ?? {}, `${path}[${index}]`));
      else if (typeof value === "object")
        for (const [name, entry] of Object.entries(value)) {
          const { properties, additionalProperties } = found;
          const inner =
            properties?.[name] ??
            (typeof additionalProperties === "object" ? additionalProperties : null);
          if (inner === null) lost.push(`${path}.${name}`);
          else visit(entry, inner, `${path}.${name}`);
        }
    };
    if (read.ok) visit(read.value.data, root, "");
    expect(lost).toEqual([]);
  },
);
