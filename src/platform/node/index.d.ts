/**
 * The platform of the core: what Node.js, browsers and workers all have, and nothing else.
 * Libraries that ask for the types of Node.js get this file when the core is checked (`tsc -p
 * src`), so a core file that touches `process`, `Buffer`, `document` or `node:fs` does not compile.
 */

declare class TextEncoder {
  encode(text?: string): Uint8Array<ArrayBuffer>;
}

declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(bytes?: Uint8Array, options?: { readonly stream?: boolean }): string;
}

declare function atob(base64: string): string;
declare function btoa(binary: string): string;
declare function structuredClone<T>(value: T, options?: StructuredSerializeOptions): T;
interface StructuredSerializeOptions {
  readonly transfer?: readonly Transferable[];
}
declare function queueMicrotask(callback: () => void): void;
declare function setTimeout(callback: () => void, milliseconds?: number): unknown;

type Transferable = ArrayBuffer;
type BufferSource = ArrayBuffer | ArrayBufferView;

declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  static canParse(url: string, base?: string): boolean;
}

declare class AbortSignal {
  readonly aborted: boolean;
  addEventListener(name: "abort", listener: () => void): void;
}

declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function instantiate(
    bytes: BufferSource,
    imports: Readonly<Record<string, never>>,
  ): Promise<{ readonly instance: Instance }>;
}
