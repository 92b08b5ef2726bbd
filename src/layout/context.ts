import type { Twip } from "../base/units.js";
import type { Styles } from "../document/styles.js";
import type { TableGrid } from "../document/table-layout.js";
import type { PictureBlock, Table } from "../document/tree.js";
import type { Picture } from "../pictures/picture.js";
import type { Family } from "../typeface/family.js";
import type { ElementList } from "./elements.js";
import type { KeptBoxes } from "./kept-boxes.js";
import type { PictureSize } from "./pages/page.js";
import type { Report } from "./problem-at.js";

/** Everything that measuring blocks depends on. */
export interface LayoutContext {
  readonly styles: Styles;
  readonly family: Family;
  readonly elements: ElementList;
  /** Structure element that the blocks belong to. */
  readonly parent: number;
  /** Height of the text block of the section's pages. */
  readonly pageHeight: Twip;
  /** Geometry of all tables of the section. */
  readonly grids: ReadonlyMap<Table, TableGrid>;
  /** Pictures by the names the document gives them. */
  readonly pictures: ReadonlyMap<string, Picture>;
  /** Takes the size that a picture came to have. */
  readonly placePicture: (block: PictureBlock, size: PictureSize) => void;
  /** Boxes of an earlier version of the document; null where nothing is kept. */
  readonly kept: KeptBoxes | null;
  readonly report: Report;
}
