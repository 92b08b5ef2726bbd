import type { SourceMark } from "../source-text.js";
import { ANY_INK, INK, type TextLine, inkOf } from "./text-lines.js";

/** What shows that somebody wrote Markdown, or a program did: without it a star is a star. */
const SIGNS: readonly RegExp[] = [
  /^[ \t]{0,3}#{1,6}[ \t]+\S/mu,
  /\*\*[^\s*][^*]*\*\*/u,
  /^[ \t]*\|(?:[ \t]*:?-{3,}:?[ \t]*\|)+[ \t]*$/mu,
  /^[ \t]*```/mu,
  /<\/?(?:sub|sup|br|b|i|u|em|strong)\s*\/?>/iu,
];

export function isMarkdown(text: string): boolean {
  return SIGNS.some((sign) => sign.test(text));
}

const TAG =
  /<\/?(?:sub|sup|b|i|u|s|em|strong|span|p|div|center|font|small|big|mark|a)(?:\s[^<>@]*)?\/?>/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
};
const RULE = /^\s*(?:(?:-\s?){3,}|(?:\*\s?){3,}|(?:_\s?){3,}|(?:=\s?){3,}|—{2,}|–{3,})\s*$/u;
/**
 * Longest line that a writer breaks by hand: “**ỦY BAN NHÂN DÂN”, “XÃ …**”. Programs leave two
 * blanks at the ends of long ones too.
 */
const SHORT = 70;

/** Lines drawn with signs, as under the head of a page: they hold no words. */
export function withoutRules(text: string): string {
  return text
    .split("\n")
    .map((row) => (RULE.test(row) ? "" : row))
    .join("\n");
}

/**
 * Marks of Markdown in a text become signs (`INK`), tags of HTML go, their words stay. Line numbers
 * do not change.
 */
export function inkMarkdown(text: string): string {
  const clean = text
    .replace(/\\\*/gu, INK.star)
    .replace(/\\\|/gu, INK.pipe)
    .replace(/\\([\\`_{}[\]()#+\-.!<>~])/gu, "$1")
    .replace(/<br\s*\/?>/giu, INK.lineBreak)
    .replace(TAG, "")
    .replace(/&(?:nbsp|amp|lt|gt|quot);/gu, (entity) => ENTITIES[entity] ?? entity)
    .replace(/^[ \t]*```.*$/gmu, "");
  // Emphasis ends with its paragraph at the latest; a star before a blank begins an item.
  return clean
    .split(/(\n[ \t]*\n)/u)
    .map((part) =>
      part
        .replace(
          /\*{3}(?=[^\s*])([^*]*[^\s*])\*{3}/gu,
          `${INK.bold}${INK.italic}$1${INK.italicEnd}${INK.boldEnd}`,
        )
        .replace(/\*\*(?=[^\s*])((?:[^*]|\*(?!\*))*[^\s*])\*\*/gu, `${INK.bold}$1${INK.boldEnd}`)
        .replace(/__(?=[^\s_])([^_]*[^\s_])__/gu, `${INK.bold}$1${INK.boldEnd}`)
        .replace(
          /(?<![\p{L}\p{N}])\*(?=[^\s*])([^*\n]*(?:\n[^*\n]+)?[^\s*])\*(?![\p{L}\p{N}])/gu,
          `${INK.italic}$1${INK.italicEnd}`,
        ),
    )
    .join("");
}

/**
 * Headings lose their mark and keep its level; lines that Markdown breaks by hand are glued to the
 * next.
 */
export function readMarks(lines: readonly TextLine[]): TextLine[] {
  let bold = false;
  return lines.map((line, at) => {
    const heading = /^(?:[\ufdd0\ufdd2])?(#{1,6})\s+(.*?)(?:\s+#+)?$/u.exec(line.inked);
    const next = lines[at + 1];
    const begins = line.inked.lastIndexOf(INK.bold);
    const ends = line.inked.lastIndexOf(INK.boldEnd);
    bold = begins === ends ? bold : begins > ends;
    const glued =
      next !== undefined &&
      next.blanks === 0 &&
      line.text.length < SHORT &&
      (line.trailing >= 2 || (bold && next.text.length < SHORT));
    return heading
      ? { ...line, ...inkOf(heading[2] ?? ""), outline: (heading[1] ?? "").length, glued }
      : { ...line, glued };
  });
}

/** A paragraph's letters and the marks on them, from joined lines with signs. */
export function readInk(inked: string): {
  readonly text: string;
  readonly marks: readonly SourceMark[];
  readonly bold: boolean;
  readonly italic: boolean;
} {
  let text = "";
  const open: { bold: number | null; italic: number | null } = { bold: null, italic: null };
  const marks: { kind: "bold" | "italic"; from: number; to: number }[] = [];
  const end = (kind: "bold" | "italic"): void => {
    const from = open[kind];
    open[kind] = null;
    if (from === null || from >= text.length) return;
    const before = marks.findLast((mark) => mark.kind === kind);
    // Two marks with only blanks between are one.
    if (before && text.slice(before.to, from).trim() === "") before.to = text.length;
    else marks.push({ kind, from, to: text.length });
  };
  for (const letter of inked.replace(new RegExp(` *${INK.lineBreak} *`, "gu"), "\n")) {
    if (letter === INK.bold) open.bold ??= text.length;
    else if (letter === INK.italic) open.italic ??= text.length;
    else if (letter === INK.boldEnd) end("bold");
    else if (letter === INK.italicEnd) end("italic");
    else
      text += letter === INK.star ? "*" : letter === INK.pipe ? "|" : letter.replace(ANY_INK, "");
  }
  end("bold");
  end("italic");
  const whole = (kind: "bold" | "italic"): boolean =>
    marks.some(
      (mark) =>
        mark.kind === kind && mark.from === 0 && mark.to >= text.trimEnd().length && text !== "",
    );
  const [bold, italic] = [whole("bold"), whole("italic")];
  const kept = marks
    .filter(({ kind }) => (kind === "bold" ? !bold : !italic))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  return { text, marks: kept, bold, italic };
}
