import { Hono } from "hono";
import { z } from "zod";
import { readPlanData } from "../../plan/parse-plan.js";
import { rewriteYaml } from "../../plan/rewrite-yaml.js";
import { checkPlan } from "../../roads/check.js";
import type { World } from "../../roads/world.js";
import {
  PLAN_STATES,
  type PlanStore,
  type SaveResult,
  type StoredPlan,
} from "../store/plan-store.js";
import { planFacts } from "./plan-facts.js";
import { starterText } from "./starter-texts.js";

const Revision = z.int().min(1);
const NewPlan = z.union([
  z.strictObject({ starter: z.string().max(100) }),
  z.strictObject({ copyOf: z.string().max(100) }),
  z.strictObject({ text: z.string() }),
]);
const Save = z.strictObject({ from: Revision, data: z.record(z.string(), z.unknown()) });
const StateChange = z.strictObject({ from: Revision, state: z.enum(PLAN_STATES) });
const Keep = z.strictObject({ author: z.string().max(200), note: z.string().max(2000) });
const Restore = z.strictObject({ from: Revision, number: Revision });

const STATUS = { saved: 200, conflict: 409, frozen: 423, missing: 404 } as const;

/** Name under which findings show a plan of the studio. */
export const PLAN_FILE = "ke-hoach.yaml";

/** Requests about plans: the list, one plan, its saves, states and versions. */
export function planRoutes(store: PlanStore, world: World): Hono {
  const routes = new Hono();
  const answer = (result: SaveResult): Response =>
    Response.json(result, { status: STATUS[result.kind] });
  routes.get("/", async (context) => {
    const { q = "", year, state, trash } = context.req.query();
    const found = await store.list({
      words: q.slice(0, 200),
      year: year === undefined || year === "" ? null : Number(year),
      state: PLAN_STATES.find((known) => known === state) ?? null,
      trash: trash === "only" ? "only" : "without",
    });
    return context.json(found);
  });
  routes.post("/", async (context) => {
    const asked = NewPlan.safeParse(await jsonOf(context.req.raw));
    if (!asked.success) return context.text("400", 400);
    const text = await newText(asked.data, store);
    if (text === null) return context.text("404", 404);
    const read = readPlanData(text, PLAN_FILE);
    if (!read.ok) return context.json({ problems: read.problems }, 422);
    const plan = await store.create(text, planFacts(read.value.data));
    return context.json({ id: plan.id }, 201);
  });
  routes.get("/:id", async (context) => {
    const plan = await store.read(context.req.param("id"));
    return plan === null ? context.text("404", 404) : context.json(shown(plan));
  });
  routes.put("/:id", async (context) => {
    const asked = Save.safeParse(await jsonOf(context.req.raw));
    const plan = await store.read(context.req.param("id"));
    if (!asked.success) return context.text("400", 400);
    if (plan === null) return context.text("404", 404);
    const { from, data } = asked.data;
    const { text } = rewriteYaml(plan.text, data);
    // What could not be opened again is not kept: the plan as it was would be gone.
    const read = readPlanData(text, PLAN_FILE);
    if (!read.ok) return context.json({ problems: read.problems }, 422);
    return answer(await store.save(plan.id, from, text, planFacts(data)));
  });
  routes.delete("/:id", async (context) => {
    await store.trash(context.req.param("id"));
    return context.body(null, 204);
  });
  routes.post("/:id/restore", async (context) => {
    await store.restoreFromTrash(context.req.param("id"));
    return context.body(null, 204);
  });
  stateRoute(routes, store, world, answer);
  versionRoutes(routes, store, answer);
  return routes;
}

function stateRoute(
  routes: Hono,
  store: PlanStore,
  world: World,
  answer: (result: SaveResult) => Response,
): void {
  routes.post("/:id/state", async (context) => {
    const asked = StateChange.safeParse(await jsonOf(context.req.raw));
    if (!asked.success) return context.text("400", 400);
    const { from, state } = asked.data;
    const plan = await store.read(context.req.param("id"));
    if (plan === null) return context.text("404", 404);
    // Only a plan without errors goes on; back to the draft it may always go.
    const checked =
      state === "draft"
        ? null
        : await checkPlan({ file: PLAN_FILE, text: plan.text, profile: null }, world);
    if (checked !== null && !checked.ok) return context.json({ problems: checked.problems }, 422);
    return answer(await store.setState(plan.id, from, state));
  });
}

function versionRoutes(
  routes: Hono,
  store: PlanStore,
  answer: (result: SaveResult) => Response,
): void {
  routes.get("/:id/versions", async (context) =>
    context.json(await store.versions(context.req.param("id"))),
  );
  routes.post("/:id/versions", async (context) => {
    const asked = Keep.safeParse(await jsonOf(context.req.raw));
    if (!asked.success) return context.text("400", 400);
    const { author, note } = asked.data;
    const kept = await store.keepVersion(context.req.param("id"), author, note);
    return kept === null ? context.text("404", 404) : context.json(kept, 201);
  });
  routes.get("/:id/versions/:number", async (context) => {
    const { id, number } = context.req.param();
    const text = await store.readVersion(id, Number(number));
    if (text === null) return context.text("404", 404);
    const read = readPlanData(text, PLAN_FILE);
    return read.ok
      ? context.json({ data: read.value.data })
      : context.json({ problems: read.problems }, 422);
  });
  routes.post("/:id/versions/restore", async (context) => {
    const asked = Restore.safeParse(await jsonOf(context.req.raw));
    if (!asked.success) return context.text("400", 400);
    const id = context.req.param("id");
    const text = await store.readVersion(id, asked.data.number);
    if (text === null) return context.text("404", 404);
    const read = readPlanData(text, PLAN_FILE);
    const facts = planFacts(read.ok ? read.value.data : null);
    return answer(await store.save(id, asked.data.from, text, facts));
  });
}

/** A plan as the page gets it: its data, and what is wrong when there is none. */
function shown({ text, ...summary }: StoredPlan): object {
  const read = readPlanData(text, PLAN_FILE);
  return read.ok
    ? { ...summary, data: read.value.data }
    : { ...summary, data: null, problems: read.problems };
}

async function newText(asked: z.infer<typeof NewPlan>, store: PlanStore): Promise<string | null> {
  if ("text" in asked) return asked.text;
  if ("starter" in asked) return starterText(asked.starter);
  return (await store.read(asked.copyOf))?.text ?? null;
}

/** The body of a request; null when it is no JSON. */
async function jsonOf(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    return null;
  }
}
