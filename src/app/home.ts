import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The product's own folder: the one that holds `templates` and `fonts`. */
export const HOME = findHome(dirname(fileURLToPath(import.meta.url)));

function findHome(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    try {
      if (readdirSync(join(folder, "templates")).includes("document.hbs")) return folder;
    } catch {
      // Not this one; look further up.
    }
    if (folder === dirname(folder)) throw new Error("the product's templates are missing");
  }
}
