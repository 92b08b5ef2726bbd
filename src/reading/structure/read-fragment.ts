import type { Knowledge } from "../../knowledge/knowledge.js";
import { DEFAULT_NUMBERING } from "../../plan/markers.js";
import { rootScope } from "../../plan/numbering.js";
import type { SourceBlock } from "../source-text.js";
import { readPreamble } from "./bases.js";
import type { Data, DataObject } from "./data.js";
import { buildOutline } from "./outline.js";
import { preambleData } from "./preamble-data.js";
import { splitBlocks } from "./split-blocks.js";
import { commonNumbering, planNodes } from "./to-nodes.js";

/** A piece of a plan, as plan data. */
export interface Fragment {
  readonly bases: readonly Data[];
  readonly body: readonly Data[];
}

/**
 * Understand a piece of a document: legal bases, sections, clauses, bullets, tables. Every word
 * stays as it is: no figures are taken out, no citations followed. Where the piece begins in the
 * middle of a count, its place in the plan counts it anew.
 * Errors: none; what says nothing of itself is a paragraph.
 */
export function readFragment(blocks: readonly SourceBlock[], knowledge: Knowledge): Fragment {
  const flat = splitBlocks(blocks);
  const table = flat.findIndex(({ kind }) => kind === "table");
  const above = (table < 0 ? flat : flat.slice(0, table)).filter(
    (block) => block.kind === "paragraph",
  );
  const preamble = readPreamble(above, knowledge);
  // A piece without bases is no preamble, whatever its first sentence says.
  const taken = preamble.bases.length > 0 ? preamble.length : 0;
  const outline = buildOutline(flat.slice(taken), knowledge);
  const numbering = commonNumbering(outline);
  const nodes = planNodes(
    outline,
    rootScope(numbering.length > 0 ? numbering : DEFAULT_NUMBERING),
    {
      numbering,
      projects: new Map(),
      funding: new Map(),
      separator: ": ",
      substitutions: new Map(),
      doubt: () => undefined,
      dataTables: null,
      written: new Map(),
    },
  );
  const { bases = [] } = taken > 0 ? preambleData(preamble, new Map()) : {};
  return {
    bases: Array.isArray(bases) ? (bases as readonly Data[]) : [],
    body: nodes.map(uncounted),
  };
}

/** A node that takes the number of its place. */
function uncounted(node: Data): Data {
  if (typeof node !== "object" || node === null || Array.isArray(node)) return node;
  const { number: _number, marker: _marker, ...rest } = node as DataObject;
  return rest;
}
