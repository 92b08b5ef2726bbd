import { type Twip, twipsFromMm } from "../base/units.js";
import type { Block } from "../document/tree.js";
import type { ElementList } from "./elements.js";
import type { FieldItem } from "./pages/page.js";

/** Sizes of what fills the fields: a picture of a signature, and a seal in its true size. */
const SIGNATURE = { width: twipsFromMm(50), height: twipsFromMm(22) } as const;
const SEAL = twipsFromMm(36);

/**
 * Places for digital signatures in the room that a block leaves above itself: the signer's centred
 * between office and name, the agency's seal over its left third.
 *
 * Source: Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II, khoản 7 điểm d (signer), khoản 8 điểm
 * a (agency).
 */
export function signatureFields(
  block: Block,
  room: { readonly left: Twip; readonly top: Twip; readonly width: Twip; readonly height: Twip },
  elements: ElementList,
  parent: number,
): FieldItem[] {
  if (!isSigned(block)) return [];
  const height = Math.min(SIGNATURE.height, room.height);
  const x = room.left + (room.width - SIGNATURE.width) / 2;
  const middle = room.top + room.height / 2;
  const element = (): number => elements.add("Form", parent, block.origin);
  return [
    {
      kind: "field",
      name: "NguoiKy",
      description: "Chữ ký số của người ký",
      x,
      y: middle - height / 2,
      width: SIGNATURE.width,
      height,
      element: element(),
    },
    {
      kind: "field",
      name: "CoQuan",
      description: "Chữ ký số, con dấu của cơ quan",
      x: x + SIGNATURE.width / 3 - SEAL,
      y: middle - SEAL / 2,
      width: SEAL,
      height: SEAL,
      element: element(),
    },
  ];
}

/** Whether the signature goes above this block. */
function isSigned(block: Block): boolean {
  return (
    block.kind === "paragraph" &&
    (block.role === "signature-name" || block.role === "signature-office")
  );
}
