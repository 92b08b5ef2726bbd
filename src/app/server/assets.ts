import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { Hono } from "hono";
import { HOME } from "../home.js";
import { SIGNS } from "../disk-world.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".ttf": "font/ttf",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * The files of the page. They are listed once: a request names one of them or gets nothing, so that
 * no name becomes a path.
 */
export function assetRoutes(): Hono {
  const files = new Map<string, string>();
  const web = join(HOME, "dist", "web");
  for (const name of readdirSync(web)) files.set(name, join(web, name));
  for (const name of readdirSync(join(HOME, "fonts")))
    if (extname(name) === ".ttf") files.set(name, join(HOME, "fonts", name));
  files.set("KehoachSigns.ttf", join(HOME, "fonts", SIGNS));
  files.set("plan.schema.json", join(HOME, "plan.schema.json"));
  const routes = new Hono();
  routes.get("/:name", (context) => {
    const name = context.req.param("name");
    const path = files.get(name);
    if (path === undefined) return context.text("404", 404);
    return context.body(new Uint8Array(readFileSync(path)), 200, {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      "cache-control": "no-cache",
    });
  });
  return routes;
}

/** The page itself. */
export function indexPage(): string {
  return readFileSync(join(HOME, "dist", "web", "index.html"), "utf8");
}
