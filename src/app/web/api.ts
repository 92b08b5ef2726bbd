import type { Diagnostic } from "../../base/diagnostic.js";
import type { PastedBlock } from "../../roads/read-pasted.js";
import type { PlanState, PlanSummary, PlanVersion, SaveResult } from "../store/plan-store.js";

/** A plan as the server gives it. */
export interface OpenedPlan extends PlanSummary {
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly problems?: readonly Diagnostic[];
}

/** A plan whose text could be read. */
export type ReadablePlan = OpenedPlan & { readonly data: Readonly<Record<string, unknown>> };

/** Which plans a list shows. */
export interface PlanQuery {
  readonly q: string;
  /** Empty for all. */
  readonly year: string;
  readonly state: string;
  readonly trash: "without" | "only";
}

/** Something to begin a plan from. */
export type PlanOrigin =
  { readonly starter: string } | { readonly copyOf: string } | { readonly text: string };

export interface StarterChoice {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

/** What reading an uploaded file gave. */
export type UploadResult =
  | {
      readonly ok: true;
      readonly text: string;
      readonly account: { readonly guesses: readonly object[]; readonly unplaced: number } | null;
    }
  | { readonly ok: false; readonly problems: readonly Diagnostic[] };

/** Parts of a plan that something pasted holds. */
export interface PastedParts {
  readonly bases: readonly unknown[];
  readonly body: readonly unknown[];
}

async function ask(path: string, init?: RequestInit): Promise<Response> {
  return fetch(`/api/${path}`, { cache: "no-store", ...init });
}

async function readJson<T>(path: string): Promise<T> {
  const answer = await ask(path);
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as T;
}

function send(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** What came of a save; "errors" where the plan has some that stand in the way. */
export type Saved = SaveResult | { readonly kind: "errors" };

/** Errors: throws when the server answers anything else. */
async function savedOf(answer: Response): Promise<Saved> {
  if (answer.status === 422) return { kind: "errors" };
  if (![200, 404, 409, 423].includes(answer.status)) throw new Error(String(answer.status));
  return (await answer.json()) as SaveResult;
}

/** The server's requests, one function each. Errors: throws when it does not answer. */
export const api = {
  plans: (query: PlanQuery): Promise<readonly PlanSummary[]> =>
    readJson(`plans?${String(new URLSearchParams({ ...query }))}`),
  starters: (): Promise<readonly StarterChoice[]> => readJson("starters"),
  plan: (id: string): Promise<OpenedPlan> => readJson(`plans/${id}`),
  versions: (id: string): Promise<readonly PlanVersion[]> => readJson(`plans/${id}/versions`),
  schema: async (): Promise<unknown> => (await fetch("/assets/plan.schema.json")).json(),
  async create(origin: PlanOrigin): Promise<string | null> {
    const answer = await ask("plans", send("POST", origin));
    return answer.ok ? ((await answer.json()) as { readonly id: string }).id : null;
  },
  save: async (id: string, from: number, data: unknown): Promise<Saved> =>
    savedOf(await ask(`plans/${id}`, send("PUT", { from, data }))),
  /** Save while the page goes away: nobody waits for the answer. */
  saveLast(id: string, from: number, data: unknown): void {
    void ask(`plans/${id}`, { ...send("PUT", { from, data }), keepalive: true }).catch(() => null);
  },
  async setState(id: string, from: number, state: PlanState): Promise<Saved> {
    return savedOf(await ask(`plans/${id}/state`, send("POST", { from, state })));
  },
  async keepVersion(id: string, author: string, note: string): Promise<void> {
    await ask(`plans/${id}/versions`, send("POST", { author, note }));
  },
  restoreVersion: async (id: string, from: number, number: number): Promise<Saved> =>
    savedOf(await ask(`plans/${id}/versions/restore`, send("POST", { from, number }))),
  trash: (id: string): Promise<Response> => ask(`plans/${id}`, { method: "DELETE" }),
  restore: (id: string): Promise<Response> => ask(`plans/${id}/restore`, { method: "POST" }),
  async upload(file: File): Promise<UploadResult> {
    const answer = await ask(`uploads/${encodeURIComponent(file.name)}`, {
      method: "POST",
      body: file,
    });
    return (await answer.json()) as UploadResult;
  },
  /** What was copied elsewhere, as parts of a plan. */
  async paste(blocks: readonly PastedBlock[]): Promise<PastedParts> {
    const answer = await ask("paste", send("POST", blocks));
    if (!answer.ok) throw new Error(String(answer.status));
    return (await answer.json()) as PastedParts;
  },
  /** Legal bases that earlier plans cite. */
  bases: (words: string): Promise<readonly unknown[]> =>
    readJson(`bases?q=${encodeURIComponent(words)}`),
  /** A plan's file, or what keeps it from being made. */
  async file(
    id: string,
    kind: string,
  ): Promise<{ readonly name: string; readonly blob: Blob } | readonly Diagnostic[] | null> {
    const answer = await ask(`plans/${id}/files/${kind}`);
    if (answer.status === 404) return null;
    if (!answer.ok)
      return ((await answer.json()) as { readonly problems: readonly Diagnostic[] }).problems;
    const named = answer.headers.get("content-disposition") ?? "";
    return {
      name: /filename="([^"]+)"/u.exec(named)?.[1] ?? `ke-hoach.${kind}`,
      blob: await answer.blob(),
    };
  },
};
