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

/**
 * Data that refuses to be asked for what it does not have. Handlebars' strict mode is silent in
 * `#if` and `#each`, and inside partials; a proxy is not. Absent values of the plan are null, so a
 * name that is missing is a template's mistake.
 */
export function strictView(value: unknown, path = "plan"): unknown {
  if (value === null || typeof value !== "object" || value instanceof Markup) return value;
  const cache = new Map<string | symbol, unknown>();
  return new Proxy(value, {
    get(target, name, receiver) {
      if (cache.has(name)) return cache.get(name);
      if (typeof name === "symbol" || name in target) {
        const own = Object.hasOwn(target, name);
        const inner: unknown = Reflect.get(target, name, own ? receiver : target);
        if (!own || typeof name === "symbol") return inner;
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
