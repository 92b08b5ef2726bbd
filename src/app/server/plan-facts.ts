import { isRecord } from "../../plan/raw-data.js";
import { subjectLines } from "../../plan/subject.js";
import type { PlanFacts } from "../store/plan-store.js";

/**
 * What the list of plans shows of a plan. Its data may be half-written: what is not there, or is
 * something else, is left out.
 */
export function planFacts(data: unknown): PlanFacts {
  const plan = recordOf(data);
  const issuer = recordOf(plan["issuer"]);
  const date = plan["date"];
  const number = plan["number"];
  const symbol = textOf(plan["symbol"]) || "KH-UBND";
  return {
    title: [textOf(plan["type"]) || "Kế hoạch", subjectOf(plan["subject"])].join(" ").trim(),
    agency: textOf(issuer["name"]),
    year: yearOf(date),
    number:
      typeof number === "number" || (typeof number === "string" && number !== "")
        ? `${number}/${symbol}`
        : null,
  };
}

function subjectOf(subject: unknown): string {
  const written =
    typeof subject === "string"
      ? subject
      : Array.isArray(subject) && subject.every((line) => typeof line === "string")
        ? subject
        : "";
  return subjectLines(written)
    .map(({ text }) => text)
    .join(" ");
}

function yearOf(date: unknown): number | null {
  const year = typeof date === "string" ? Number(date.slice(0, 4)) : recordOf(date)["year"];
  return typeof year === "number" && Number.isInteger(year) ? year : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim() : "";
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
