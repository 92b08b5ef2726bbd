/**
 * Plain data, as YAML and JSON write it. Made here, believed only after the plan's own schema has
 * read it.
 */
export type Data = string | number | boolean | null | readonly Data[] | DataObject;
export interface DataObject {
  readonly [name: string]: Data | undefined;
}
