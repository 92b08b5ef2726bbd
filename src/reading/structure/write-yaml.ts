import type { Data, DataObject } from "./data.js";

/** Letters of a line beyond which a text goes onto lines of its own. */
const WIDTH = 120;

/**
 * Plain data as YAML that people like to read: long texts folded, short lists and records in one
 * line, comments beside values.
 */
export function writeYaml(
  data: DataObject,
  comments: ReadonlyMap<object, ReadonlyMap<string, string>>,
  blankBefore: readonly string[],
): string {
  const lines: string[] = [];
  printObject(data, "", lines, comments, blankBefore);
  return `${lines.join("\n")}\n`;
}

type Comments = ReadonlyMap<object, ReadonlyMap<string, string>>;

function printObject(
  data: DataObject,
  indent: string,
  lines: string[],
  comments: Comments,
  blankBefore: readonly string[] = [],
): void {
  for (const [name, value] of Object.entries(data)) {
    if (value === undefined) continue;
    if (blankBefore.includes(name)) lines.push("");
    const comment = comments.get(data)?.get(name);
    if (comment !== undefined) lines.push(`${indent}# ${comment.replace(/\s+/gu, " ")}`);
    printValue(`${indent}${name}:`, value, indent, lines, comments);
  }
}

/** `head` is what stands before the value on its line: "name:", "-". */
function printValue(
  head: string,
  value: Data,
  indent: string,
  lines: string[],
  comments: Comments,
): void {
  if (value === null) lines.push(head);
  else if (typeof value === "string") printText(head, value, indent, lines);
  else if (typeof value !== "object") lines.push(`${head} ${inlineValue(value)}`);
  else if (isList(value)) {
    const inline =
      value.length === 0
        ? "[]"
        : value.every((one) => typeof one !== "object" || one === null)
          ? `[${value.map(inlineValue).join(", ")}]`
          : null;
    if (
      inline !== null &&
      `${head} ${inline}`.length <= WIDTH &&
      !(value.length > 1 && value.some((one) => typeof one === "string" && one.length > 40))
    )
      lines.push(`${head} ${inline}`);
    else {
      lines.push(head);
      for (const item of value) printItem(item, `${indent}  `, lines, comments);
    }
  } else {
    const inline = inlineObject(value, comments);
    if (inline !== null && `${head} ${inline}`.length <= WIDTH) lines.push(`${head} ${inline}`);
    else {
      lines.push(head);
      printObject(value, `${indent}  `, lines, comments);
    }
  }
}

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

function printItem(item: Data, indent: string, lines: string[], comments: Comments): void {
  if (item === null) {
    lines.push(`${indent}- null`);
    return;
  }
  if (isList(item) && item.every((one) => typeof one !== "object" || one === null)) {
    printFlow(item.map(inlineValue), `${indent}- [`, "]", lines);
    return;
  }
  if (typeof item !== "object" || item === null || isList(item)) {
    printValue(`${indent}-`, item, indent, lines, comments);
    return;
  }
  const parts = inlineParts(item, comments);
  if (parts !== null && parts.length !== 1) {
    if (parts.length === 0) lines.push(`${indent}- {}`);
    else printFlow(parts, `${indent}- { `, " }", lines);
    return;
  }
  const inner: string[] = [];
  printObject(item, `${indent}  `, inner, comments);
  // Comments before the first name stand above the dash.
  const first = inner.findIndex((line) => !line.trimStart().startsWith("#"));
  inner.forEach((line, index) =>
    lines.push(
      index < first
        ? line.replace("  ", "")
        : index === first
          ? `${indent}- ${line.slice(indent.length + 2)}`
          : line,
    ),
  );
}

/** Values between brackets, over as many lines as they need: rows of tables, short records. */
function printFlow(values: readonly string[], open: string, close: string, lines: string[]): void {
  const indent = " ".repeat(open.length);
  let line = open;
  values.forEach((value, index) => {
    const piece = `${value}${index < values.length - 1 ? "," : close}`;
    if (line !== open && line.length + 1 + piece.length > WIDTH) {
      lines.push(line);
      line = indent + piece;
    } else line += line === open ? piece : ` ${piece}`;
  });
  lines.push(values.length === 0 ? `${open.trimEnd()}${close.trim()}` : line);
}

/**
 * A record of numbers, words and short texts in one line; null when it holds more, or has comments.
 */
function inlineObject(value: DataObject, comments: Comments): string | null {
  const parts = inlineParts(value, comments);
  return parts === null ? null : parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function inlineParts(value: DataObject, comments: Comments): readonly string[] | null {
  if (comments.has(value)) return null;
  const parts: string[] = [];
  for (const [name, one] of Object.entries(value)) {
    if (one === undefined) continue;
    if (typeof one === "object" && one !== null) return null;
    if (
      typeof one === "string" &&
      (one.length > 60 || (LONG_NAMES.has(name) && Object.keys(value).length > 2))
    )
      return null;
    parts.push(`${name}: ${inlineValue(one)}`);
  }
  return parts;
}

/** Names whose texts people read and change: on a line of their own. */
const LONG_NAMES: ReadonlySet<string> = new Set([
  "heading",
  "runIn",
  "clause",
  "item",
  "text",
  "about",
]);

function inlineValue(value: Exclude<Data, object>): string {
  if (value === null) return "null";
  // Three decimals look like thousands; plan data asks for a zero more.
  if (typeof value === "number")
    return /\.\d{3}$/u.test(String(value)) ? `${value}0` : String(value);
  if (typeof value === "boolean") return String(value);
  return needsQuotes(value) || /[,[\]{}]/u.test(value) ? JSON.stringify(value) : value;
}

/** A text on the line of its name, or folded below it. */
function printText(head: string, text: string, indent: string, lines: string[]): void {
  const foldable = !/\n|^\s|\s$|\s{2}/u.test(text);
  if (`${head} ${text}`.length <= WIDTH || !foldable) {
    lines.push(`${head} ${needsQuotes(text) ? JSON.stringify(text) : text}`);
    return;
  }
  lines.push(`${head} >-`);
  const inner = head.trimStart().startsWith("- ") ? `${indent}    ` : `${indent}  `;
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && inner.length + line.length + 1 + word.length > WIDTH) {
      lines.push(inner + line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  lines.push(inner + line);
}

/**
 * What YAML would read as something else than this text. A date stays bare: plan data has it as
 * text.
 */
function needsQuotes(text: string): boolean {
  return (
    text === "" ||
    /^[\s\-?:,[\]{}#&*!|>'"%@`=~]/u.test(text) ||
    /:(?:\s|$)|\s#|\s$|[\u0000-\u001f\u007f-\u009f\ufeff]/u.test(text) ||
    /^(?:null|true|false|yes|no|on|off|y|n)$/iu.test(text) ||
    (/^[+.]?\d[\d_.,:eE+-]*$|^\.(?:inf|nan)$|^0[xo]/iu.test(text) &&
      !/^\d{4}-\d{2}-\d{2}$/u.test(text))
  );
}
