import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { setCookie } from "hono/cookie";
import type { World } from "../../roads/world.js";
import type { PlanStore } from "../store/plan-store.js";
import { assetRoutes, indexPage } from "./assets.js";
import { fileRoutes } from "./file-routes.js";
import { askToken, cookieName, guardRequests, sameText } from "./guard-requests.js";
import { pasteRoutes } from "./paste-routes.js";
import { planRoutes } from "./plan-routes.js";
import { listStarters } from "./starter-texts.js";
import { readUpload } from "./upload.js";

/** What the studio's server works with. */
export interface StudioParts {
  readonly store: PlanStore;
  readonly world: World;
  /** Known only to this start and to who was given its address. */
  readonly token: string;
  readonly port: () => number;
  /** Told of faults of ours: where, and what kind; never what a plan says. */
  readonly log: (line: string) => void;
}

/** Largest request: a plan's data, or a file that was dropped on the page. */
const MAX_BODY = 30_000_000;

/** The studio's server as one function from requests to answers. */
export function studioApp({ store, world, token, port, log }: StudioParts): Hono {
  const app = new Hono();
  app.onError((error, context) => {
    log(`${context.req.method} ${context.req.routePath}: ${error.name}`);
    return context.json({ problems: [] }, 500);
  });
  app.use(guardRequests(port));
  app.use(bodyLimit({ maxSize: MAX_BODY, onError: (context) => context.text("413", 413) }));
  app.get("/", (context) => {
    const given = context.req.query("t");
    if (given === undefined) return context.html(indexPage());
    if (sameText(given, token))
      setCookie(context, cookieName(port()), token, {
        httpOnly: true,
        sameSite: "Strict",
        path: "/",
      });
    return context.redirect("/");
  });
  app.get("/favicon.ico", (context) => context.body(null, 204));
  app.route("/assets", assetRoutes());
  app.use("/api/*", askToken(token, port));
  app.get("/api/starters", (context) => context.json(listStarters()));
  app.post("/api/uploads/:name", async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const read = await readUpload({ name: context.req.param("name").slice(0, 200), bytes });
    return read.ok ? context.json(read) : context.json(read, 422);
  });
  app.route("/api", pasteRoutes(store));
  app.route("/api/plans", planRoutes(store, world));
  app.route("/api/plans", fileRoutes(store, world));
  return app;
}
