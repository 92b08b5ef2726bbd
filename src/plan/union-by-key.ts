import { z } from "zod";
import { isRecord } from "./raw-data.js";

/** Stands for "the value is a list" where a key is asked for. */
export const LIST = Symbol("list");

/** Stands for a bare value: neither a list nor an object. */
export const BARE = Symbol("bare");

/** Stands for whatever no other choice takes. */
export const OTHERWISE = Symbol("otherwise");

type Key = string | typeof LIST | typeof BARE | typeof OTHERWISE;

/** One shape of a union, and what tells it from the others. */
export interface Choice<Output> {
  /** Key whose presence picks the option, or one of the words above. */
  readonly key: Key;
  readonly option: z.ZodType;
  /** What the parsed value becomes; null leaves it as the option gives it. */
  readonly tag: ((value: never) => Output) | null;
}

/** A choice whose value stays as it is, or becomes one that says which option it is. */
export function choice<Option extends z.ZodType>(
  key: Key,
  option: Option,
): Choice<z.output<Option>>;
export function choice<Option extends z.ZodType, Output>(
  key: Key,
  option: Option,
  tag: (value: z.output<Option>) => Output,
): Choice<Output>;
export function choice(
  key: Key,
  option: z.ZodType,
  tag: ((value: never) => unknown) | null = null,
): Choice<unknown> {
  return { key, option, tag };
}

/** The parsed object with its kind. */
export function tagged<const Kind extends string>(kind: Kind) {
  return <Value extends object>(value: Value): Value & { readonly kind: Kind } => ({
    kind,
    ...value,
  });
}

type OutputOf<Choices extends readonly Choice<unknown>[]> =
  Choices[number] extends Choice<infer Output> ? Output : never;

/**
 * A union whose option is chosen before it is parsed. zod's own union tries every option in turn:
 * in a recursive outline that parses each body once an option, 4^depth times, and one typing
 * mistake comes back as ten. Here the key decides, and the mistakes reported are those of the one
 * option that was meant. The JSON Schema stays zod's.
 *
 * What was chosen is not forgotten: a choice's `tag` makes a tagged value, so that no later stage
 * tells shapes apart by their keys.
 *
 * Give the union its title before: zod's `meta` makes a copy, which would forget the choice. A
 * value that no choice takes is reported as `unknown-kind` with the keys found.
 */
export function unionByKey<
  Union extends z.ZodType,
  const Choices extends readonly Choice<unknown>[],
>(union: Union, choices: Choices): z.ZodType<OutputOf<Choices>, z.input<Union>> {
  const choose = chooser(choices);
  const run: z.ZodType["_zod"]["run"] = (payload, context) => {
    const chosen = choose(payload.value);
    if (chosen === null) {
      payload.issues.push(unknownKind(payload.value, choices, union));
      return payload;
    }
    const parsed = chosen.option._zod.run(payload, context);
    if (parsed instanceof Promise) throw new Error("a plan is parsed in one go");
    // A value out of its bounds still has its shape, and is looked at by the checks around it.
    const shaped = parsed.issues.every((issue) => issue.continue === true);
    if (chosen.tag !== null && shaped) parsed.value = chosen.tag(parsed.value as never);
    return parsed;
  };
  union._zod.parse = run;
  union._zod.run = run;
  // zod picks up `run` from `parse` when the schema is first finished; either way it is ours now.
  return union as unknown as z.ZodType<OutputOf<Choices>, z.input<Union>>;
}

/** Picks the choice that a value is meant to be; null when there is none. */
function chooser(choices: readonly Choice<unknown>[]): (value: unknown) => Choice<unknown> | null {
  const keyed = choices.filter(({ key }) => typeof key === "string");
  const otherwise = choices.find(({ key }) => key === OTHERWISE) ?? null;
  const bare = choices.find(({ key }) => key === BARE) ?? null;
  const list = choices.find(({ key }) => key === LIST) ?? bare;
  const keyless = otherwise ?? (keyed.length > 0 ? null : bare);
  return (value) => {
    if (!isRecord(value)) return (Array.isArray(value) ? list : bare) ?? otherwise;
    return keyed.find(({ key }) => typeof key === "string" && key in value) ?? keyless;
  };
}

function unknownKind(
  value: unknown,
  choices: readonly Choice<unknown>[],
  union: z.ZodType,
): z.core.$ZodRawIssue {
  return {
    code: "custom",
    input: value,
    inst: union as never,
    continue: false,
    params: {
      rule: "unknown-kind",
      found: isRecord(value) ? Object.keys(value) : [],
      allowed: choices.flatMap(({ key }) => (typeof key === "string" ? [key] : [])),
    },
  };
}
