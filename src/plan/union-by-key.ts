import type { z } from "zod";

/** Stands for "the value is a list" where a key is asked for. */
export const LIST = Symbol("list");

/** Choose among object shapes by the key that is present; lists and bare values by what they are. */
export interface Choice {
  /** Key whose presence picks the option; LIST for lists; null for all other values. */
  readonly key: string | typeof LIST | null;
  readonly option: z.ZodType;
  /** What the parsed value becomes: the same with a word that says which option it is. */
  readonly tag?: (value: never) => unknown;
}

/** The parsed object with its kind. */
export function tagged(kind: string): (value: object) => object {
  return (value) => ({ kind, ...value });
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
export function unionByKey<T>(
  union: z.ZodType,
  choices: readonly Choice[],
  fallback: Omit<Choice, "key"> | null = null,
): z.ZodType<T> {
  const plain = choices.find(({ key }) => key === null) ?? null;
  const list = choices.find(({ key }) => key === LIST) ?? plain;
  const keyed = choices.some(({ key }) => typeof key === "string");
  const choose = (value: unknown): Omit<Choice, "key"> | null => {
    if (Array.isArray(value)) return list ?? fallback;
    if (typeof value !== "object" || value === null) return plain ?? fallback;
    const byKey = choices.find(({ key }) => typeof key === "string" && key in value);
    return byKey ?? fallback ?? (keyed ? null : plain);
  };
  const run: z.ZodType["_zod"]["run"] = (payload, context) => {
    const { value } = payload;
    const chosen = choose(value);
    if (chosen === null) {
      const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
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
    const parsed = chosen.option._zod.run(payload, context);
    if (parsed instanceof Promise) throw new Error("a plan is parsed in one go");
    // A value out of its bounds still has its shape, and is looked at by the checks around it.
    const shaped = parsed.issues.every((issue) => issue.continue === true);
    if (chosen.tag !== undefined && shaped) parsed.value = chosen.tag(parsed.value as never);
    return parsed;
  };
  union._zod.parse = run;
  union._zod.run = run;
  // zod picks up `run` from `parse` when the schema is first finished; either way it is ours now.
  return union as z.ZodType<T>;
}
