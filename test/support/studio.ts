import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";

/** A studio that runs in a process of its own. */
export interface Studio {
  /** Opens it, with its token. */
  readonly address: string;
  readonly origin: string;
  readonly process: ChildProcess;
  /** Ask it as the page does. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** End it as Ctrl+C does. */
  readonly stop: () => Promise<number | null>;
  /** End it as a power cut does. */
  readonly kill: () => Promise<void>;
}

const COMMAND = resolve("dist/cli/main.cjs");

/** Run `kehoach serve` over a data folder, on a port that is free. */
export async function startStudio(folder: string): Promise<Studio> {
  const process_ = spawn(process.execPath, [
    COMMAND,
    "serve",
    "--no-open",
    "--port",
    "0",
    "--data",
    folder,
  ]);
  const address = await addressOf(process_);
  const origin = new URL(address).origin;
  const opened = await fetch(address, { redirect: "manual" });
  const cookie = (opened.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const ended = new Promise<number | null>((done) => process_.once("exit", (code) => done(code)));
  return {
    address,
    origin,
    process: process_,
    ask: (path, init = {}) =>
      fetch(`${origin}${path}`, { ...init, headers: { cookie, ...init.headers } }),
    stop: () => {
      process_.kill("SIGTERM");
      return ended;
    },
    kill: async () => {
      process_.kill("SIGKILL");
      await ended;
    },
  };
}

function addressOf(process_: ChildProcess): Promise<string> {
  return new Promise((resolve_, reject) => {
    let said = "";
    process_.stderr?.on("data", (bytes: Buffer) => (said += bytes.toString()));
    process_.stdout?.on("data", (bytes: Buffer) => {
      said += bytes.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+\/\?t=\S+(?=\n)/u.exec(said);
      if (found) resolve_(found[0]);
    });
    process_.once("exit", () => reject(new Error(said)));
  });
}

/** A request with a body of JSON. */
export function json(method: string, body: unknown): RequestInit {
  return { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
