import { type ReactNode, useEffect, useId, useState } from "react";
import { isRecord, valueAt } from "../../plan/raw-data.js";
import { api } from "./api.js";
import { plainParagraph } from "./pasted-blocks.js";
import { SchemaField } from "./schema-field.js";
import { useEditor, useSession } from "./session-context.js";
import { WORDS } from "./words.js";

/** Legal bases: typed or pasted as sentences, or taken from earlier plans. */
export function BasesEditor(): ReactNode {
  const { schema } = useEditor();
  const inner = schema.properties?.["bases"] ?? {};
  return (
    <>
      <QuickBasis />
      <SchemaField schema={inner} path={["bases"]} label={inner.title ?? ""} />
    </>
  );
}

function QuickBasis(): ReactNode {
  const { session } = useEditor();
  const id = useId();
  const count = useSession(({ data }) => {
    const bases = valueAt(data, ["bases"]);
    return Array.isArray(bases) ? bases.length : 0;
  });
  const [sentence, setSentence] = useState("");
  const found = useCitedBefore(sentence);
  const put = (bases: readonly unknown[]): void => {
    if (!Array.isArray(valueAt(session.read().data, ["bases"])))
      session.apply([{ kind: "set", path: ["bases"], value: bases }]);
    else
      session.apply(
        bases.map((value, index) => ({
          kind: "insert" as const,
          path: ["bases", count + index],
          value,
        })),
      );
    setSentence("");
  };
  const read = async (): Promise<void> => {
    const lines = sentence
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .map((line) => (/^(?:Căn cứ|Thực hiện|Theo)\s/u.test(line) ? line : `Căn cứ ${line}`));
    const { bases } = await api.paste(lines.map(plainParagraph));
    if (bases.length > 0) put(bases);
  };
  return (
    <div className="quick-basis">
      <label htmlFor={id}>{WORDS.basisSentence}</label>
      <textarea
        id={id}
        rows={2}
        value={sentence}
        onChange={({ target }) => setSentence(target.value)}
      />
      <button type="button" disabled={sentence.trim() === ""} onClick={() => void read()}>
        {WORDS.addBasis}
      </button>
      {found.length > 0 && (
        <ul aria-label={WORDS.citedBefore}>
          {found.map((basis, index) => (
            <li key={index}>
              <button type="button" onClick={() => put([basis])}>
                {basisWords(basis)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Bases of earlier plans that have the words: from three letters on. */
function useCitedBefore(words: string): readonly unknown[] {
  const [found, setFound] = useState<readonly unknown[]>([]);
  useEffect(() => {
    if (words.trim().length < 3 || words.length > 60) {
      setFound([]);
      return undefined;
    }
    const timer = setTimeout(() => void api.bases(words).then(setFound), 150);
    return () => clearTimeout(timer);
  }, [words]);
  return found;
}

function basisWords(basis: unknown): string {
  if (!isRecord(basis)) return typeof basis === "string" ? basis : "";
  return ["type", "name", "symbol", "date", "issuer", "about", "text"]
    .map((name) => basis[name])
    .filter((part) => typeof part === "string")
    .join(" ");
}
