import { type Diagnostic, type PlanPath, both } from "../../base/diagnostic.js";
import { foldText } from "../../base/text.js";
import type { Notice, SourceParagraph, SourceText } from "../source-text.js";
import type { PlanDraft } from "./draft.js";
import { repairData } from "./repair.js";

/**
 * A draft mended where the plan's own rules refuse it. What goes is kept among the words without a
 * place, and each mended place is told. Null when no finding says where.
 */
export function repairDraft(
  draft: PlanDraft,
  source: SourceText,
  problems: readonly Diagnostic[],
): PlanDraft | null {
  const errors = problems.filter(({ severity }) => severity === "error");
  const places = errors.flatMap((problem) => {
    const path = pathOf(problem);
    return path.length === 0 ? [] : [path];
  });
  if (places.length === 0) return null;
  const { data, moved } = repairData(draft.data, places);
  if (JSON.stringify(data) === JSON.stringify(draft.data)) return null;
  const unplaced = moved.map((text) => paragraphOf(text, source));
  return {
    ...draft,
    data,
    unplaced: [...draft.unplaced, ...unplaced],
    notices: [...draft.notices, ...errors.map((problem) => mended(problem, source))],
  };
}

/** "body[0].heading" as a path. */
function pathOf({ at }: Diagnostic): PlanPath {
  if (at.in === "plan") return at.path;
  return [...(at.path ?? "").matchAll(/\[(\d+)\]|[^.[\]]+/gu)].map(([step, index]) =>
    index === undefined ? step : Number(index),
  );
}

/** Words that went, with the place in the source where they stand. */
function paragraphOf(text: string, source: SourceText): SourceParagraph {
  const wanted = foldText(text);
  const paragraphs = source.blocks.filter((block) => block.kind === "paragraph");
  const found = paragraphs.find((one) => foldText(one.text).includes(wanted)) ?? paragraphs[0];
  if (found === undefined) throw new Error("a source without paragraphs gives no words");
  return { ...found, text, marks: [] };
}

function mended(problem: Diagnostic, source: SourceText): Notice {
  const [first] = source.blocks;
  return {
    code: "mended",
    at: first?.kind === "paragraph" ? first.at : { page: null, line: 1 },
    message: both(
      `một chỗ không theo được dạng của kế hoạch, đã giữ thành chữ thường: ${problem.message.vi}`,
      `one place does not fit a plan's form and is kept as plain words: ${problem.message.en}`,
    ),
  };
}
