import { Markup } from "../resolve/markup.js";

/**
 * Thrown inside Handlebars when a template names what the data does not have; caught by the
 * template run, never by people.
 */
export class MissingName extends Error {
  constructor(
    readonly missing: string,
    /** Data path of the thing that lacks the name. */
    readonly owner: string,
    readonly known: readonly string[],
  ) {
    super(`"${missing}" is not in ${owner}`);
  }
}

/** Thrown when a template prints what is no text: a part of the data with names of its own. */
export class PrintedObject extends Error {
  constructor(
    readonly printed: string,
    readonly known: readonly string[],
  ) {
    super(`${printed} is no text`);
  }
}

/**
 * Data that refuses to be asked for what it does not have. Handlebars' strict mode is silent in
 * `#if` and `#each`, and inside partials; a proxy is not. Absent values of the plan are null, so a
 * name that is missing is a template's mistake.
 */
export function strictView(value: unknown, path = "plan"): unknown {
  if (value === null || typeof value !== "object" || value instanceof Markup) return value;
  const cache = new Map<string | symbol, unknown>();
  return new Proxy(value, {
    // A name that is missing is told of by `get`.
    has: () => true,
    get(target, name) {
      if (cache.has(name)) return cache.get(name);
      if (name === Symbol.toPrimitive)
        return () => {
          throw new PrintedObject(path, Object.keys(target));
        };
      if (typeof name === "symbol") return Reflect.get(target, name);
      if (Object.hasOwn(target, name)) {
        const inner: unknown = Reflect.get(target, name);
        const wrapped = strictView(
          inner,
          Array.isArray(target) ? `${path}[${name}]` : `${path}.${name}`,
        );
        cache.set(name, wrapped);
        return wrapped;
      }
      // What Handlebars itself asks of every value, to learn whether it prints itself.
      if (name === "toHTML" || name === "then" || name === "toJSON") return undefined;
      throw new MissingName(name, path, Array.isArray(target) ? [] : Object.keys(target));
    },
  });
}
