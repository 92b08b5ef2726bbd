/**
 * What is made of an object, made once for each object: objects do not change, so neither does what
 * is made of them.
 */
export function oncePer<Key extends object, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const made = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    let kept = made.get(key);
    if (kept === undefined) made.set(key, (kept = { value: make(key) }));
    return kept.value;
  };
}
