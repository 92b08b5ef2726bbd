import { type ClipboardEvent, type KeyboardEvent, type ReactNode, useId } from "react";
import { type PlanPath, printPath } from "../../base/diagnostic.js";
import { cleanTyped } from "../../base/text.js";
import { useEditor } from "./session-context.js";

interface TextFieldProps {
  readonly path: PlanPath;
  readonly value: string;
  /** Said beside the field, or to screen readers alone. */
  readonly label: string;
  readonly labelled: "beside" | "aloud";
  /** What stands there while the field is empty. */
  readonly usual?: string;
  readonly onPasted?: (event: ClipboardEvent<HTMLTextAreaElement>) => void;
  readonly onKeys?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
}

/**
 * A field for a text of the plan. The plan holds the text from the same event on: nothing comes
 * back late into a field that somebody types in.
 */
export function TextField({
  path,
  value,
  label,
  labelled,
  usual,
  onPasted,
  onKeys,
}: TextFieldProps): ReactNode {
  const { session } = useEditor();
  const id = useId();
  return (
    <div className="field">
      {labelled === "beside" && <label htmlFor={id}>{label}</label>}
      <textarea
        id={id}
        rows={1}
        value={value}
        placeholder={usual}
        data-path={printPath(path)}
        {...(labelled === "aloud" ? { "aria-label": label } : {})}
        spellCheck={false}
        onPaste={onPasted}
        onChange={({ target }) =>
          session.apply([{ kind: "set", path, value: cleanTyped(target.value) }])
        }
        onKeyDown={(event) => {
          if (!event.nativeEvent.isComposing && event.keyCode !== 229) onKeys?.(event);
        }}
      />
    </div>
  );
}
