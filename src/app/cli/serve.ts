import { spawn } from "node:child_process";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Language, Outcome } from "../../base/diagnostic.js";
import { type RunningStudio, serveStudio } from "../server/serve-studio.js";
import { printReport } from "./report.js";
import { EXIT, type ExitCode, type Streams } from "./streams.js";
import { WORDS } from "./words.js";

/** What `kehoach serve` was asked for. */
export interface ServeOptions {
  /** Null for the usual one, or any other when that is taken. */
  readonly port: number | null;
  readonly folder: string | null;
  readonly samples: string | null;
  readonly browser: "opened" | "left";
  readonly lang: Language;
}

const USUAL_PORT = 4170;

/** Run the studio until it is interrupted. */
export async function runStudio(
  { port, folder, samples, browser, lang }: ServeOptions,
  streams: Streams,
): Promise<ExitCode> {
  const data = folder ?? userFolder();
  const studio = await start(port, data, samples);
  if (!studio.ok) {
    streams.err(printReport(studio.problems, "text", lang, () => null));
    return EXIT.errors;
  }
  const { address, close } = studio.value;
  streams.out(`${WORDS[lang].studioAt(address, data)}\n`);
  if (browser === "opened") openBrowser(address);
  await interrupted();
  await close();
  return EXIT.done;
}

async function start(
  port: number | null,
  folder: string,
  samples: string | null,
): Promise<Outcome<RunningStudio>> {
  const first = await serveStudio({ port: port ?? USUAL_PORT, folder, samples });
  const taken = !first.ok && first.problems.some(({ code }) => code === "port-taken");
  return port === null && taken ? serveStudio({ port: 0, folder, samples }) : first;
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => resolve());
  });
}

/** Where programs of this user keep their data. */
function userFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case "win32":
      return join(process.env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "kehoach");
    case "darwin":
      return join(home, "Library", "Application Support", "kehoach");
    default:
      return join(process.env["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "kehoach");
  }
}

/** Show an address in the user's browser; who has none opens it by hand. */
function openBrowser(address: string): void {
  const [program, ...args] =
    process.platform === "win32"
      ? ["rundll32", "url.dll,FileProtocolHandler", address]
      : process.platform === "darwin"
        ? ["open", address]
        : ["xdg-open", address];
  const child = spawn(program ?? "xdg-open", args, { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
