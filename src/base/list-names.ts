/** Names shown of a long list, and letters of a long name. */
const MAX_SHOWN = 12;
const MAX_LETTERS = 40;

/** Names as a hint lists them: the first of many, long ones cut. */
export function listNames(names: readonly string[]): string {
  const shown = names
    .slice(0, MAX_SHOWN)
    .map((name) => (name.length > MAX_LETTERS ? `${name.slice(0, MAX_LETTERS)}…` : name));
  return shown.join(", ") + (names.length > MAX_SHOWN ? ", …" : "");
}
