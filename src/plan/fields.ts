import { z } from "zod";

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
