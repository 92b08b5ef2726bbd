/** Exit codes of the command: done, errors in the input, wrong use, our own mistake. */
export const EXIT = { done: 0, errors: 1, usage: 2, internal: 70 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Where the command writes: results and JSON to `out`, findings and progress to `err`. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal that can rewrite its last line. */
  readonly live: boolean;
}
