import type { Twip } from "../base/units.js";
import type { TableGrid } from "../document/table-layout.js";
import type { Block, Table } from "../document/tree.js";
import type { ElementList } from "./elements.js";
import type { Box } from "./pages/box.js";
import type { StructureElement } from "./pages/page.js";
import type { Report } from "./problem-at.js";

/** A box, and all that it was made from besides its block. */
interface KeptBox {
  readonly box: Box;
  readonly width: Twip;
  readonly parent: number;
  readonly element: number | null;
  /** Number of the first structure element that it added. */
  readonly first: number;
  readonly added: readonly StructureElement[];
  readonly grid: TableGrid | null;
}

/** What a box is made from besides its block and the context. */
export interface BoxPlace {
  readonly width: Twip;
  /** Structure element of its text, where it is an item of a list. */
  readonly element: number | null;
  readonly grid: TableGrid | null;
}

/** What of a context decides whether a box is the same. */
interface Around {
  readonly elements: ElementList;
  readonly parent: number;
  readonly report: Report;
}

/**
 * Boxes of one document from one version to the next: a block that is the same object, at the same
 * place among the structure elements, has the same box. For documents of one profile, in one set of
 * fonts.
 */
export class KeptBoxes {
  readonly #boxes = new WeakMap<Block, KeptBox>();
  readonly #grids = new WeakMap<Table, { readonly width: Twip; readonly grid: TableGrid }>();

  grid(table: Table, width: Twip, make: () => TableGrid): TableGrid {
    const known = this.#grids.get(table);
    if (known?.width === width) return known.grid;
    const grid = make();
    this.#grids.set(table, { width, grid });
    return grid;
  }

  /** The box of a block: as it was, or made. One with findings is made each time, and told. */
  box<Context extends Around>(
    block: Block,
    { width, element, grid }: BoxPlace,
    context: Context,
    make: (context: Context) => Box,
  ): Box {
    const { elements, parent } = context;
    const first = elements.list.length;
    const known = this.#boxes.get(block);
    if (
      known?.first === first &&
      known.width === width &&
      known.parent === parent &&
      known.element === element &&
      known.grid === grid
    ) {
      elements.list.push(...known.added);
      return known.box;
    }
    let faults = 0;
    const box = make({
      ...context,
      report: (problem) => {
        faults++;
        context.report(problem);
      },
    });
    const added = elements.list.slice(first);
    if (faults === 0) this.#boxes.set(block, { box, width, parent, element, first, added, grid });
    return box;
  }
}
