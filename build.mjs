// Bundles the command into a few files, so that it starts fast; the library stays as the compiler wrote it.
import { build } from "esbuild";
import { chmodSync, rmSync } from "node:fs";

rmSync("dist/cli", { recursive: true, force: true });
await build({
  entryPoints: ["dist/src/app/cli/main.js"],
  outdir: "dist/cli",
  bundle: true,
  splitting: true,
  minify: true,
  platform: "node",
  format: "esm",
  target: "node20",
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  legalComments: "linked",
  logLevel: "warning",
});
chmodSync("dist/cli/main.js", 0o755);
