import {
  Document,
  Header,
  type IStylesOptions,
  PageNumber,
  Packer,
  Paragraph,
  TextRun,
} from "docx";
import { strFromU8, unzipSync } from "fflate";
import type { Styles } from "../../document/styles.js";
import type { HeadingRole } from "../../document/tree.js";
import {
  DECREE_FONT,
  STYLED_ROLES,
  halfPoints,
  paragraphProperties,
  runProperties,
  styleId,
} from "./styles.js";

/**
 * Everything in a Word file that is the same for every document of one look: styles, headers,
 * settings, theme.
 */
export interface WordSkeleton {
  readonly parts: ReadonlyMap<string, string | Uint8Array>;
  /** The document part up to its body. */
  readonly head: string;
  /** References of a section to its headers: page number from the second page on. */
  readonly headers: string;
}

/** Looks of Heading 1 to 6, by role. */
export type HeadingRoles = readonly HeadingRole[];

/** Marks where the library puts the body; it never occurs in a document. */
const MARK = "kehoach-body";

/** Have the library write a document with no text in it. */
export async function buildSkeleton(styles: Styles, roles: HeadingRoles): Promise<WordSkeleton> {
  const parts = await unpack(emptyDocument(styles, roles));
  // The library's styles build on Word's default character style and leave it out.
  parts.set(
    "word/styles.xml",
    (parts.get("word/styles.xml") ?? "").replace(
      "</w:docDefaults>",
      `</w:docDefaults>${DEFAULT_CHARACTER_STYLE}`,
    ),
  );
  const whole = parts.get("word/document.xml") ?? "";
  const bodyAt = whole.indexOf("<w:body>") + "<w:body>".length;
  const headers = whole.match(/<w:headerReference[^>]*\/>/gu)?.join("") ?? "";
  parts.delete("word/document.xml");
  return { parts, head: whole.slice(0, bodyAt), headers };
}

async function unpack(document: Document): Promise<Map<string, string>> {
  const packed = new Uint8Array(await Packer.toArrayBuffer(document));
  return new Map(
    Object.entries(unzipSync(packed)).map(([name, bytes]) => [name, strFromU8(bytes)]),
  );
}

function emptyDocument(styles: Styles, roles: HeadingRoles): Document {
  return new Document({
    title: MARK,
    creator: "kehoach",
    lastModifiedBy: "kehoach",
    description: "",
    compatibility: { version: styles.compatibility },
    footnotes: {},
    styles: {
      default: {
        document: {
          run: {
            font: DECREE_FONT,
            size: halfPoints(styles.byRole.body.size),
            language: { value: "vi-VN", eastAsia: "vi-VN" },
          },
        },
        ...headingStyles(styles, roles),
      },
      paragraphStyles: STYLED_ROLES.map(([role, name]) => ({
        id: styleId(role),
        name,
        basedOn: "Normal",
        quickFormat: true,
        paragraph: paragraphProperties(styles.byRole[role]),
        run: runProperties(styles.byRole[role]),
      })),
    },
    sections: [
      {
        properties: { titlePage: true },
        headers: pageNumberHeaders(),
        children: [new Paragraph({ text: MARK })],
      },
    ],
  });
}

/** Word's own styles Heading 1 to 6. */
function headingStyles(
  { byRole }: Styles,
  roles: HeadingRoles,
): NonNullable<IStylesOptions["default"]> {
  return Object.fromEntries(
    roles.map((role, index) => [
      `heading${index + 1}`,
      {
        basedOn: "Normal",
        next: styleId("body"),
        quickFormat: true,
        paragraph: paragraphProperties(byRole[role]),
        run: { ...runProperties(byRole[role]), color: "000000" },
      },
    ]),
  );
}

/** The page number, which the first page does not show. */
function pageNumberHeaders(): { readonly first: Header; readonly default: Header } {
  const style = styleId("page-number");
  const number = new TextRun({ children: [PageNumber.CURRENT] });
  return {
    first: new Header({ children: [new Paragraph({ style })] }),
    default: new Header({ children: [new Paragraph({ style, children: [number] })] }),
  };
}

const DEFAULT_CHARACTER_STYLE =
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">' +
  '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/>' +
  "<w:unhideWhenUsed/></w:style>";

const built = new Map<string, Promise<WordSkeleton>>();

/** A key that distinguishes looks. */
export function skeletonKey(styles: Styles, roles: HeadingRoles): string {
  return JSON.stringify([styles.compatibility, roles, styles.byRole]);
}

/** The skeleton of a look: precomputed, remembered, or built now. */
export function skeletonFor(
  styles: Styles,
  roles: HeadingRoles,
  precomputed: ReadonlyMap<string, WordSkeleton>,
): Promise<WordSkeleton> {
  const key = skeletonKey(styles, roles);
  const skeleton = precomputed.get(key);
  if (skeleton) return Promise.resolve(skeleton);
  const remembered = built.get(key);
  if (remembered) return remembered;
  const promise = buildSkeleton(styles, roles);
  // A process that serves many offices remembers a few looks, not all there ever were.
  if (built.size >= MAX_REMEMBERED) built.clear();
  built.set(key, promise);
  return promise;
}

const MAX_REMEMBERED = 16;
