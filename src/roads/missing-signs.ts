import { both } from "../base/diagnostic.js";
import { similarSign } from "../base/similar-signs.js";
import { printCodePoint } from "../base/text.js";
import type { Notice, SourceParagraph, SourceText } from "../reading/source-text.js";
import type { Data, DataObject } from "../reading/structure/data.js";
import type { PlanDraft } from "../reading/structure/draft.js";
import { openFace } from "../typeface/face.js";
import { openFamily } from "../typeface/family.js";
import type { World } from "./world.js";

/** Letters that every plan is written with. What is none of these is looked at one by one. */
const UNUSUAL = /[^\u0000-\u01b0\u1ea0-\u1ef9\u2010-\u2022\u2026\u20ab\u2116]/gu;

/**
 * A draft without the signs that no face can print, a similar one in the place of each that has one,
 * each told with its place in the source: what an import writes can be built.
 */
export async function leaveOutSigns(
  draft: PlanDraft,
  source: SourceText,
  world: World,
): Promise<PlanDraft> {
  const places = unusualSigns(source);
  if (places.size === 0) return draft;
  const family = await openFamily(world.fonts);
  if (!family.ok) return draft;
  const { regular } = family.value;
  const lacking = [...places].filter(([code]) => regular.glyph(code) === null);
  const signs = lacking.length > 0 ? await openFace(world.signs()) : null;
  const missing = new Map(lacking.filter(([code]) => (signs?.glyph(code) ?? null) === null));
  if (missing.size === 0) return draft;
  const print = (text: string): string =>
    text.replace(UNUSUAL, (sign) => {
      const code = sign.codePointAt(0) ?? 0;
      return missing.has(code) ? (similarSign(code) ?? "") : sign;
    });
  return {
    ...draft,
    data: mapTexts(draft.data, (text) => print(text).replace(/ {2,}/gu, " ").trim()) as DataObject,
    notices: [...draft.notices, ...[...missing].map(([code, at]) => missingSign(code, at))],
  };
}

function missingSign(code: number, at: SourceParagraph["at"]): Notice {
  const name = `“${String.fromCodePoint(code)}” (${printCodePoint(code)})`;
  const similar = similarSign(code);
  const message =
    similar === null
      ? both(
          `phông chữ không có dấu ${name}; đã bỏ khỏi kế hoạch`,
          `no font has ${name}; it is left out of the plan`,
        )
      : both(
          `phông chữ không có dấu ${name}; đã viết “${similar}” thay vào`,
          `no font has ${name}; “${similar}” is written instead`,
        );
  return { code: "missing-sign", at, message };
}

/** Signs of a source that are no usual letters, and where each stands first. */
function unusualSigns({
  blocks,
  footnotes,
}: SourceText): ReadonlyMap<number, SourceParagraph["at"]> {
  const places = new Map<number, SourceParagraph["at"]>();
  const look = ({ text, at }: SourceParagraph): void => {
    for (const [sign] of text.matchAll(UNUSUAL)) {
      const code = sign.codePointAt(0) ?? 0;
      if (!places.has(code)) places.set(code, at);
    }
  };
  for (const block of blocks)
    if (block.kind === "paragraph") look(block);
    else for (const row of block.rows) for (const cell of row) cell.paragraphs.forEach(look);
  for (const paragraphs of footnotes.values()) paragraphs.forEach(look);
  return places;
}

/** The same data with every text changed. Objects without a text to change stay the same. */
function mapTexts(data: Data, change: (text: string) => string): Data {
  if (typeof data === "string") return data.search(UNUSUAL) >= 0 ? change(data) : data;
  if (typeof data !== "object" || data === null) return data;
  if (Array.isArray(data)) {
    const list = (data as readonly Data[]).map((one) => mapTexts(one, change));
    return list.every((one, index) => one === (data as readonly Data[])[index]) ? data : list;
  }
  const entries = Object.entries(data as DataObject).map(
    ([name, one]) => [name, one === undefined ? undefined : mapTexts(one, change)] as const,
  );
  return entries.every(([name, one]) => one === (data as DataObject)[name])
    ? data
    : Object.fromEntries(entries);
}
