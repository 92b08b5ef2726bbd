import { type Diagnostic, type PlanPath } from "../base/diagnostic.js";
import type { ReadSibling } from "../base/sibling.js";
import { openPicture } from "../pictures/open-picture.js";
import type { Picture } from "../pictures/picture.js";
import type { Plan } from "../plan/schema.js";
import { walkPlan } from "../plan/walk.js";

/** Pictures by the names that the plan gives them, and what is wrong with the others. */
export interface ReadPictures {
  readonly pictures: ReadonlyMap<string, Picture>;
  readonly problems: readonly Diagnostic[];
}

/** Read the pictures that a plan names, each once. Every fault stands where the plan names it. */
export function readPictures(plan: Plan, readSibling: ReadSibling): ReadPictures {
  const pictures = new Map<string, Picture>();
  const faults = new Map<string, readonly Diagnostic[]>();
  const problems: Diagnostic[] = [];
  const read = (file: string): void => {
    const bytes = readSibling(file);
    const opened = bytes.ok ? openPicture(bytes.value, file) : bytes;
    if (opened.ok) pictures.set(file, opened.value);
    else faults.set(file, opened.problems);
  };
  walkPlan(plan, {
    node: (node, path) => {
      if (node.kind !== "picture") return;
      const { picture: file } = node;
      if (!pictures.has(file) && !faults.has(file)) read(file);
      problems.push(...(faults.get(file) ?? []).map((fault) => placed(fault, path)));
    },
  });
  return { pictures, problems };
}

function placed(fault: Diagnostic, path: PlanPath): Diagnostic {
  return { ...fault, at: { in: "plan", path: [...path, "picture"] } };
}
