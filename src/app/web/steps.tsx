import type { ReactNode } from "react";
import { BasesEditor } from "./bases-editor.js";
import { OutlineEditor } from "./outline-editor.js";
import { valueAt } from "../../plan/raw-data.js";
import { textAt } from "./text-at.js";
import { SchemaField } from "./schema-field.js";
import { useEditor, useSession } from "./session-context.js";
import { TablesEditor } from "./table-editor.js";
import { WORDS } from "./words.js";

/** The steps of a plan as an official thinks of them, and the parts of the data that each holds. */
const STEPS = {
  general: ["issuer", "symbol", "number", "date", "type", "subject", "attachedTo"],
  bases: ["bases", "proposal", "enactment", "documents"],
  figures: ["figures"],
  outline: ["body", "closing", "footnotes"],
  programme: ["programme"],
  tables: ["tables", "appendices", "appendixLabel"],
  end: ["recipients", "signature", "drafter"],
  form: ["header", "numbering", "profile"],
} as const;
export type Step = keyof typeof STEPS;
export const STEP_NAMES = Object.keys(STEPS) as readonly Step[];

/** The step that has the field of a path. */
export function stepOf(path: string): Step {
  const top = /^[a-zA-Z]+/u.exec(path)?.[0] ?? "";
  return STEP_NAMES.find((name) => (STEPS[name] as readonly string[]).includes(top)) ?? "general";
}

/** The form of a step. */
export function StepForm({ step }: { readonly step: Step }): ReactNode {
  const { schema } = useEditor();
  return (
    <div className="step">
      <h2>{WORDS.steps[step]}</h2>
      {STEPS[step].map((name) => {
        if (name === "body") return <OutlineEditor key={name} path={["body"]} />;
        if (name === "bases") return <BasesEditor key={name} />;
        if (name === "tables") return <TablesEditor key={name} />;
        if (name === "appendices") return <Appendices key={name} />;
        const inner = schema.properties?.[name] ?? {};
        return <SchemaField key={name} schema={inner} path={[name]} label={inner.title ?? name} />;
      })}
    </div>
  );
}

/** Appendices: what each is, and its outline. */
function Appendices(): ReactNode {
  const { schema } = useEditor();
  const appendices = useSession(({ data }) => valueAt(data, ["appendices"]));
  const inner = schema.properties?.["appendices"] ?? {};
  return (
    <>
      {Array.isArray(appendices) &&
        appendices.map((appendix: unknown, index) => (
          <section key={index} className="appendix">
            <h3>{textAt(appendix, ["title"]) || index + 1}</h3>
            <OutlineEditor path={["appendices", index, "body"]} />
          </section>
        ))}
      <details>
        <summary>{inner.title}</summary>
        <SchemaField schema={inner} path={["appendices"]} label={inner.title ?? ""} />
      </details>
    </>
  );
}
