// Bundles the command into one script and keeps its compiled form beside it, so that it starts
// fast; the library stays as the compiler wrote it.
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

/** Parts of libraries that the command never runs: left out of the bundle. */
const leftOut = {
  name: "left-out",
  setup(bundle) {
    // pdf.js is an ES module, which require() of every Node.js cannot load: it lies beside the
    // command as a script of its own, loaded when a PDF is read.
    bundle.onResolve({ filter: /^unpdf\/pdfjs$/ }, () => ({ path: "./pdfjs.cjs", external: true }));
    // The studio's server is a script of its own: other commands need not start with it.
    bundle.onResolve({ filter: /^\.\/serve\.js$/ }, () => ({
      path: "./serve.cjs",
      external: true,
    }));
    // Only what is used of pdf-lib: its modules have no effects of their own, which it does not
    // say.
    bundle.onResolve({ filter: /^pdf-lib$|^\.{1,2}\// }, async ({ path, ...rest }) => {
      if (
        rest.pluginData === "resolved" ||
        !(path === "pdf-lib" || /node_modules\/pdf-lib\/es/.test(rest.importer))
      )
        return undefined;
      return {
        ...(await bundle.resolve(path, {
          importer: rest.importer,
          kind: rest.kind,
          resolveDir: rest.resolveDir,
          pluginData: "resolved",
        })),
        sideEffects: false,
      };
    });
    // Messages of zod in fifty languages; ours are our own.
    bundle.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: 'export { default as en } from "./en.js";',
    }));
    // Tables for shaping Indic and other scripts, unpacked at every start; no text is shaped here.
    bundle.onLoad({ filter: /unicode-trie\/index\.js$/ }, () => ({
      contents: "module.exports = class { get() { return 0; } };",
    }));
    // Web fonts (WOFF2): only TrueType files are read.
    bundle.onLoad({ filter: /brotli\/(decompress|dec\/decode)\.js$/ }, () => ({
      contents: "module.exports = () => { throw new Error('WOFF2 is not read'); };",
    }));
  },
};

rmSync("dist/cli", { recursive: true, force: true });
rmSync("dist/web", { recursive: true, force: true });
await build({
  stdin: {
    contents: 'export { OPS, PDFWorker, getDocument } from "unpdf/pdfjs";',
    resolveDir: ".",
  },
  outfile: "dist/cli/pdfjs.cjs",
  bundle: true,
  minify: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  define: { "import.meta.url": "__moduleUrl" },
  banner: {
    js: '/*! pdf.js, Copyright Mozilla Foundation, Apache License 2.0; packaged by unpdf, MIT License */\nconst __moduleUrl = require("node:url").pathToFileURL(__filename).href;',
  },
  logLevel: "warning",
});
const command = {
  bundle: true,
  // Loaded only for a plan that reads or writes spreadsheets; a driver with a binary of its own.
  external: ["@e965/xlsx", "libsql"],
  supported: { "dynamic-import": false },
  minify: true,
  platform: "node",
  mainFields: ["module", "main"],
  format: "cjs",
  target: "node20",
  define: { "import.meta.url": "__moduleUrl" },
  banner: { js: 'const __moduleUrl = require("node:url").pathToFileURL(__filename).href;' },
  metafile: Boolean(process.env.KEHOACH_META),
  legalComments: "linked",
  logLevel: "warning",
  plugins: [leftOut],
};
const built = await build({
  ...command,
  entryPoints: ["dist/src/app/cli/main.js"],
  outfile: "dist/cli/command.cjs",
});
await build({
  ...command,
  entryPoints: {
    serve: "dist/src/app/cli/serve.js",
    "read-upload": "dist/src/app/server/read-upload.js",
  },
  outdir: "dist/cli",
  outExtension: { ".js": ".cjs" },
});
await buildPages();

/** The studio's page, and the thread beside it that lays plans out. */
async function buildPages() {
  const prepared = createRequire(import.meta.url)("./dist/prepared/prepared.cjs");
  const faces = Object.entries(prepared.fonts).map(([name, { metrics }]) => [name, metrics]);
  const known = {
    name: "prepared",
    setup(bundle) {
      bundle.onResolve({ filter: /^kehoach:prepared$/ }, () => ({
        path: "prepared",
        namespace: "kehoach",
      }));
      // Of what was made ahead, templates are code: they are taken from the file as it was written.
      bundle.onLoad({ filter: /.*/, namespace: "kehoach" }, () => ({
        contents: `
          import made from "./dist/prepared/prepared.cjs";
          import made_signs from "./dist/prepared/signs.json";
          export const templates = made.templates;
          export const faces = ${JSON.stringify(Object.fromEntries(faces))};
          export const signs = made_signs.metrics;`,
        resolveDir: ".",
      }));
      // Fonts and Word files made ahead are no part of the page.
      bundle.onLoad({ filter: /prepared\.cjs$/ }, () => ({
        contents: `module.exports={templates:{${templateCode()}}};`,
      }));
      // Fonts are measured ahead, templates compiled; spreadsheets are read by the server.
      const unused = /read-metrics\.js$|compile-template\.js$|^@e965\/xlsx$|^csv-parse/;
      bundle.onResolve({ filter: unused }, () => ({
        path: "nothing",
        namespace: "left-out",
      }));
      bundle.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({
        contents: "module.exports = {};",
      }));
    },
  };
  mkdirSync("dist/web", { recursive: true });
  await build({
    entryPoints: {
      studio: "src/app/web/main.tsx",
      preview: "src/app/preview/worker.ts",
    },
    outdir: "dist/web",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    conditions: ["production"],
    legalComments: "linked",
    logLevel: "error",
    plugins: [known, leftOut],
  });
  for (const name of ["index.html", "studio.css"])
    copyFileSync(`src/app/web/${name}`, `dist/web/${name}`);
}

/** The compiled templates, as the file of prepared things has them. */
function templateCode() {
  const text = readFileSync("dist/prepared/prepared.cjs", "utf8");
  const [start, end] = [text.indexOf("templates:{"), text.indexOf("},fonts:{")];
  return text.slice(start + "templates:{".length, end);
}

writeFileSync(
  "dist/cli/main.cjs",
  `#!/usr/bin/env node
"use strict";
// Runs command.cjs, with the compiled form of it that was kept when the product was built. Another
// Node.js compiles it anew.
const { readFileSync, writeFileSync } = require("node:fs");
const { Module, createRequire } = require("node:module");
const { join } = require("node:path");
const { Script } = require("node:vm");
const file = join(__dirname, "command.cjs");
const kept = join(__dirname, "command.v8");
let cachedData;
try {
  cachedData = readFileSync(kept);
} catch {}
const script = new Script(Module.wrap(readFileSync(file, "utf8")), { filename: file, cachedData });
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, createRequire(file), module_, file, __dirname);
if (process.env.KEHOACH_KEEP_COMPILED) process.on("exit", () => writeFileSync(kept, script.createCachedData()));
`,
);
chmodSync("dist/cli/main.cjs", 0o755);

// One run over the starter, so that what is kept holds every function a build calls.
const folder = mkdtempSync(join(tmpdir(), "kehoach-build-"));
execFileSync(
  process.execPath,
  ["dist/cli/main.cjs", "build", "templates/starter.yaml", "-o", folder],
  { env: { ...process.env, KEHOACH_KEEP_COMPILED: "1" }, stdio: ["ignore", "ignore", "inherit"] },
);
rmSync(folder, { recursive: true, force: true });
if (process.env.KEHOACH_META)
  writeFileSync(process.env.KEHOACH_META, JSON.stringify(built.metafile));
