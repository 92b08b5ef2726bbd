import type { Face } from "./face.js";

/** Exports of the HarfBuzz subsetter that are called here. Pointers are numbers. */
interface HarfBuzz {
  readonly memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): number;
  free(pointer: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_length(blob: number): number;
  hb_blob_get_data(blob: number, length: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_unicode_set(input: number): number;
  hb_subset_or_fail(face: number, input: number): number;
}

/** Makes subsets of faces for Word files. Subsets for PDFs are simpler: see `subset-glyphs.ts`. */
export interface Subsetter {
  /**
   * For a Word file: these characters, with names, hinting and kerning, so that Word can type on.
   */
  byCharacters(face: Face, ranges: readonly (readonly [number, number])[]): Uint8Array;
}

const READ_ONLY_MEMORY = 1;
const instances = new WeakMap<Uint8Array, Promise<Subsetter>>();

/** Start the subsetter from its WebAssembly bytes; the same bytes are compiled once. */
export function openSubsetter(wasm: Uint8Array): Promise<Subsetter> {
  const known = instances.get(wasm);
  if (known) return known;
  const started = WebAssembly.instantiate(wasm as BufferSource, {}).then(({ instance }) => {
    const hb = instance.exports as unknown as HarfBuzz;
    hb._initialize();
    return subsetterOn(hb);
  });
  instances.set(wasm, started);
  return started;
}

function subsetterOn(hb: HarfBuzz): Subsetter {
  const loaded = new WeakMap<Face, number>();
  // A face stays loaded: the module is asked for it document after document.
  const load = (face: Face): number => {
    const known = loaded.get(face);
    if (known !== undefined) return known;
    const pointer = hb.malloc(face.bytes.length);
    new Uint8Array(hb.memory.buffer).set(face.bytes, pointer);
    const blob = hb.hb_blob_create(pointer, face.bytes.length, READ_ONLY_MEMORY, 0, 0);
    const created = hb.hb_face_create(blob, 0);
    hb.hb_blob_destroy(blob);
    loaded.set(face, created);
    return created;
  };
  const run = (face: Face, prepare: (input: number) => void): Uint8Array => {
    const input = hb.hb_subset_input_create_or_fail();
    prepare(input);
    const subset = hb.hb_subset_or_fail(load(face), input);
    hb.hb_subset_input_destroy(input);
    if (subset === 0) throw new Error(`subsetting ${face.file} failed`);
    const blob = hb.hb_face_reference_blob(subset);
    const start = hb.hb_blob_get_data(blob, 0);
    const bytes = new Uint8Array(hb.memory.buffer).slice(
      start,
      start + hb.hb_blob_get_length(blob),
    );
    hb.hb_blob_destroy(blob);
    hb.hb_face_destroy(subset);
    return bytes;
  };
  return {
    byCharacters: (face, ranges) =>
      run(face, (input) => {
        const set = hb.hb_subset_input_unicode_set(input);
        for (const [first, last] of ranges)
          for (let code = first; code <= last; code++) hb.hb_set_add(set, code);
      }),
  };
}
