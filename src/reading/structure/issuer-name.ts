import { foldText } from "../../base/text.js";
import { type Knowledge, wordPattern } from "../knowledge.js";

/** An agency's name out of the capitals at the head of a page. */
export interface ProperName {
  readonly superior: string | null;
  readonly name: string;
  /** The lines that say the name, as they stand. */
  readonly lines: readonly string[];
}

/** "ỦY BAN NHÂN DÂN" / "HUYỆN HỚN QUẢN" is one name; "UBND TỈNH LÀO CAI" / "SỞ TÀI CHÍNH" are a superior and its agency. Small letters as the text itself writes the name. */
export function properName(lines: readonly string[], texts: readonly string[], knowledge: Knowledge): ProperName {
  const opens = new RegExp(`^(?:${wordPattern(knowledge.issuers)})(?![\\p{L}])`, "iu");
  let own = 0;
  lines.forEach((line, index) => {
    // A second agency's name begins where the line before it is a whole name already.
    if (index > 0 && opens.test(line) && !isHalf(lines.slice(own, index).join(" "), knowledge)) own = index;
  });
  const above = lines.slice(0, own).join(" ");
  return { superior: above === "" ? null : smallLetters(above, texts, knowledge), name: smallLetters(lines.slice(own).join(" "), texts, knowledge), lines: lines.slice(own) };
}

/** "ỦY BAN NHÂN DÂN" alone names no agency yet. */
function isHalf(text: string, knowledge: Knowledge): boolean {
  return knowledge.issuers.some((one) => foldText(one) === foldText(text));
}

/** The name in small letters: as the text writes it most often, else by what is known of agencies and levels, else each word with a capital. */
function smallLetters(capitals: string, texts: readonly string[], knowledge: Knowledge): string {
  const folded = foldText(capitals);
  const counts = new Map<string, number>();
  for (const text of texts) {
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(folded); at >= 0; at = lower.indexOf(folded, at + 1)) {
      const found = text.slice(at, at + folded.length);
      if (/\p{Ll}/u.test(found) && /^\p{Lu}/u.test(found)) counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  }
  const written = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  if (written !== undefined) return written;
  const found = new RegExp(`^(?:${wordPattern(knowledge.issuers)})(?![\\p{L}])`, "iu").exec(capitals)?.[0] ?? "";
  const opener = knowledge.issuers.find((one) => foldText(one) === foldText(found)) ?? found.slice(0, 1) + found.slice(1).toLowerCase();
  const rest = capitals.slice(found.length).trim();
  const level = [...knowledge.levels].sort((a, b) => b.length - a.length).find((one) => foldText(rest).startsWith(`${one} `)) ?? "";
  const proper = rest.slice(level.length).trim().toLowerCase().replace(/(?<![\p{L}])\p{L}/gu, (letter) => letter.toUpperCase());
  return [opener, level, proper].filter((part) => part !== "").join(" ");
}

/** An agency for a text without head: who enacts in it, with the place that its seals or its sentences name. Null when nobody is named. */
export function guessIssuer(texts: readonly string[], seals: readonly string[], knowledge: Knowledge): string | null {
  const name = new RegExp(`(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\\s+(?:${wordPattern(knowledge.levels)})\\s+(?:\\p{Lu}[\\p{L}]*)(?:\\s+\\p{Lu}[\\p{L}]*){0,3}`, "u");
  const full = (text: string): string => text.replace(/^UBND/u, "Ủy ban nhân dân");
  const enacting = texts.map((text) => new RegExp(`((?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\\s+(?:${wordPattern(knowledge.levels)})(?:\\s+\\p{Lu}[\\p{L}]*)*)\\s+(?:${wordPattern(knowledge.enactmentVerbs)})`, "u").exec(text)?.[1]).find((one) => one !== undefined);
  if (enacting === undefined) {
    const sealed = seals.map((text) => name.exec(text)?.[0]).find((one) => one !== undefined);
    return sealed === undefined ? null : full(sealed);
  }
  if (name.test(enacting)) return full(enacting);
  const level = enacting.split(" ").at(-1) ?? "";
  const counts = new Map<string, number>();
  for (const text of texts) for (const [, found = ""] of text.matchAll(new RegExp(`(?<![\\p{L}])(${level}\\s+\\p{Lu}[\\p{L}]*(?:\\s+\\p{Lu}[\\p{L}]*){0,2})`, "gu"))) counts.set(found, (counts.get(found) ?? 0) + 1);
  const place = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return full(place === undefined ? enacting : enacting.replace(new RegExp(`${level}$`, "u"), place));
}
