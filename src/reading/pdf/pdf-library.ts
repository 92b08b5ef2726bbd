import { hearLeftPromises } from "./left-promises.js";
import { PDF_LIMITS } from "./limits.js";
import { createPort } from "./port.js";

/**
 * What is used of pdf.js, no wider: the operators of a page in order, and the names of its fonts.
 */
export interface PdfFile {
  readonly pages: number;
  /** Null for a page with more operators than are allowed. */
  page(number: number): Promise<RawPage | null>;
  close(): Promise<void>;
}

export interface RawPage {
  /**
   * From the page's coordinates to points from the upper left corner, the page turned as it is
   * shown.
   */
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly operators: readonly string[];
  readonly operands: readonly unknown[];
  font(id: string): RawFont;
}

export interface RawFont {
  readonly name: string;
  readonly bold: boolean;
  readonly italic: boolean;
  /** Width units of one em; 0.001 but for fonts drawn by procedures (Type 3). */
  readonly scale: number;
}

/**
 * Open a PDF. Errors: "locked" when a password is needed, "broken" for whatever else pdf.js
 * refuses.
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfFile | "locked" | "broken"> {
  fillIn();
  hearLeftPromises();
  const library = await import("unpdf/pdfjs");
  const names: string[] = [];
  for (const [name, code] of Object.entries(library.OPS)) names[code] = name;
  // No thread of its own: both ends of pdf.js meet here.
  const port = createPort(PDF_LIMITS.operatorsOfPage);
  const { pdfjsWorker } = globalThis as {
    readonly pdfjsWorker?: {
      readonly WorkerMessageHandler: { initializeFromPort(port: unknown): void };
    };
  };
  const worker = new library.PDFWorker({ port: port as unknown as null, verbosity: 0 });
  pdfjsWorker?.WorkerMessageHandler.initializeFromPort(port);
  const task = library.getDocument({
    worker,
    // pdf.js keeps what it is given: a copy of its own.
    data: new Uint8Array(bytes),
    verbosity: 0,
    isEvalSupported: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    enableXfa: false,
    stopAtErrors: false,
    // Pictures are not looked at: none is unpacked.
    maxImageSize: 0,
  });
  try {
    const pdf = await task.promise;
    return {
      pages: pdf.numPages,
      page: async (number) => {
        port.startPage();
        const page = await pdf.getPage(number);
        const { transform, width, height } = page.getViewport({ scale: 1 });
        const list = await page.getOperatorList();
        if (port.isExhausted()) return null;
        const fonts = page.commonObjs;
        const local = page.objs;
        return {
          transform,
          width,
          height,
          operators: list.fnArray.map((code) => names[code] ?? ""),
          operands: list.argsArray,
          font: (id) =>
            readFont(fonts.has(id) ? fonts.get(id) : local.has(id) ? local.get(id) : null),
        };
      },
      close: async () => {
        await task.destroy();
        worker.destroy();
      },
    };
  } catch (error) {
    await task.destroy();
    worker.destroy();
    return error instanceof Error && error.name === "PasswordException" ? "locked" : "broken";
  }
}

function readFont(font: unknown): RawFont {
  const { name, bold, black, italic, fontMatrix } = (font ?? {}) as {
    readonly name?: unknown;
    readonly bold?: unknown;
    readonly black?: unknown;
    readonly italic?: unknown;
    readonly fontMatrix?: unknown;
  };
  const scale: unknown =
    Array.isArray(fontMatrix) ||
    fontMatrix instanceof Float64Array ||
    fontMatrix instanceof Float32Array
      ? fontMatrix[0]
      : undefined;
  return {
    name: typeof name === "string" ? name : "",
    bold: bold === true || black === true,
    italic: italic === true,
    scale: typeof scale === "number" && scale !== 0 ? Math.abs(scale) : 0.001,
  };
}

/** What pdf.js asks of JavaScript and Node.js 20 does not have yet. */
function fillIn(): void {
  const buffers: object = ArrayBuffer.prototype;
  if (!("transferToFixedLength" in buffers)) {
    Object.defineProperty(buffers, "transferToFixedLength", {
      configurable: true,
      writable: true,
      value(this: ArrayBuffer, length: number) {
        return this.slice(0, length);
      },
    });
  }
  if (!("parse" in URL)) {
    Object.defineProperty(URL, "parse", {
      configurable: true,
      writable: true,
      value(text: string, base?: string) {
        return URL.canParse(text, base) ? new URL(text, base) : null;
      },
    });
  }
}
