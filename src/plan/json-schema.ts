import { z } from "zod";
import type { PlanPath } from "../base/diagnostic.js";
import { Plan } from "./schema.js";

/** The plan format as JSON Schema draft-07, the draft editors with YAML support understand. */
export function planJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(Plan, { target: "draft-7", io: "input" }),
    $id: "https://kehoach.example/schema/1/plan.schema.json",
  };
}

interface SchemaNode {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
}

/**
 * The names allowed at a place of the plan, read off the JSON Schema: what an unknown name is
 * compared with.
 */
export function knownKeysAt(path: PlanPath, data: unknown): string[] {
  const root = planJsonSchema() as SchemaNode;
  const expand = (node: SchemaNode): SchemaNode[] => {
    if (node.$ref === "#") return [root];
    if (node.$ref) {
      const target = root.definitions?.[node.$ref.replace("#/definitions/", "")];
      return target ? expand(target) : [];
    }
    const inner = [...(node.anyOf ?? []), ...(node.allOf ?? [])];
    return inner.length > 0 ? inner.flatMap(expand) : [node];
  };
  let nodes = expand(root);
  let value: unknown = data;
  for (const step of path) {
    nodes = nodes.flatMap((node) => {
      const next =
        typeof step === "number"
          ? node.items
          : (node.properties?.[step] ??
            (typeof node.additionalProperties === "object"
              ? node.additionalProperties
              : undefined));
      return next ? expand(next) : [];
    });
    value =
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined;
    // Among the shapes a node may have, the one that shares most names with what stands there was
    // meant.
    const present =
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.keys(value)
        : [];
    const scored = nodes.map(
      (node) => present.filter((key) => node.properties && key in node.properties).length,
    );
    const best = Math.max(0, ...scored);
    if (best > 0) nodes = nodes.filter((_, index) => scored[index] === best).slice(0, 1);
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}
