/** A whole Typst run in a process of its own: `node cold-typst.mjs SOURCE.typ OUT.pdf`. */
import { readFileSync, writeFileSync } from "node:fs";
import { openTypst, typeset } from "./typst.mjs";

const [source, out] = process.argv.slice(2);
writeFileSync(out, typeset(openTypst(), readFileSync(source, "utf8")).pdf);
