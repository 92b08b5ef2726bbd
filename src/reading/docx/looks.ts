import { type XmlNode, childOf, isOn, numberOf, valueOf } from "./xml-tree.js";

/** What a run, or a style, says of letters; null where it says nothing. */
export interface RunLook {
  readonly bold: boolean | null;
  readonly italic: boolean | null;
  readonly caps: boolean | null;
  readonly hidden: boolean | null;
  readonly font: string | null;
}

/** What a paragraph, or a style, says of the whole paragraph; null where it says nothing. */
export interface ParagraphLook {
  readonly align: string | null;
  /** From 0, as Word counts; 9 is body text. */
  readonly outline: number | null;
  /** Null: nothing is said; "0": numbering of the style is taken away. */
  readonly list: string | null;
  readonly level: number | null;
}

export const NO_RUN_LOOK: RunLook = {
  bold: null,
  italic: null,
  caps: null,
  hidden: null,
  font: null,
};
export const NO_PARAGRAPH_LOOK: ParagraphLook = {
  align: null,
  outline: null,
  list: null,
  level: null,
};

export function readRunLook(properties: XmlNode | null | undefined): RunLook {
  if (!properties || properties.children.length === 0) return NO_RUN_LOOK;
  const onOff = (name: string): boolean | null => {
    const node = childOf(properties, name);
    return node ? isOn(node) : null;
  };
  const fonts = childOf(properties, "rFonts")?.attributes;
  // Letters beyond ASCII, all that old encodings are about, stand in the font “hAnsi”. A theme's
  // font goes before a named one.
  const themed = fonts?.has("hAnsiTheme") || fonts?.has("asciiTheme");
  return {
    bold: onOff("b"),
    italic: onOff("i"),
    caps: onOff("caps"),
    hidden: onOff("vanish"),
    font: themed ? "" : (fonts?.get("hAnsi") ?? fonts?.get("ascii") ?? null),
  };
}

export function readParagraphLook(properties: XmlNode | null | undefined): ParagraphLook {
  if (!properties || properties.children.length === 0) return NO_PARAGRAPH_LOOK;
  const numbering = childOf(properties, "numPr");
  return {
    align: valueOf(properties, "jc"),
    outline: numberOf(valueOf(properties, "outlineLvl")),
    list: valueOf(numbering, "numId"),
    level: numberOf(valueOf(numbering, "ilvl")),
  };
}

/** What the upper says, and where it says nothing, the lower. */
export function over<T extends object>(upper: T, lower: T): T {
  if (saysNothing(upper)) return lower;
  if (saysNothing(lower)) return upper;
  const said = Object.entries(upper).filter(([, value]) => value !== null);
  return { ...lower, ...Object.fromEntries(said) };
}

function saysNothing(look: object): boolean {
  return look === NO_RUN_LOOK || look === NO_PARAGRAPH_LOOK;
}

/**
 * Letters as they are shown. A property that is on or off in a run holds; styles switch: bold
 * letters in a bold paragraph style are not bold.
 *
 * Source: ISO/IEC 29500-1, 17.7.3 (toggle properties).
 */
export function showRun(own: RunLook, styles: readonly RunLook[], defaults: RunLook): RunLook {
  const toggle = (name: "bold" | "italic" | "caps" | "hidden"): boolean =>
    own[name] ??
    (defaults[name] === true || styles.filter((style) => style[name]).length % 2 === 1);
  const font = own.font ?? styles.find((style) => style.font !== null)?.font ?? defaults.font;
  return {
    bold: toggle("bold"),
    italic: toggle("italic"),
    caps: toggle("caps"),
    hidden: toggle("hidden"),
    font,
  };
}
