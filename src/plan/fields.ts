import { z } from "zod";
import type { PlanPath } from "../base/diagnostic.js";

/** An optional field: absent and null are the same, and the parsed plan always has the key. */
export function maybe<T extends z.ZodType>(schema: T) {
  const optional = schema.nullable().default(null);
  const title = schema.meta()?.title;
  return title === undefined ? optional : optional.meta({ title });
}

/** Text that says something. */
export const Text = z.string().regex(/\S/u);

/** A name that other parts of the plan refer to. */
export const Id = z.string().regex(/^[a-z][a-z0-9_-]*$/u);

/** The values that fields parse to: inferred, also where the object around them is recursive. */
export type FieldsOf<Shape extends Readonly<Record<string, z.ZodType>>> = {
  readonly [Key in keyof Shape]: z.output<Shape[Key]>;
};

/** How people wrote a thing: its value alone ("- Một đoạn văn") or by its key ("- text: …"). */
export interface Written {
  readonly form: "bare" | "keyed";
}

/** Where the value of a thing stands, as people wrote it: at the place of the thing, or its key. */
export function valuePath({ form }: Written, path: PlanPath, key: string): PlanPath {
  return form === "bare" ? path : [...path, key];
}
