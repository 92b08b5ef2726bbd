import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { HOME } from "../home.js";

/** A plan to begin from. */
export interface Starter {
  readonly id: string;
  readonly title: string;
  readonly about: string;
}

const FOLDER = join(HOME, "templates", "starters");

/** An empty plan: what the schema asks for, and nothing else. */
const EMPTY = `kehoach: 1
issuer:
  name: Ủy ban nhân dân xã …
  place: …
symbol: KH-UBND
number:
date: { year: 2026 }
subject: …
bases: []
body:
  - heading: MỤC ĐÍCH, YÊU CẦU
    body:
      - …
recipients: []
`;

/** The starters that the product brings. The first comment lines of each say what it is for. */
export function listStarters(): readonly Starter[] {
  return names().map((id) => {
    const lines = read(id)
      .split("\n")
      .filter((line) => line.startsWith("# "))
      .map((line) => line.slice(2).trim());
    return { id, title: lines[0] ?? id, about: lines[1] ?? "" };
  });
}

/** A starter's text; null when there is none of that name. */
export function starterText(id: string): string | null {
  if (id === "empty") return EMPTY;
  return names().includes(id) ? read(id) : null;
}

function names(): readonly string[] {
  try {
    return readdirSync(FOLDER)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => basename(file, ".yaml"))
      .sort();
  } catch {
    return [];
  }
}

function read(id: string): string {
  return readFileSync(join(FOLDER, `${id}.yaml`), "utf8");
}
