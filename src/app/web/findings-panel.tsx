import type { ReactNode } from "react";
import { type Diagnostic, printPath } from "../../base/diagnostic.js";
import { useSession } from "./session-context.js";
import { LANGUAGE, WORDS } from "./words.js";

/** All that a check says of the plan as it is, each leading to its field. */
export function FindingsPanel({ onPick }: { readonly onPick: (path: string) => void }): ReactNode {
  const findings = useSession(({ preview }) => preview?.findings ?? NONE);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  return (
    <section className="findings" aria-label={WORDS.findings}>
      <p role="status">
        {findings.length === 0
          ? WORDS.nothingFound
          : `${errors} ${WORDS.errors}, ${findings.length - errors} ${WORDS.warnings}`}
      </p>
      <ul>
        {findings.slice(0, 200).map((finding, index) => (
          <Finding key={index} finding={finding} onPick={onPick} />
        ))}
      </ul>
    </section>
  );
}

const NONE: readonly Diagnostic[] = [];

function Finding({
  finding: { severity, at, message, hint },
  onPick,
}: {
  readonly finding: Diagnostic;
  readonly onPick: (path: string) => void;
}): ReactNode {
  const path = at.in === "plan" ? printPath(at.path) : (at.path ?? null);
  return (
    <li className={severity}>
      <button type="button" disabled={path === null} onClick={() => path !== null && onPick(path)}>
        <span className="said">{message[LANGUAGE]}</span>
        {hint !== undefined && <span className="hint">{hint[LANGUAGE]}</span>}
      </button>
    </li>
  );
}
