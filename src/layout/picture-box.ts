import { type LocalizedText, both } from "../base/diagnostic.js";
import { type Twip, mmFromTwips, twipsFromInches } from "../base/units.js";
import { labelInlines } from "../document/runs.js";
import type { PictureBlock } from "../document/tree.js";
import { type Picture, USUAL_DENSITY } from "../pictures/picture.js";
import type { LayoutContext } from "./context.js";
import { linePieces } from "./inline/line-pieces.js";
import type { Box, Piece } from "./pages/box.js";
import { heightOf } from "./pages/box.js";
import type { PictureSize } from "./pages/page.js";
import { problemAt } from "./problem-at.js";

/**
 * A picture in the middle of its column, with its caption under it: never parted by a page's end.
 * It has its natural size, made smaller where it does not fit, or the width that is asked for.
 * Errors: a width that is asked for and does not fit.
 */
export function pictureBox(block: PictureBlock, column: Twip, context: LayoutContext): Box {
  const style = context.styles.pictureCaption;
  const { before } = context.styles.byRole.body;
  const figure = context.elements.add("Figure", context.parent, block.origin, { alt: block.alt });
  const caption = captionPieces(block, column, figure, context);
  const gap = caption.length > 0 ? style.before : 0;
  const room = { width: column, height: context.pageHeight - heightOf(caption) - gap };
  const size = sizeOf(block, room, context);
  context.placePicture(block, size);
  const { width, height } = size;
  const picture: Piece = {
    height: height + gap,
    items: [
      {
        kind: "picture",
        file: block.file,
        x: (column - width) / 2,
        y: 0,
        width,
        height,
        tag: { kind: "content", element: figure },
        origin: block.origin,
      },
    ],
    notes: [],
  };
  return {
    before,
    after: caption.length > 0 ? style.after : 0,
    pieces: [picture, ...caption],
    keepWithNext: false,
    breaking: "whole",
    fragmentation: null,
  };
}

function captionPieces(
  { caption, origin }: PictureBlock,
  width: Twip,
  figure: number,
  context: LayoutContext,
): Piece[] {
  if (caption === null) return [];
  const { inlines } = caption;
  return linePieces(
    { lead: labelInlines(caption), inlines, origin },
    {
      style: context.styles.pictureCaption,
      column: { left: 0, width },
      element: context.elements.add("Caption", figure, origin),
    },
    context,
  );
}

function sizeOf(block: PictureBlock, room: PictureSize, context: LayoutContext): PictureSize {
  const picture = context.pictures.get(block.file);
  if (picture === undefined) throw new Error(`the picture ${block.file} was not read`);
  const ratio = picture.height / picture.width;
  const widest = Math.min(room.width, room.height / ratio);
  const wanted = block.width ?? Math.min(naturalWidth(picture), widest);
  if (wanted > widest)
    context.report(problemAt(block.origin, "picture-too-large", tooWide(widest)));
  // Whole twips: Word and the PDF share one size.
  const width = Math.floor(Math.min(wanted, widest));
  return { width, height: Math.round(width * ratio) };
}

function naturalWidth({ width, density }: Picture): Twip {
  return twipsFromInches(width / (density ?? USUAL_DENSITY));
}

function tooWide(widest: Twip): {
  readonly message: LocalizedText;
  readonly hint: LocalizedText;
  readonly file: string;
} {
  const most = Math.floor(mmFromTwips(widest));
  return {
    message: both(
      "ảnh rộng hoặc cao quá trang giấy",
      "the picture is wider or higher than the page",
    ),
    hint: both(
      `ghi width: ${most} trở xuống, hoặc bỏ width`,
      `give it width: ${most} or less, or remove width`,
    ),
    file: "picture.hbs",
  };
}
