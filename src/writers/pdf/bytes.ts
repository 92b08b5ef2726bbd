/**
 * Grows a run of bytes: text as Latin-1, and strings of two-byte glyph numbers as PDF writes them.
 */
export class ByteBuilder {
  #bytes = new Uint8Array(1 << 14);
  #length = 0;

  /** Text of characters below 256. */
  text(text: string): this {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index++)
      this.#bytes[this.#length++] = text.charCodeAt(index);
    return this;
  }

  get length(): number {
    return this.#length;
  }

  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /**
   * The two bytes of a glyph number inside a string "( … )": the four characters with a meaning
   * there are escaped.
   */
  glyph(id: number): this {
    this.#reserve(4);
    this.#escaped(id >> 8);
    this.#escaped(id & 0xff);
    return this;
  }

  #escaped(byte: number): void {
    // ( ) and \ are escaped by a backslash; a bare carriage return would be read as a line feed.
    if (byte === 0x28 || byte === 0x29 || byte === 0x5c) this.#bytes[this.#length++] = 0x5c;
    if (byte === 0x0d) {
      this.#bytes[this.#length++] = 0x5c;
      this.#bytes[this.#length++] = 0x72;
    } else this.#bytes[this.#length++] = byte;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }

  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
