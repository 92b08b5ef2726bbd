import type { PlanPath } from "../base/diagnostic.js";

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What of an entry is meant: the name before the colon, or what stands after it. */
export type PlacedPart = "value" | "name";

/** Where each value of a plan stands in its file. */
export interface PlanSource {
  readonly file: string;
  /**
   * Place of a value or of its name; of the nearest value around it when it has none of its own.
   */
  locate(path: PlanPath, part?: PlacedPart): Position;
}

/** Places kept while YAML nodes become values: by printed path, offsets of value and of key. */
export class PlacedSource implements PlanSource {
  readonly #values = new Map<string, number>();
  readonly #keys = new Map<string, number>();

  constructor(
    readonly file: string,
    private readonly positionOf: (offset: number) => Position,
  ) {}

  place(path: PlanPath, value: number, key?: number): void {
    this.#values.set(path.join("\u0000"), value);
    if (key !== undefined) this.#keys.set(path.join("\u0000"), key);
  }

  locate(path: PlanPath, part: PlacedPart = "value"): Position {
    for (let length = path.length; length >= 0; length--) {
      const printed = path.slice(0, length).join("\u0000");
      const offset =
        (part === "name" && length === path.length ? this.#keys.get(printed) : undefined) ??
        this.#values.get(printed);
      if (offset !== undefined) return this.positionOf(offset);
    }
    return { line: 1, column: 1 };
  }
}
