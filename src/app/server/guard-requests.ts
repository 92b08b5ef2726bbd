import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import { getCookie } from "hono/cookie";

/**
 * Name of the cookie that holds the token of this start. Cookies do not know ports: two studios on
 * one computer have one each.
 */
export function cookieName(port: number): string {
  return `kehoach-${port}`;
}

/** What a page of the studio may load, and from where: nothing from anywhere else, nothing inline. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** What the studio calls itself: another start knows it by that. */
export const SERVER = "kehoach";

const HEADERS: Readonly<Record<string, string>> = {
  "content-security-policy": CONTENT_POLICY,
  server: SERVER,
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/**
 * Every request must name this server as its host, since a page of another site may point a name of
 * its own at this computer; a request that another page makes says so, and is refused.
 */
export function guardRequests(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const hosts = [`127.0.0.1:${port()}`, `localhost:${port()}`];
    const { req } = context;
    const origin = req.header("origin");
    const site = req.header("sec-fetch-site");
    const foreign =
      !hosts.includes(req.header("host") ?? "") ||
      (origin !== undefined && !hosts.some((host) => origin === `http://${host}`)) ||
      site === "cross-site" ||
      site === "same-site";
    // The address that the command prints may be opened from anywhere.
    const opening = req.method === "GET" && req.path === "/" && origin === undefined;
    if (foreign && !(opening && hosts.includes(req.header("host") ?? "")))
      return context.text("403", 403);
    await next();
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    return undefined;
  };
}

/** Only who has the token of this start reads and writes plans. */
export function askToken(token: string, port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const given = getCookie(context, cookieName(port())) ?? "";
    if (!sameText(given, token)) return context.text("401", 401);
    return next();
  };
}

/** Whether two texts are the same, in a time that does not say where they differ. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
