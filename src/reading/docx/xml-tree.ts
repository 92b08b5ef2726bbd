import { SaxesParser } from "saxes";
import { WORD_LIMITS } from "./limits.js";
import { PASSED_OVER } from "./passed-over.js";

/**
 * An element of an Office file. Names of WordprocessingML and of the package stand bare (“p”,
 * “Relationship”), those of other vocabularies with their usual prefix (“m:t”, “v:line”) whatever
 * the file calls them, unknown ones as “?”. Attributes likewise. Text is kept where it means
 * something.
 */
export interface XmlNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

export type XmlFault = "broken" | "doctype" | "too-deep" | "too-long";

/** Vocabularies, transitional and strict (ISO/IEC 29500), and what they are called here. */
const VOCABULARIES: ReadonlyMap<string, string> = new Map([
  ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", ""],
  ["http://purl.oclc.org/ooxml/wordprocessingml/main", ""],
  ["http://schemas.openxmlformats.org/package/2006/relationships", ""],
  ["http://schemas.openxmlformats.org/package/2006/content-types", ""],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r:"],
  ["http://purl.oclc.org/ooxml/officeDocument/relationships", "r:"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/math", "m:"],
  ["http://purl.oclc.org/ooxml/officeDocument/math", "m:"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc:"],
  ["http://schemas.openxmlformats.org/drawingml/2006/picture", "pic:"],
  ["http://purl.oclc.org/ooxml/drawingml/picture", "pic:"],
  ["http://schemas.openxmlformats.org/drawingml/2006/chart", "c:"],
  ["http://purl.oclc.org/ooxml/drawingml/chart", "c:"],
  ["http://schemas.openxmlformats.org/drawingml/2006/diagram", "dgm:"],
  ["http://purl.oclc.org/ooxml/drawingml/diagram", "dgm:"],
  ["urn:schemas-microsoft-com:vml", "v:"],
]);

/** Prefixes as they are usual, for files that do not declare them. */
const USUAL: ReadonlyMap<string, string> = new Map([
  ["w", ""],
  ["", ""],
  ["r", "r:"],
  ["m", "m:"],
  ["mc", "mc:"],
  ["pic", "pic:"],
  ["v", "v:"],
  ["xml", "xml:"],
]);

/**
 * Elements whose text is text: between all others stand only the line breaks of pretty printing.
 */
const WITH_TEXT: ReadonlySet<string> = new Set(["t", "delText", "instrText", "m:t"]);

const NO_ATTRIBUTES: ReadonlyMap<string, string> = new Map();
/** Shared by all elements that hold nothing, which are most; never written to. */
const NO_CHILDREN: OpenNode[] = [];

interface OpenNode {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  children: OpenNode[];
  text: string;
}

/** Prefixes that hold inside an element, and names already worked out. */
interface Scope {
  readonly prefixes: ReadonlyMap<string, string>;
  readonly elements: Map<string, string>;
  readonly attributes: Map<string, string>;
}

/**
 * Read the XML of one part. A document type is refused: Office files have none, and entities are
 * how small files become huge ones.
 */
export function parseXml(bytes: Uint8Array): XmlNode | XmlFault {
  const tree = new TreeBuilder();
  const parser = new SaxesParser({ xmlns: false });
  parser.on("doctype", () => tree.refuse("doctype"));
  parser.on("error", () => tree.refuse("broken"));
  parser.on("opentag", (tag) =>
    tree.open(tag.name, tag.attributes as Readonly<Record<string, string>>),
  );
  parser.on("closetag", () => tree.close());
  parser.on("text", (text) => tree.write(text));
  parser.on("cdata", (text) => tree.write(text));
  try {
    for (const text of decode(bytes)) parser.write(text);
    parser.close();
  } catch {
    return tree.fault;
  }
  return tree.root ?? "broken";
}

/** Builds the tree of a part from its tags as they come. */
class TreeBuilder {
  /** Why the part was refused; broken where nothing else was told. */
  fault: XmlFault = "broken";
  readonly #top: OpenNode = { name: "", attributes: NO_ATTRIBUTES, children: [], text: "" };
  readonly #open: OpenNode[] = [this.#top];
  readonly #scopes: Scope[] = [{ prefixes: USUAL, elements: new Map(), attributes: new Map() }];
  /** How deep each inner scope began, to know when it ends. */
  readonly #scopeDepths: number[] = [0];
  #count = 0;
  #letters = 0;
  #paragraphs = 0;
  /** How deep we are inside an element that is passed over. */
  #passing = 0;

  get root(): XmlNode | undefined {
    return this.#top.children[0];
  }

  /** End the reading. Errors: throws always. */
  refuse(why: XmlFault): never {
    this.fault = why;
    throw new SyntaxError(why);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (++this.#count > WORD_LIMITS.elements) this.refuse("too-long");
    if (this.#open.length + this.#passing > WORD_LIMITS.depth) this.refuse("too-deep");
    let scope = this.#scopes.at(-1) as Scope;
    if (this.#passing > 0 || PASSED_OVER.has(nameOf(name, scope.prefixes, scope.elements))) {
      this.#passing++;
      return;
    }
    const inner = declared(attributes, scope);
    if (inner) {
      this.#scopes.push((scope = inner));
      this.#scopeDepths.push(this.#open.length);
    }
    const node: OpenNode = {
      name: nameOf(name, scope.prefixes, scope.elements),
      attributes: attributesOf(attributes, scope),
      children: NO_CHILDREN,
      text: "",
    };
    if (node.name === "p" && ++this.#paragraphs > WORD_LIMITS.paragraphs) this.refuse("too-long");
    append(this.#open.at(-1), node);
    this.#open.push(node);
  }

  close(): void {
    if (this.#passing > 0) {
      this.#passing--;
      return;
    }
    const node = this.#open.pop();
    if (this.#scopeDepths.at(-1) === this.#open.length) {
      this.#scopes.pop();
      this.#scopeDepths.pop();
    }
    if (node?.name === "mc:AlternateContent") keepOneBranch(this.#open.at(-1), node);
  }

  write(text: string): void {
    const node = this.#open.at(-1);
    if (!node || this.#passing > 0 || !WITH_TEXT.has(node.name)) return;
    if ((this.#letters += text.length) > WORD_LIMITS.letters) this.refuse("too-long");
    node.text += text;
  }
}

/** Bytes that are decoded at once: the text of a large part never stands in memory whole. */
const PIECE = 1 << 16;

/** Office files are in UTF-8, or in UTF-16 with a mark. Errors: throws for other bytes. */
function* decode(bytes: Uint8Array): Generator<string> {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? "utf-16le"
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? "utf-16be"
        : "utf-8";
  const decoder = new TextDecoder(encoding, { fatal: true });
  for (let at = 0; at < bytes.length; at += PIECE)
    yield decoder.decode(bytes.subarray(at, at + PIECE), { stream: at + PIECE < bytes.length });
}

/** The scope inside an element that declares prefixes, null for all others. */
function declared(attributes: Readonly<Record<string, string>>, outer: Scope): Scope | null {
  let prefixes: Map<string, string> | null = null;
  for (const key in attributes) {
    if (!key.startsWith("xmlns") || (key.length > 5 && key[5] !== ":")) continue;
    prefixes ??= new Map(outer.prefixes);
    prefixes.set(key.slice(6), VOCABULARIES.get(attributes[key] ?? "") ?? "?");
  }
  return prefixes && { prefixes, elements: new Map(), attributes: new Map() };
}

function nameOf(
  written: string,
  prefixes: ReadonlyMap<string, string>,
  known: Map<string, string>,
): string {
  const found = known.get(written);
  if (found !== undefined) return found;
  const colon = written.indexOf(":");
  const vocabulary = prefixes.get(colon < 0 ? "" : written.slice(0, colon)) ?? "?";
  const name = vocabulary === "?" ? "?" : vocabulary + written.slice(colon + 1);
  known.set(written, name);
  return name;
}

function attributesOf(
  attributes: Readonly<Record<string, string>>,
  scope: Scope,
): ReadonlyMap<string, string> {
  let kept: Map<string, string> | null = null;
  for (const key in attributes) {
    // Marks of editing sessions are the greater part of Word's attributes, and say nothing about
    // the document.
    if (key.startsWith("w:rsid") || key.startsWith("xmlns")) continue;
    const name = key.includes(":") ? nameOf(key, scope.prefixes, scope.attributes) : key;
    if (name !== "?") (kept ??= new Map()).set(name, attributes[key] ?? "");
  }
  return kept ?? NO_ATTRIBUTES;
}

/**
 * The same content for newer and older programs stands twice: the newer is kept, in the place of
 * both.
 */
function keepOneBranch(parent: OpenNode | undefined, node: OpenNode): void {
  const branch =
    node.children.find(({ name }) => name === "mc:Choice") ??
    node.children.find(({ name }) => name === "mc:Fallback");
  parent?.children.pop();
  for (const child of branch?.children ?? []) append(parent, child);
}

function append(parent: OpenNode | undefined, child: OpenNode): void {
  if (parent?.children === NO_CHILDREN) parent.children = [child];
  else parent?.children.push(child);
}

export function childOf(node: XmlNode | null | undefined, name: string): XmlNode | undefined {
  return node?.children.find((child) => child.name === name);
}

export function childrenOf(node: XmlNode | null | undefined, name: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.name === name) ?? [];
}

/** The attribute “val” of a child, where nearly all properties stand. */
export function valueOf(node: XmlNode | null | undefined, name: string): string | null {
  return childOf(node, name)?.attributes.get("val") ?? null;
}

/** A whole number of a property, null when there is none, or nonsense. */
export function numberOf(text: string | null | undefined): number | null {
  return text !== null && text !== undefined && /^-?\d{1,10}$/u.test(text.trim())
    ? Number(text)
    : null;
}

/** Properties that are on or off are on when they are there without a value. */
export function isOn(node: XmlNode): boolean {
  return saysOn(node.attributes.get("val") ?? "on");
}

/** What an attribute that is on or off says; one that is not there is off. */
export function saysOn(value: string | undefined): boolean {
  return value !== undefined && !["0", "false", "off", "none"].includes(value);
}

/** Every element of this name inside, in order; what is inside a found one is not looked at. */
export function descendantsOf(
  node: XmlNode,
  name: string,
  found: XmlNode[] = [],
): readonly XmlNode[] {
  for (const child of node.children) {
    if (child.name === name) found.push(child);
    else descendantsOf(child, name, found);
  }
  return found;
}
