/**
 * Tag for texts of several lines, set in with the code around them: drops the line break behind
 * the opening backtick, the indent that all lines share, and the blank line before the closing
 * backtick. The lines of a value that is put in keep the indent of the line where it stands.
 *
 * The text ends without a line break. Escapes (`\u0007`, `\\`) mean what they mean in any string.
 */
export function dedent(strings: TemplateStringsArray, ...values: readonly unknown[]): string {
  const margin = new RegExp(`\\n {0,${sharedIndent(strings)}}`, "gu");
  const pieces = strings.map((piece) => piece.replace(margin, "\n"));
  const text = pieces.reduce((before, piece, index) => {
    const indent = /(?:^|\n)( *)[^\n]*$/u.exec(before)?.[1] ?? "";
    const value = String(values[index - 1]).replace(/\n(?=[^\n])/gu, `\n${indent}`);
    return before + value + piece;
  });
  return text.replace(/^\n/u, "").replace(/\n *$/u, "");
}

/** The same, for texts that are YAML: plans, and parts of plans. */
export function yaml(...texts: Parameters<typeof dedent>): string {
  return dedent(...texts);
}

/** The least indent of lines that are written, not put in; blank lines do not count. */
function sharedIndent(strings: readonly string[]): number {
  // A value stands for itself, so that a line that begins with one is not blank.
  const lines = strings.join("\uffff").split("\n").slice(1);
  const indents = lines.filter((line) => /[^ ]/u.test(line)).map((line) => line.search(/[^ ]/u));
  return Math.min(...indents, Infinity) === Infinity ? 0 : Math.min(...indents);
}
