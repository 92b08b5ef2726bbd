import { assertNever } from "../base/diagnostic.js";
import { type Twip, ptFromTwips } from "../base/units.js";
import { type PageItem, type PagedDocument, type TextItem, runText } from "./pages/page.js";

/** Pages as text: every line with its place in points. The third rung of the golden ladder. */
export function printLayout(document: PagedDocument): string {
  const out: string[] = [];
  for (const page of document.pages) {
    out.push(`page ${page.section} ${page.number} ${points(page.width)} x ${points(page.height)}`);
    for (const item of page.items) out.push(`  ${printItem(item)}`);
  }
  return `${out.join("\n")}\n`;
}

function printItem(item: PageItem): string {
  switch (item.kind) {
    case "text": {
      const stretch = item.spaceExtra > 0 ? `+${points(item.spaceExtra)} ` : "";
      const text = JSON.stringify(item.runs.map(runText).join(""));
      return `${points(item.x)} ${points(item.baseline)} ${faces(item)} ${stretch}${text}`;
    }
    case "field": {
      const size = `${points(item.width)} x ${points(item.height)}`;
      return `field ${item.name} ${points(item.x)} ${points(item.y)} ${size}`;
    }
    case "picture": {
      const size = `${points(item.width)} x ${points(item.height)}`;
      return `picture ${item.file} ${points(item.x)} ${points(item.y)} ${size}`;
    }
    case "line":
      return `line ${[item.x1, item.y1, item.x2, item.y2].map(points).join(" ")}`;
    default:
      return assertNever(item);
  }
}

/** Face and size of each run: "Regular/14,Bold/14". */
function faces(item: TextItem): string {
  return item.runs
    .map((run) => `${run.face.postscriptName.replace(/^.*?(?:-|$)/u, "") || "Regular"}/${run.size}`)
    .join(",");
}

function points(twips: Twip): string {
  return ptFromTwips(twips).toFixed(2);
}
