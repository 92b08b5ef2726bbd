import { type Outcome, type PlanPath, both, fail, succeed } from "../base/diagnostic.js";
import { oncePer } from "../base/once.js";
import { figureNames, findFigure } from "../plan/figure.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";
import { type CitedForm, figurePiece, formatFigure } from "./format-figure.js";
import { unknownName } from "./unknown.js";

/** Names of all figures of a plan. */
export const namesOfFigures = oncePer((figures: EvaluatedPlan["figures"]) => figureNames(figures));

/** A figure by its name: "figures.ho-ngheo.giam", or a piece of it: "figures.giam.parts.xa-a". */
export function citeFigure(
  { figures }: EvaluatedPlan,
  name: string,
  form: CitedForm,
  path: PlanPath,
): Outcome<string> {
  const steps = name.split(".");
  const found = steps[0] === "figures" ? findFigure(figures, steps.slice(1)) : null;
  const text =
    found === null
      ? null
      : found.rest.length === 0
        ? formatFigure(found.figure, form)
        : figurePiece(found.figure, found.rest);
  if (text !== null) return succeed(text);
  const allowed = namesOfFigures(figures);
  const what = both("số liệu", "figure");
  return fail([unknownName({ code: "unknown-figure", name, allowed, what }, path)]);
}
