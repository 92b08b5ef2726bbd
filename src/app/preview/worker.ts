import { config } from "zod";
import { both, fail, fileError } from "../../base/diagnostic.js";
import { applyEdits } from "../../plan/edits.js";
import { type Preview, type Previewed, previewer } from "../../roads/preview.js";
import { browserWorld } from "./browser-world.js";
import { drawnPage, labelsOf, pageOfPath } from "./draw-data.js";
import { tableNumbers } from "./table-numbers.js";
import type { PreviewAnswer, PreviewRequest } from "./messages.js";

/**
 * Lays plans out beside the page, with the same core that writes the files. It keeps its own copy
 * of the plan and is told edits, so that what did not change stays the same objects.
 */

// The page's policy lets nobody make code from text.
config({ jitless: true });

const scope = globalThis as unknown as {
  postMessage(answer: PreviewAnswer): void;
  onmessage: ((event: { readonly data: PreviewRequest }) => void) | null;
};
let preview = previewer(browserWorld());
let data: unknown = null;
let seq = 0;
let seen = { from: 0, to: 2 };
let shown: Preview | null = null;
/** Findings of the newest version, and the path whose page was asked for. */
let told: PreviewAnswer["findings"] = [];
let asked: string | null = null;
let stale = false;
/** The tables whose numbers were told last. */
let toldTables: unknown = null;
let waiting = false;
let busy = false;

scope.onmessage = ({ data: request }) => {
  switch (request.kind) {
    case "open":
      data = request.data;
      shown = null;
      break;
    case "edit":
      data = applyEdits(data, request.edits);
      seq = request.seq;
      break;
    case "look":
      seen = { from: request.from, to: request.to };
      if (!waiting && !busy && shown !== null) answer(shown, told, 0);
      return;
    case "find":
      asked = request.path;
      if (!waiting && !busy && shown !== null) answer(shown, told, 0);
      return;
  }
  if (waiting || busy) {
    waiting = true;
    return;
  }
  void work();
};

/** The newest plan laid out. A fault of ours is told as one, and what was kept is thrown away. */
async function layOut(): Promise<Previewed> {
  try {
    return await preview(data, { file: "", profile: null });
  } catch {
    preview = previewer(browserWorld());
    return { made: fail([PREVIEW_FAILED]), numbers: null };
  }
}

const PREVIEW_FAILED = fileError(
  "preview-failed",
  { file: "" },
  both(
    "chưa dựng được trang in: lỗi của chương trình; nội dung vẫn được lưu",
    "the pages cannot be laid out: a fault of the program; what you write is saved",
  ),
  both("hoàn tác thay đổi vừa rồi, hoặc đi tiếp", "undo the last change, or go on"),
);

/** Lay out the newest plan; edits that come meanwhile are laid out together afterwards. */
async function work(): Promise<void> {
  busy = true;
  do {
    waiting = false;
    const start = performance.now();
    const { made, numbers } = await layOut();
    shown = made.ok ? made.value : shown;
    told = made.problems;
    stale = !made.ok;
    if (made.ok) answer(made.value, made.problems, performance.now() - start);
    else
      scope.postMessage({
        seq,
        stale,
        sizes: null,
        pages: [],
        findings: made.problems,
        labels: {},
        found: null,
        numbers: numbers === null ? null : newNumbers(numbers),
        took: performance.now() - start,
      });
    // Messages that came meanwhile are taken in before the next round.
    await new Promise((done) => setTimeout(() => done(null), 0));
  } while (waiting);
  busy = false;
}

function answer(
  { pages, tree, plan }: Preview,
  findings: PreviewAnswer["findings"],
  took: number,
): void {
  const all = pages.pages;
  const page = asked === null ? null : pageOfPath(pages, asked);
  scope.postMessage({
    seq,
    stale,
    sizes: all.map(({ width, height }) => ({ width: width / 20, height: height / 20 })),
    pages: all.slice(seen.from, seen.to + 1).map((one, at) => drawnPage(one, seen.from + at)),
    findings,
    labels: labelsOf(tree),
    found: asked === null || page === null ? null : { path: asked, page },
    numbers: newNumbers(plan),
    took,
  });
  asked = null;
}

/** What tables come to, when that is not what was told last. */
function newNumbers(plan: Parameters<typeof tableNumbers>[0]): PreviewAnswer["numbers"] {
  if (plan.dataTables === toldTables) return null;
  toldTables = plan.dataTables;
  return tableNumbers(plan);
}
