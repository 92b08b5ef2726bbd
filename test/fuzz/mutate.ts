import type { Random } from "../parity/random-plan.js";

/** Things that are easily got wrong, to stand where something sensible stood. */
const ODD_TEXTS: readonly string[] = [
  "",
  " ",
  "\t",
  "\n",
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "then",
  "null",
  "~",
  "yes",
  "2024-02-30",
  "31/02/2026",
  "1e999",
  "0x1F",
  "1_000",
  "1.500",
  "-0",
  ".nan",
  ".inf",
  "{{",
  "}}",
  "{{figures.a}}",
  "{{tien tong}}",
  "{{muc x}}",
  "[^a]",
  "[^",
  "**",
  "*a",
  "a*b**c*",
  "\\",
  "<p>",
  "</p>",
  "<!--",
  "&amp;",
  "&#x0;",
  "]]>",
  "\u0000",
  "\u0300",
  "e\u0323\u0302",
  "\u202eabc",
  "\u00ad",
  "\ufeff",
  "\ud800",
  "😀",
  "☑",
  "\u00a0",
  "ﬁ",
  "đ".repeat(300),
  "a ".repeat(200),
  "../../etc/passwd",
  "C:\\x.xlsx",
  "=1+1",
  "(((((",
  "3=4+5",
  "ho/0",
  "ngày 05 tháng 3 năm 2026",
  "%",
  "- a",
  "? a",
  "a: b",
  "#",
  "!!binary AA==",
  "&x [*x]",
  "<<: {a: 1}",
];
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  1e-9,
  Number.MAX_SAFE_INTEGER,
  [],
  {},
  [[]],
  [null],
  [{}],
  { a: 1 },
  { constructor: 1 },
  ["a", 1, null, {}],
];

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T;
}

/** Plain data with a few of its parts deleted, doubled, swapped, renamed or replaced. */
export function mutateData(random: Random, data: unknown, most: number): unknown {
  let mutated = structuredClone(data);
  const count = 1 + Math.floor(random() * most);
  for (let index = 0; index < count; index++) mutated = mutateOnce(random, mutated);
  return mutated;
}

interface Spot {
  readonly owner: Record<string | number, unknown>;
  readonly key: string | number;
}

function mutateOnce(random: Random, data: unknown): unknown {
  const spots = spotsOf(data);
  if (spots.length === 0) return pick(random, ODD_VALUES);
  const { owner, key } = pick(random, spots);
  const value = owner[key];
  switch (Math.floor(random() * 9)) {
    case 0:
      if (Array.isArray(owner)) owner.splice(Number(key), 1);
      else delete owner[key];
      break;
    case 1:
      if (Array.isArray(owner)) owner.splice(Number(key), 0, structuredClone(value));
      else rename(owner, key, pick(random, ODD_TEXTS));
      break;
    case 2: {
      const other = pick(random, spots);
      owner[key] = structuredClone(other.owner[other.key]);
      break;
    }
    case 3:
      owner[key] = structuredClone(pick(random, ODD_VALUES));
      break;
    case 4:
      owner[key] = [value];
      break;
    case 5:
      owner[key] = { [pick(random, ODD_TEXTS)]: value };
      break;
    case 6:
      owner[key] =
        typeof value === "string" ? mutateText(random, value, 2) : JSON.stringify(value ?? null);
      break;
    default:
      owner[key] = pick(random, ODD_TEXTS);
  }
  return data;
}

function rename(owner: Record<string | number, unknown>, key: string | number, to: string): void {
  const value = owner[key];
  delete owner[key];
  Object.defineProperty(owner, to, { value, enumerable: true, configurable: true, writable: true });
}

function spotsOf(data: unknown): Spot[] {
  if (typeof data !== "object" || data === null) return [];
  const owner = data as Record<string | number, unknown>;
  const keys = Array.isArray(data) ? [...data.keys()] : Object.keys(data);
  return keys.flatMap((key) => [{ owner, key }, ...spotsOf(owner[key])]);
}

/** A text with a few pieces cut out, doubled, moved, or odd things put in. */
export function mutateText(random: Random, text: string, most: number): string {
  let out = text;
  const count = 1 + Math.floor(random() * most);
  for (let index = 0; index < count; index++) {
    const at = Math.floor(random() * (out.length + 1));
    const length = Math.floor(random() ** 3 * Math.min(400, out.length - at));
    const piece = out.slice(at, at + length);
    const rest = out.slice(at + length);
    switch (Math.floor(random() * 6)) {
      case 0:
        out = out.slice(0, at) + rest;
        break;
      case 1:
        out = out.slice(0, at) + piece + piece + rest;
        break;
      case 2: {
        const to = Math.floor(random() * (rest.length + 1));
        out = out.slice(0, at) + rest.slice(0, to) + piece + rest.slice(to);
        break;
      }
      case 3:
        out = out.slice(0, at) + String.fromCharCode(Math.floor(random() * 128)) + rest;
        break;
      default:
        out = out.slice(0, at) + pick(random, ODD_TEXTS) + rest;
    }
  }
  return out;
}

/** Bytes with a few of them changed, cut out, doubled or overwritten. */
export function mutateBytes(random: Random, bytes: Uint8Array, most: number): Uint8Array {
  let out = Uint8Array.from(bytes);
  const count = 1 + Math.floor(random() * most);
  for (let index = 0; index < count; index++) {
    const at = Math.floor(random() * out.length);
    const length = Math.floor(random() ** 4 * Math.min(2000, out.length - at));
    switch (Math.floor(random() * 5)) {
      case 0:
        out = join(out.subarray(0, at), out.subarray(at + length));
        break;
      case 1:
        out = join(out.subarray(0, at + length), out.subarray(at));
        break;
      case 2:
        out = out.slice(0, Math.max(1, at));
        break;
      case 3:
        for (let place = at; place < at + 8 && place < out.length; place++)
          out[place] = Math.floor(random() * 256);
        break;
      default:
        out[at] = pick(random, [0, 255, 0x7f, 0x28, 0x3c, 0x3e, Math.floor(random() * 256)]);
    }
  }
  return out;
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}
