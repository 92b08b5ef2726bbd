/** A node of the plan's JSON Schema, as far as forms need it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly title?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly (string | number)[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
}

/** A schema without references around it; its title is the outermost that there is. */
export function resolved(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const title = schema.title;
  const inner =
    schema.$ref !== undefined
      ? (root.definitions?.[schema.$ref.replace("#/definitions/", "")] ?? root)
      : schema.allOf?.length === 1
        ? schema.allOf[0]
        : undefined;
  if (inner === undefined) return schema;
  const found = resolved(inner, root);
  return title === undefined ? found : { ...found, title };
}

/** The shapes that a value may have, without "nothing". */
export function choicesOf(schema: JsonSchema, root: JsonSchema): readonly JsonSchema[] {
  const { anyOf, ...rest } = resolved(schema, root);
  if (anyOf === undefined) {
    const kinds = typeof rest.type === "string" ? [rest.type] : (rest.type ?? []);
    if (kinds.length === 0) return [rest];
    return kinds.filter((kind) => kind !== "null").map((kind) => ({ ...rest, type: kind }));
  }
  return anyOf.flatMap((choice) => choicesOf(choice, root));
}

/** Whether a value has a shape: its kind, and of objects the names that it has. */
export function fits(value: unknown, schema: JsonSchema, root: JsonSchema): boolean {
  if (schema.const !== undefined) return value === schema.const;
  if (schema.enum !== undefined) return schema.enum.some((entry) => entry === value);
  switch (schema.type) {
    case "string":
      return typeof value === "string";
    case "number":
    case "integer":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value)
        ? fitsObject(value, schema, root)
        : false;
    default:
      return false;
  }
}

function fitsObject(
  value: object,
  { required = [], properties, additionalProperties }: JsonSchema,
  root: JsonSchema,
): boolean {
  if (!required.every((name) => Object.hasOwn(value, name))) return false;
  if (properties !== undefined)
    return Object.keys(value).every((name) => Object.hasOwn(properties, name));
  if (typeof additionalProperties !== "object") return true;
  const choices = choicesOf(additionalProperties, root);
  return Object.values(value).every(
    (entry) => entry === null || choices.some((choice) => fits(entry, choice, root)),
  );
}

/** A value of a shape to begin with. */
export function emptyOf(schema: JsonSchema, root: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  switch (schema.type) {
    case "number":
    case "integer":
      return schema.minimum ?? 0;
    case "boolean":
      return false;
    case "array":
      return [];
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name) => {
          const [first] = choicesOf(schema.properties?.[name] ?? {}, root);
          return [name, first === undefined ? null : emptyOf(first, root)];
        }),
      );
    default:
      return "";
  }
}
