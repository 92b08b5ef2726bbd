import { type PDFContext, type PDFDict, PDFName, type PDFRef } from "pdf-lib";
import type { Deflate } from "../../base/deflate.js";
import type { Attachment } from "../../carried/attachments.js";
import { addPacked, asciiString, textString } from "./objects.js";

/**
 * Put files into a PDF as associated files of the document.
 *
 * Source: ISO 32000-1, 7.11.4; ISO 19005-3, 6.8 (type, relationship and both names of each file).
 */
export function attachFiles(
  context: PDFContext,
  catalog: PDFDict,
  attachments: readonly Attachment[],
  deflate: Deflate,
): void {
  const asciiName = (name: string): string =>
    /^[\u0020-\u007e]*$/u.test(name)
      ? name
      : `${attachments.findIndex((one) => one.name === name) + 1}${/\.\w+$/u.exec(name)?.[0] ?? ""}`;
  const rows = [...attachments]
    .sort((a, b) => (asciiName(a.name) < asciiName(b.name) ? -1 : 1))
    .map((attachment): readonly [string, PDFRef] => {
      const stream = addPacked(context, deflate.zlib(attachment.bytes), {
        Type: "EmbeddedFile",
        Subtype: attachment.mimeType,
      });
      const dict = context.lookup(stream) as unknown as { readonly dict: PDFDict };
      dict.dict.set(PDFName.of("Params"), context.obj({ Size: attachment.bytes.length }));
      return [
        asciiName(attachment.name),
        context.register(
          context.obj({
            Type: "Filespec",
            F: asciiString(asciiName(attachment.name)),
            UF: textString(attachment.name),
            Desc: textString(attachment.description),
            AFRelationship: attachment.relationship,
            EF: { F: stream, UF: stream },
          }),
        ),
      ];
    });
  catalog.set(PDFName.of("AF"), context.obj(rows.map(([, ref]) => ref)));
  catalog.set(
    PDFName.of("Names"),
    context.obj({
      EmbeddedFiles: { Names: rows.flatMap(([name, ref]) => [asciiString(name), ref]) },
    }),
  );
}
