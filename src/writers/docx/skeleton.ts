import { Document, Header, PageNumber, Packer, Paragraph, TextRun } from "docx";
import { strFromU8, unzipSync } from "fflate";
import type { Styles } from "../../document/styles.js";
import type { HeadingRole } from "../../document/tree.js";
import {
  DECREE_FONT,
  STYLE_NAMES,
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

/** Marks where the library put the body; it never stands in a document. */
const MARK = "kehoach-body";

/** Have the library write a document with no text in it. */
export async function buildSkeleton(styles: Styles, roles: HeadingRoles): Promise<WordSkeleton> {
  const headings = Object.fromEntries(
    roles.map((role, index) => {
      const style = styles.byRole[role];
      return [
        `heading${index + 1}`,
        {
          basedOn: "Normal",
          next: styleId("body"),
          quickFormat: true,
          paragraph: paragraphProperties(style),
          run: { ...runProperties(style), color: "000000" },
        },
      ];
    }),
  );
  const document = new Document({
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
        ...headings,
      },
      paragraphStyles: Object.entries(STYLE_NAMES).map(([role, name]) => {
        const style = styles.byRole[role as keyof Styles["byRole"]];
        return {
          id: styleId(role),
          name,
          basedOn: "Normal",
          quickFormat: true,
          paragraph: paragraphProperties(style),
          run: runProperties(style),
        };
      }),
    },
    sections: [
      {
        properties: { titlePage: true },
        headers: {
          first: new Header({ children: [new Paragraph({ style: styleId("page-number") })] }),
          default: new Header({
            children: [
              new Paragraph({
                style: styleId("page-number"),
                children: [new TextRun({ children: [PageNumber.CURRENT] })],
              }),
            ],
          }),
        },
        children: [new Paragraph({ text: MARK })],
      },
    ],
  });
  const parts = new Map(
    Object.entries(unzipSync(new Uint8Array(await Packer.toArrayBuffer(document)))).map(
      ([name, bytes]) => [name, strFromU8(bytes)],
    ),
  );
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

const DEFAULT_CHARACTER_STYLE =
  '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>';

const known = new Map<string, Promise<WordSkeleton>>();

/** What tells one look from another. */
export function skeletonKey(styles: Styles, roles: HeadingRoles): string {
  return JSON.stringify([styles.compatibility, roles, styles.byRole]);
}

/** The skeleton of a look: made ahead, remembered, or made now. */
export function skeletonFor(
  styles: Styles,
  roles: HeadingRoles,
  ahead: ReadonlyMap<string, WordSkeleton>,
): Promise<WordSkeleton> {
  const key = skeletonKey(styles, roles);
  const made = ahead.get(key);
  if (made) return Promise.resolve(made);
  const found = known.get(key);
  if (found) return found;
  const promise = buildSkeleton(styles, roles);
  // A process that serves many offices remembers a few looks, not all there ever were.
  if (known.size >= 16) known.clear();
  known.set(key, promise);
  return promise;
}
