/** The encoding of SSH's keys and signatures (RFC 4251, section 5): what is cut short or too long throws. */

export class WireReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes);
  }

  /** @throws RangeError where fewer are left */
  take(length: number): Buffer {
    if (length > this.#bytes.length - this.#at) throw new RangeError("it is cut short");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number(): number {
    return this.take(4).readUInt32BE();
  }

  bytes(): Buffer {
    return this.take(this.number());
  }

  text(): string {
    return this.bytes().toString("latin1");
  }

  /** @throws RangeError where anything is left */
  end(): void {
    if (this.#at < this.#bytes.length) throw new RangeError("bytes follow its end");
  }
}

/** A string of the wire: its length, then its bytes. */
export function wireString(content: Uint8Array | string): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Bytes from base64 that has nothing but base64 in it, so that no two texts stand for the same bytes. */
export function strictBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, "base64");
  return bytes.length > 0 && bytes.toString("base64") === text ? bytes : undefined;
}
