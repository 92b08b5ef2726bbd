import type { Diagnostic, LocalizedText, PlanPath, Severity } from "../base/diagnostic.js";
import type { Code } from "../base/codes.js";
import type { EvaluatedPlan } from "../tables/evaluate-plan.js";

/** What a rule looks at: a plan whose numbers are known. Pages are not laid out for it. */
export interface CheckContext {
  readonly plan: EvaluatedPlan;
}

/** One fault, at its place in the plan. */
export interface Fault {
  readonly path: PlanPath;
  /** What was found. */
  readonly message: LocalizedText;
  /** What to do. */
  readonly hint: LocalizedText;
}

/** Why a rule is there: a clause of the law, or what an office wants and why. */
export type Because = { readonly clause: string } | { readonly reason: string };

/**
 * One rule over plan data. One file a rule; `RULES` in `index.ts` lists them.
 */
export interface Rule {
  readonly code: Code;
  readonly severity: Severity;
  readonly because: Because;
  /**
   * A plan without the fault, and one with it, as YAML without its head (`kehoach`, `issuer`,
   * `date`, `subject` are added where they are missing). They are the rule's tests: the good one is
   * silent; the bad one gives this code at each line that ends in `# ←` and at no other.
   */
  readonly good: string;
  readonly bad: string;
  check(context: CheckContext): readonly Fault[];
}

/** The findings of one rule: they carry the rule and why it is there. */
export function runRule(rule: Rule, context: CheckContext): readonly Diagnostic[] {
  const { code, severity, because } = rule;
  return rule.check(context).map(({ path, message, hint }) => ({
    code,
    severity,
    at: { in: "plan", path },
    message,
    hint,
    because,
  }));
}
