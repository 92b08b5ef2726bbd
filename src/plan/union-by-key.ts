import type { z } from "zod";

/** Stands for "the value is a list" where a key is asked for. */
export const LIST = Symbol("list");

/**
 * Choose among object shapes by the key that is present; lists and bare values by what they are.
 */
export interface Choice<T extends z.ZodType> {
  /** Key whose presence picks the option; LIST for lists; null for all other values. */
  readonly key: string | typeof LIST | null;
  readonly option: T;
}

/**
 * A union whose option is chosen before it is parsed. zod's own union tries every option in turn:
 * in a recursive outline that parses each body once an option, 4^depth times, and one typing
 * mistake comes back as ten. Here the key decides, and the mistakes reported are those of the one
 * option that was meant. The JSON Schema stays zod's.
 *
 * Give the union its title before: zod's `meta` makes a copy, which would forget the choice. A
 * value without any of the keys goes to the choice marked `fallback`, or is reported as
 * `unknown-kind` with the keys found.
 */
export function unionByKey<U extends z.ZodType>(
  union: U,
  choices: readonly Choice<z.ZodType>[],
  fallback: z.ZodType | null = null,
): U {
  const plain = choices.find(({ key }) => key === null)?.option ?? null;
  const list = choices.find(({ key }) => key === LIST)?.option ?? plain;
  const keyed = choices.some(({ key }) => typeof key === "string");
  const run: U["_zod"]["run"] = (payload, context) => {
    const { value } = payload;
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    const chosen = isObject
      ? (choices.find(({ key }) => typeof key === "string" && key in value)?.option ??
        fallback ??
        (keyed ? null : plain))
      : ((Array.isArray(value) ? list : plain) ?? fallback);
    if (chosen === null) {
      payload.issues.push({
        code: "custom",
        input: value,
        inst: union as never,
        continue: false,
        params: {
          rule: "unknown-kind",
          found: isObject ? Object.keys(value) : [],
          allowed: choices.flatMap(({ key }) => (typeof key === "string" ? [key] : [])),
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
