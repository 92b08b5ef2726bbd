/**
 * An object's own value of a name that people chose; undefined when it has none. What every object
 * inherits ("constructor", "toString") is not meant by such a name.
 */
export function ownValue<Value>(
  object: Readonly<Record<string, Value>>,
  name: string,
): Value | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
