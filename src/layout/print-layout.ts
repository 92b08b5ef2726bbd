import { type PagedDocument, type TextItem, runText } from "./pages/page.js";

/** Pages as text: every line with its place in points. The third rung of the golden ladder. */
export function printLayout(document: PagedDocument): string {
  const out: string[] = [];
  for (const page of document.pages) {
    out.push(`page ${page.section} ${page.number} ${points(page.width)} x ${points(page.height)}`);
    for (const item of page.items) {
      if (item.kind === "text")
        out.push(
          `  ${points(item.x)} ${points(item.baseline)} ${face(item)} ${item.spaceExtra > 0 ? `+${(item.spaceExtra / 20).toFixed(2)} ` : ""}${JSON.stringify(lineText(item))}`,
        );
      else if (item.kind === "field")
        out.push(
          `  field ${item.name} ${points(item.x)} ${points(item.y)} ${points(item.width)} x ${points(item.height)}`,
        );
      else
        out.push(
          `  line ${points(item.x1)} ${points(item.y1)} ${points(item.x2)} ${points(item.y2)}`,
        );
    }
  }
  return `${out.join("\n")}\n`;
}

export function lineText(item: TextItem): string {
  return item.runs.map(runText).join("");
}

function face(item: TextItem): string {
  return item.runs
    .map((run) => `${run.face.postscriptName.replace(/^.*?(?:-|$)/u, "") || "Regular"}/${run.size}`)
    .join(",");
}

function points(twips: number): string {
  return (twips / 20).toFixed(2);
}
