import type { Plan } from "./schema.js";
import { walkPlan } from "./walk.js";

/** The files that a plan names: spreadsheets, files of column names, pictures. As it names them. */
export function citedFiles(plan: Plan): ReadonlySet<string> {
  const cited = new Set<string>();
  for (const { rows } of Object.values(plan.tables)) {
    if (rows.kind !== "file") continue;
    cited.add(rows.file);
    if (rows.map !== null) cited.add(rows.map);
  }
  walkPlan(plan, {
    node: (node) => {
      if (node.kind === "picture") cited.add(node.picture);
    },
  });
  return cited;
}
