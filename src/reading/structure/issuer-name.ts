import { foldText } from "../../base/text.js";
import { type Knowledge, wordPattern } from "../../knowledge/knowledge.js";
import { isSyllable } from "../../knowledge/syllables.js";

/** An agency's name out of the capitals at the head of a page. */
export interface ProperName {
  readonly superior: string | null;
  readonly name: string;
  /** The lines that say the name, as they stand. */
  readonly lines: readonly string[];
  /** The small letters are a guess: the text nowhere writes the name. */
  readonly guessed: boolean;
}

/**
 * "ỦY BAN NHÂN DÂN" / "HUYỆN HỚN QUẢN" is one name; "UBND TỈNH LÀO CAI" / "SỞ TÀI CHÍNH" are a
 * superior and its agency. Small letters as the text itself writes the name.
 */
export function properName(
  lines: readonly string[],
  texts: readonly string[],
  knowledge: Knowledge,
): ProperName {
  const opens = new RegExp(`^(?:${wordPattern(knowledge.issuers)})(?![\\p{L}])`, "iu");
  let own = 0;
  lines.forEach((line, index) => {
    // A second agency's name begins where the line before it is a whole name already. A line of a
    // single word that opens names ("TRƯỜNG") ends the line above: "SỞ NÔNG NGHIỆP VÀ MÔI /
    // TRƯỜNG".
    if (
      index > 0 &&
      opens.test(line) &&
      !(isHalf(line, knowledge) && index === lines.length - 1) &&
      !isHalf(lines.slice(own, index).join(" "), knowledge)
    )
      own = index;
  });
  const [above, name] = [lines.slice(0, own).join(" "), lines.slice(own).join(" ")].map((text) =>
    smallLetters(text ?? "", texts, knowledge),
  );
  return {
    superior: above === undefined || above.name === "" ? null : above.name,
    name: name?.name ?? "",
    lines: lines.slice(own),
    guessed: (name?.guessed ?? false) || (above?.guessed ?? false),
  };
}

/** "ỦY BAN NHÂN DÂN" alone names no agency yet. */
function isHalf(text: string, knowledge: Knowledge): boolean {
  return knowledge.issuers.some((one) => foldText(one) === foldText(text));
}

/**
 * The name in small letters: as the text writes it most often, else by what is known of agencies
 * and levels, else each word with a capital.
 */
function smallLetters(
  capitals: string,
  texts: readonly string[],
  knowledge: Knowledge,
): { readonly name: string; readonly guessed: boolean } {
  const folded = foldText(capitals);
  const counts = new Map<string, number>();
  for (const text of folded === "" ? [] : texts) {
    const lower = text.toLowerCase();
    for (let at = lower.indexOf(folded); at >= 0; at = lower.indexOf(folded, at + 1)) {
      const found = text.slice(at, at + folded.length);
      if (/\p{Ll}/u.test(found) && /^\p{Lu}/u.test(found))
        counts.set(found, (counts.get(found) ?? 0) + 1);
    }
  }
  const written = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  if (written !== undefined || folded === "") return { name: written ?? "", guessed: false };
  const known = [...knowledge.issuers, ...knowledge.agencyWords, ...knowledge.levels].sort(
    (a, b) => b.length - a.length,
  );
  const pattern = new RegExp(`(?<![\\p{L}])(?:${wordPattern(known)})(?![\\p{L}])`, "giu");
  let [name, at] = ["", 0];
  const proper = (text: string): string =>
    text.replace(/\p{L}+/gu, (word) => {
      // What is no syllable is an abbreviation: UBND, THCS, CĐS.
      if (knowledge.abbreviations.has(word) || !isSyllable(word)) return word;
      return word.slice(0, 1) + word.slice(1).toLowerCase();
    });
  for (const match of capitals.matchAll(pattern)) {
    name += proper(capitals.slice(at, match.index));
    const form = known.find((one) => foldText(one) === foldText(match[0]));
    name += form ?? match[0].slice(0, 1) + match[0].slice(1).toLowerCase();
    at = match.index + match[0].length;
  }
  const rest = proper(capitals.slice(at));
  // An agency of the usual form, with a place at its end, is no guess.
  const sure = new RegExp(
    `^(?:${wordPattern(knowledge.issuers)})\\s+(?:${wordPattern(knowledge.levels)})` +
      "\\s+\\p{L}+(?:\\s+\\p{L}+){0,3}$",
    "iu",
  ).test(capitals);
  const whole = `${name}${rest}`;
  return { name: whole.slice(0, 1).toUpperCase() + whole.slice(1), guessed: !sure };
}

/**
 * An agency for a text without head: who enacts in it, with the place that its seals or its
 * sentences name. Null when nobody is named.
 */
export function guessIssuer(
  texts: readonly string[],
  seals: readonly string[],
  knowledge: Knowledge,
): string | null {
  const levels = wordPattern(knowledge.levels);
  const committee = `(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\\s+(?:${levels})`;
  const name = new RegExp(`${committee}\\s+(?:\\p{Lu}[\\p{L}]*)(?:\\s+\\p{Lu}[\\p{L}]*){0,3}`, "u");
  const full = (text: string): string =>
    text.replace(/^\p{Lu}+/u, (short) => knowledge.abbreviations.get(short) ?? short);
  const enacting = texts
    .map(
      (text) =>
        new RegExp(
          `(${committee}(?:\\s+\\p{Lu}[\\p{L}]*)*)\\s+(?:${wordPattern(knowledge.enactmentVerbs)})`,
          "u",
        ).exec(text)?.[1],
    )
    .find((one) => one !== undefined);
  if (enacting === undefined) {
    const sealed = seals.map((text) => name.exec(text)?.[0]).find((one) => one !== undefined);
    return sealed === undefined ? null : full(sealed);
  }
  if (name.test(enacting)) return full(enacting);
  const level = enacting.split(" ").at(-1) ?? "";
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const [, found = ""] of text.matchAll(
      new RegExp(`(?<![\\p{L}])(${level}\\s+\\p{Lu}[\\p{L}]*(?:\\s+\\p{Lu}[\\p{L}]*){0,2})`, "gu"),
    ))
      counts.set(found, (counts.get(found) ?? 0) + 1);
  const place = [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
  return full(
    place === undefined ? enacting : enacting.replace(new RegExp(`${level}$`, "u"), place),
  );
}
