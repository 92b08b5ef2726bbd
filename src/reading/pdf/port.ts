/** The two ends of pdf.js, reader and worker, joined in one thread. */
export interface Port {
  postMessage(message: unknown, transfer?: readonly Transferable[]): void;
  addEventListener(
    name: string,
    listener: Listener,
    options?: { readonly signal?: AbortSignal } | null,
  ): void;
  removeEventListener(name: string, listener: Listener): void;
  /** Count anew. */
  startPage(): void;
  /** The page had more operators than are allowed, and was broken off. */
  isExhausted(): boolean;
}

type Listener = (event: { readonly data: unknown }) => void;

/**
 * A port that counts the operators that pass and stops a page that has too many, whatever repeats
 * inside it. Operators are handed over without being copied through and through, as a message
 * between threads would be.
 */
export function createPort(mostOperators: number): Port {
  const listeners = new Set<Listener>();
  let operators = 0;
  return {
    postMessage: (message, transfer) => {
      const chunk = operatorsIn(message);
      operators += chunk?.fnArray.length ?? 0;
      // Thrown into pdf.js, it ends what is being read, however deep inside; the last message of a
      // page must pass, or pdf.js waits for it.
      if (operators > mostOperators && chunk && chunk.lastChunk !== true)
        throw new Error("too many operators");
      // The sender empties its lists afterwards.
      const data: unknown = chunk
        ? {
            ...(message as object),
            chunk: { ...chunk, fnArray: [...chunk.fnArray], argsArray: [...chunk.argsArray] },
          }
        : structuredClone(message, transfer ? { transfer: [...transfer] } : undefined);
      queueMicrotask(() => {
        for (const listener of [...listeners]) listener({ data });
      });
    },
    addEventListener: (_name, listener, options) => {
      listeners.add(listener);
      options?.signal?.addEventListener("abort", () => listeners.delete(listener));
    },
    removeEventListener: (_name, listener) => {
      listeners.delete(listener);
    },
    startPage: () => {
      operators = 0;
    },
    isExhausted: () => operators > mostOperators,
  };
}

interface Chunk {
  readonly fnArray: readonly unknown[];
  readonly argsArray: readonly unknown[];
  readonly lastChunk?: unknown;
}

function operatorsIn(message: unknown): Chunk | null {
  const { chunk } = (message ?? {}) as { readonly chunk?: Partial<Chunk> | null };
  return Array.isArray(chunk?.fnArray) && Array.isArray(chunk.argsArray) ? (chunk as Chunk) : null;
}
