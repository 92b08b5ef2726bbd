import { hashBytes, printHash } from "../base/sha256.js";

const LAST_LINE = /(?:^|\n)\[kehoach sha256 ([0-9a-f]{64})\]\n?$/u;

/** A text with a last line that bears its seal. */
export function sealText(text: string): string {
  return `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}[kehoach sha256 ${hash(text)}]\n`;
}

/** A text without our last line; the same text when there is none. */
export function withoutSeal(text: string): string {
  const found = LAST_LINE.exec(text);
  return found === null ? text : text.slice(0, found[0].startsWith("\n") ? found.index + 1 : 0);
}

const FIELD = /"seal": "([0-9a-f]{64})"/u;
const EMPTY_FIELD = '"seal": ""';

/** Data as JSON text, with a last field that bears its seal. */
export function sealJson(data: object): string {
  const text = `${JSON.stringify({ ...data, seal: "" }, null, 2)}\n`;
  return text.replace(EMPTY_FIELD, `"seal": "${hash(text)}"`);
}

/** What a file with a place for a seal is: as kehoach made it, changed since, of another hand. */
export type SealState = "as-made" | "changed" | "foreign";

/** Look at the seal of a text, a JSON text among them. */
export function inspectText(text: string): SealState {
  const line = LAST_LINE.exec(text)?.[1];
  const field = FIELD.exec(text)?.[1];
  if (line === undefined && field === undefined) return "foreign";
  const rest = withoutSeal(text);
  const holds =
    line === undefined
      ? hash(text.replace(FIELD, EMPTY_FIELD)) === field
      : // The line before the seal may have got its end from us.
        hash(rest) === line || hash(rest.replace(/\n$/u, "")) === line;
  return holds ? "as-made" : "changed";
}

function hash(text: string): string {
  return printHash(hashBytes(new TextEncoder().encode(text)));
}
