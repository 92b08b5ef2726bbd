/**
 * An entry that must be there. Errors: throws when it is not; that is our own bug, and an honest
 * `?? 0` in its place would hide it.
 */
export function at<T>(list: readonly T[], index: number): T {
  const entry = list[index];
  if (entry === undefined) throw new Error(`no entry ${index} in a list of ${list.length}`);
  return entry;
}
