import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";

/** A Typst compiler that knows the product's fonts. */
export function openTypst() {
  return NodeCompiler.create({
    fontArgs: [{ fontPaths: [fileURLToPath(new URL("../../fonts", import.meta.url))] }],
  });
}

/** Typeset a source: pages, and the PDF's bytes. A source with mistakes ends the benchmark. */
export function typeset(compiler, source) {
  const compiled = compiler.compile({ mainFileContent: source });
  if (compiled.hasError()) {
    compiled.printErrors();
    throw new Error("Typst refused its source");
  }
  return { pages: compiled.result.numOfPages, pdf: compiler.pdf(compiled.result) };
}
