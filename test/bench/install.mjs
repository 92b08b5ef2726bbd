import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Install the peers into this folder's own node_modules, unless the exact versions of package.json
 * are there.
 */
export function installPeers(folder) {
  const wanted = Object.entries(readJson(join(folder, "package.json")).dependencies);
  if (wanted.every(([name, version]) => installedVersion(folder, name) === version)) return;
  const { status } = spawnSync("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("the benchmark's peers could not be installed");
}

/** "docxtemplater 3.71.0, …": what we are measured against. */
export function peerVersions(folder) {
  return Object.entries(readJson(join(folder, "package.json")).dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(", ");
}

function installedVersion(folder, name) {
  try {
    return readJson(join(folder, "node_modules", name, "package.json")).version;
  } catch {
    return null;
  }
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
