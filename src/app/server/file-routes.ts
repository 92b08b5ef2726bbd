import { zipSync } from "fflate";
import { Hono } from "hono";
import { slugOf } from "../../base/text.js";
import { buildPlan } from "../../roads/build.js";
import type { World } from "../../roads/world.js";
import { DEFAULT_OPTIONS, type Format, SUFFIX } from "../../roads/write-files.js";
import type { PlanStore, StoredPlan } from "../store/plan-store.js";
import { PLAN_FILE } from "./plan-routes.js";

const TYPES: Readonly<Record<string, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  yaml: "application/yaml; charset=utf-8",
  zip: "application/zip",
};

const FORMATS: Readonly<Record<string, readonly Format[]>> = {
  docx: ["docx"],
  pdf: ["pdf"],
  xlsx: ["xlsx"],
  zip: ["docx", "pdf", "xlsx"],
};

/** A zip has a day for each file: always the first that it can say, so that bytes do not change. */
const ZIP_DAY = new Date(1980, 0, 1);

/** Requests for a plan's files: the same bytes as the command writes of the same text. */
export function fileRoutes(store: PlanStore, world: World): Hono {
  const routes = new Hono();
  routes.get("/:id/files/:kind", async (context) => {
    const { id, kind } = context.req.param();
    const plan = await store.read(id);
    const type = TYPES[kind];
    if (plan === null || type === undefined) return context.text("404", 404);
    const made = await makeFile(plan, kind, world);
    if (!made.ok) return context.json({ problems: made.problems }, 422);
    if (made.value === null) return context.text("404", 404);
    const name = `${stemOf(plan)}.${kind}`;
    return context.body(new Uint8Array(made.value), 200, {
      "content-type": type,
      "content-disposition": `attachment; filename="${name}"`,
      "cache-control": "no-store",
    });
  });
  return routes;
}

/** The file asked for; null when the plan has none: no tables, no workbook. */
async function makeFile(
  plan: StoredPlan,
  kind: string,
  world: World,
): Promise<
  | { readonly ok: true; readonly value: Uint8Array | null }
  | { readonly ok: false; readonly problems: readonly unknown[] }
> {
  const text = new TextEncoder().encode(plan.text);
  const formats = FORMATS[kind];
  if (formats === undefined) return { ok: true, value: text };
  const built = await buildPlan(
    { file: PLAN_FILE, text: plan.text, profile: null },
    { formats, assignee: null, options: DEFAULT_OPTIONS },
    world,
  );
  if (!built.ok) return built;
  const { files } = built.value;
  if (kind !== "zip") return { ok: true, value: files.get(formats[0] ?? "pdf") ?? null };
  const stem = stemOf(plan);
  const inside = [...files].map(([format, bytes]) => [stem + SUFFIX[format], bytes] as const);
  const all = Object.fromEntries([...inside, [`${stem}.yaml`, text] as const]);
  return { ok: true, value: zipSync(all, { mtime: ZIP_DAY }) };
}

/** A file's name without its ending: plain letters, not too many. */
function stemOf({ title, number }: StoredPlan): string {
  return (
    slugOf(`${number ?? ""} ${title}`)
      .slice(0, 80)
      .replace(/-+$/u, "") || "ke-hoach"
  );
}
