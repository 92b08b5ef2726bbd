import type { z } from "zod";

/** Choose among object shapes by the key that is present; strings, numbers and lists are chosen by their own kind. */
export interface Choice<T extends z.ZodType> {
  /** Key whose presence picks the option; null: the option for values that are not objects. */
  readonly key: string | null;
  readonly option: T;
}

/**
 * A union whose option is chosen before it is parsed. zod's own union tries every option in turn: in a recursive outline
 * that parses each body once an option, 4^depth times, and one typing mistake comes back as ten. Here the key decides, and the
 * mistakes reported are those of the one option that was meant. The JSON Schema stays zod's.
 *
 * A value without any of the keys goes to the choice marked `fallback`, or is reported as `unknown-kind` with the keys found.
 */
export function unionByKey<U extends z.ZodType>(union: U, choices: readonly Choice<z.ZodType>[], fallback: z.ZodType | null = null): U {
  const plain = choices.find(({ key }) => key === null)?.option ?? null;
  const run: U["_zod"]["run"] = (payload, context) => {
    const { value } = payload;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const chosen = isObject
      ? (choices.find(({ key }) => key !== null && key in value)?.option ?? fallback)
      : (plain ?? fallback);
    if (chosen === null) {
      payload.issues.push({
        code: "custom", input: value, inst: union as never, continue: false,
        params: {
          rule: "unknown-kind",
          found: isObject ? Object.keys(value) : [],
          allowed: choices.flatMap(({ key }) => (key === null ? [] : [key])),
        },
      });
      return payload;
    }
    return chosen._zod.run(payload as never, context) as ReturnType<U["_zod"]["run"]>;
  };
  union._zod.parse = run;
  union._zod.run = run;
  // zod picks up `run` from `parse` when the schema is first finished; either way it is ours now.
  return union;
}
