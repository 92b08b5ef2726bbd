import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Hono } from "hono";
import { z } from "zod";
import { withoutMarks } from "../../base/text.js";
import { type Knowledge, parseKnowledge } from "../../knowledge/knowledge.js";
import { readPlanData } from "../../plan/parse-plan.js";
import { isRecord } from "../../plan/raw-data.js";
import { readPasted } from "../../roads/read-pasted.js";
import { HOME } from "../home.js";
import type { PlanStore } from "../store/plan-store.js";
import { PLAN_FILE } from "./plan-routes.js";

const Span = z.int().min(1).max(1000);
const Paragraph = z.strictObject({
  kind: z.literal("paragraph"),
  text: z.string().max(100_000),
  label: z.string().max(40).nullable(),
  bold: z.boolean(),
  italic: z.boolean(),
  level: z.int().min(0).max(9),
});
const Table = z.strictObject({
  kind: z.literal("table"),
  rows: z
    .array(
      z
        .array(
          z.strictObject({
            text: z.string().max(20_000),
            columns: Span,
            rows: Span,
            bold: z.boolean(),
          }),
        )
        .max(100),
    )
    .max(3000),
});
const Pasted = z.array(z.union([Paragraph, Table])).max(5000);

/** Bases that a search gives. */
const MOST = 8;

/** Requests that turn what was copied elsewhere into parts of a plan, and find bases cited before. */
export function pasteRoutes(store: PlanStore): Hono {
  const routes = new Hono();
  const known = readKnowledge();
  routes.post("/paste", async (context) => {
    const asked = Pasted.safeParse(await context.req.json().catch(() => null));
    if (!asked.success) return context.text("400", 400);
    return context.json(readPasted(asked.data, known));
  });
  routes.get("/bases", async (context) => {
    const words = withoutMarks(context.req.query("q") ?? "")
      .split(/\s+/u)
      .filter(Boolean);
    const cited = await basesOf(store);
    const found = cited.filter(({ folded }) => words.every((word) => folded.includes(word)));
    return context.json(found.slice(0, MOST).map(({ basis }) => basis));
  });
  return routes;
}

function readKnowledge(): Knowledge {
  const file = join(HOME, "templates", "knowledge.yaml");
  const known = parseKnowledge(readFileSync(file, "utf8"), file);
  if (!known.ok) throw new Error("the product's own knowledge cannot be read");
  return known.value;
}

/** A basis that a plan cites, and what a search looks in. */
interface CitedBasis {
  readonly basis: unknown;
  readonly folded: string;
}

/** Bases that plans of this office cite, those of the newest plans first, each once. */
async function basesOf(store: PlanStore): Promise<readonly CitedBasis[]> {
  const plans = await store.list({ words: "", year: null, state: null, trash: "without" });
  const found = new Map<string, CitedBasis>();
  for (const { id } of plans.slice(0, 100)) {
    const plan = await store.read(id);
    const read = plan && readPlanData(plan.text, PLAN_FILE);
    const data = read?.ok ? read.value.data : null;
    const bases = isRecord(data) ? data["bases"] : null;
    for (const basis of Array.isArray(bases) ? (bases as unknown[]) : []) {
      const key = JSON.stringify(basis);
      const words = isRecord(basis)
        ? Object.values(basis).filter((part) => typeof part === "string")
        : [];
      if (!found.has(key)) found.set(key, { basis, folded: withoutMarks(words.join(" ")) });
    }
  }
  return [...found.values()];
}
