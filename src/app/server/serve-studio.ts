import { randomBytes } from "node:crypto";
import { appendFileSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { serve } from "@hono/node-server";
import type { Server } from "node:http";
import { type Outcome, both, fail, fileError, succeed } from "../../base/diagnostic.js";
import { readPlanData } from "../../plan/parse-plan.js";
import { openDiskWorld } from "../disk-world.js";
import type { PlanStore } from "../store/plan-store.js";
import { openSqliteStore } from "../store/sqlite-store.js";
import { leaveFolder, takeFolder, tellAddress } from "./folder-lock.js";
import { planFacts } from "./plan-facts.js";
import { studioApp } from "./studio-app.js";

/** What `kehoach serve` was asked for. */
export interface StudioRequest {
  /** 0 for any that is free. */
  readonly port: number;
  readonly folder: string;
  /** Plans that an empty studio begins with: a folder of YAML files; null for none. */
  readonly samples: string | null;
}

/** A studio that answers. */
export interface RunningStudio {
  /** Opens the studio, with the token of this start. */
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Only this computer is listened to. */
const HOST = "127.0.0.1";

/**
 * Start the studio's server.
 * Errors: a port or data folder that another run has, a folder that cannot be written.
 */
export async function serveStudio({
  port,
  folder,
  samples,
}: StudioRequest): Promise<Outcome<RunningStudio>> {
  const world = openDiskWorld({ templates: null, fonts: null });
  if (!world.ok) return world;
  const token = randomBytes(24).toString("base64url");
  const address = (at: number): string => `http://${HOST}:${at}/`;
  const taken = await take(folder);
  if (!taken.ok) return taken;
  const store = await openSqliteStore(folder);
  if (!store.ok) {
    leaveFolder(folder);
    return store;
  }
  if (samples !== null) await addSamples(store.value, samples);
  let bound = port;
  const app = studioApp({
    store: store.value,
    world: world.value,
    token,
    port: () => bound,
    log: (line) => appendFileSync(join(folder, "studio.log"), `${line}\n`),
  });
  const server = serve({ fetch: app.fetch, port, hostname: HOST }) as Server;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    await store.value.close();
    leaveFolder(folder);
  };
  const started = await listening(server, port);
  if (!started.ok) {
    await store.value.close();
    leaveFolder(folder);
    return started;
  }
  bound = started.value;
  tellAddress(folder, address(bound));
  return succeed({ address: `${address(bound)}?t=${token}`, close });
}

/** Put the plans of a folder into a studio that has none. */
async function addSamples(store: PlanStore, folder: string): Promise<void> {
  const all = { words: "", year: null, state: null };
  for (const trash of ["without", "only"] as const)
    if ((await store.list({ ...all, trash })).length > 0) return;
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".yaml"))) {
    const text = readFileSync(join(folder, name), "utf8");
    const read = readPlanData(text, name);
    if (read.ok) await store.create(text, planFacts(read.value.data));
  }
}

async function take(folder: string): Promise<Outcome<null>> {
  try {
    const other = await takeFolder(folder);
    if (other === null) return succeed(null);
    return fail([
      fileError(
        "data-folder-taken",
        { file: folder },
        both(
          `thư mục dữ liệu đang được một lần chạy khác dùng (${other.address ?? other.process})`,
          `another run has the data folder (${other.address ?? other.process})`,
        ),
        both(
          "dùng cửa sổ đang mở, hoặc đóng nó trước; hoặc chọn thư mục khác: --data DIR",
          "use the window that is open, or close it first; or choose another folder: --data DIR",
        ),
      ),
    ]);
  } catch {
    return fail([
      fileError(
        "data-folder",
        { file: folder },
        both("không ghi được vào thư mục dữ liệu", "the data folder cannot be written"),
        both("chọn thư mục khác: --data DIR", "choose another folder: --data DIR"),
      ),
    ]);
  }
}

/** The port that the server listens at. */
function listening(server: Server, asked: number): Promise<Outcome<number>> {
  return new Promise((resolve) => {
    const found = (): void => {
      const address = server.address();
      resolve(succeed(typeof address === "object" && address !== null ? address.port : asked));
    };
    server.once("error", () =>
      resolve(
        fail([
          fileError(
            "port-taken",
            { file: `${HOST}:${asked}` },
            both(`cổng ${asked} đang có chương trình khác dùng`, `port ${asked} is taken`),
            both(
              "chọn cổng khác: --port 0 lấy cổng trống",
              "choose another: --port 0 takes a free one",
            ),
          ),
        ]),
      ),
    );
    if (server.listening) found();
    else server.once("listening", found);
  });
}
