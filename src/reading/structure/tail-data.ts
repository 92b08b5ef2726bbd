import type { SourceParagraph } from "../source-text.js";
import type { Data, DataObject } from "./data.js";
import { readLabel } from "./labels.js";
import { planMarkup } from "./markup.js";
import type { Tail } from "./tail.js";

/** Closing, recipients, drafter and signature as plan data, and the lines that are none of it. */
export function tailData({ closing, recipients, drafter, signature }: Tail): {
  readonly data: DataObject;
  readonly others: readonly SourceParagraph[];
} {
  const signed = signatureData(signature);
  return {
    data: {
      ...(closing === null
        ? {}
        : {
            closing: planMarkup({ paragraph: closing, from: 0, to: closing.text.length }).replace(
              /\s*\.?\s?\/?\s?\.?\s*$/u,
              "",
            ),
          }),
      ...(recipients.length === 0
        ? {}
        : { recipients: recipients.map(({ text }) => recipientData(text)) }),
      ...(drafter === null ? {} : { drafter: drafter.text }),
      ...(signed.signature === null ? {} : { signature: signed.signature }),
    },
    others: signed.others,
  };
}

function recipientData(line: string): Data {
  const label = readLabel(line);
  const text = (
    label !== null && label.marker === "-" ? line.slice(label.end) : line.replace(/^[-–]\s*/u, "")
  ).replace(/[\s;.,]+$/u, "");
  const file = /^Lưu\s*:?\s*(.*?)(?:\s*\((\d{1,3})\s*b(?:ản)?\))?$/u.exec(text);
  if (file && (file[1] ?? "") !== "") {
    const places = (file[1] ?? "")
      .split(/[,;]\s*/u)
      .map((one) => one.trim())
      .filter((one) => one !== "");
    return { file: places, ...(file[2] === undefined ? {} : { copies: Number(file[2]) }) };
  }
  const purpose = /^(.*\S)\s*\(([\p{Ll}]\/[\p{Ll}]|để [^()]{2,40})\)$/u.exec(text);
  return purpose ? { name: purpose[1] ?? "", for: purpose[2] ?? "" } : text;
}

/** Offices, then the name. "(Đã ký)" says that a hand has signed; a plan does not print it. */
function signatureData(lines: readonly SourceParagraph[]): {
  readonly signature: DataObject | null;
  readonly others: readonly SourceParagraph[];
} {
  const isSign = ({ text }: SourceParagraph): boolean =>
    /^\(?\s*(?:đã ký|ký tên|ký số|ký và|ký, |chữ ký)/iu.test(text) || /^[.…_\s]+$/u.test(text);
  const shown = lines.filter((line) => !isSign(line)).map(({ text }) => text);
  const others = lines.filter(isSign);
  if (shown.length === 0) return { signature: null, others };
  const name = shown.findIndex((text) => /\p{Ll}/u.test(text));
  const heads = name < 0 ? shown : shown.slice(0, name);
  return {
    signature: {
      lines: heads.length > 0 ? heads.slice(0, 6) : ["…"],
      ...(name < 0 ? {} : { name: shown.slice(name).join(" ") }),
    },
    others,
  };
}
