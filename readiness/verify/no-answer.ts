/** Why there was no answer, in words that follow what was asked; none of them the server's. */
/** There was no answer that counts. */
export interface NoAnswer {
  /** Follows the name of what was asked. */
  readonly failure: string;
  /** Such as `ECONNRESET`. */
  readonly code: string;
}

const words: Readonly<Record<string, string>> = {
  INTERIM: "answers with 1xx again and again",
  UPGRADED: "answers by switching to another protocol",
  ENCODING: "answers in an encoding that nobody asked for",
  BYTES: "answers with more than 5 MB",
  ECONNREFUSED: "refuses connections",
  EHOSTUNREACH: "cannot be reached",
  ENETUNREACH: "cannot be reached: this machine has no way there",
  EADDRNOTAVAIL: "cannot be reached: this machine has no such address",
  EPIPE: "closes the connection without an answer",
  HPE_HEADER_OVERFLOW: "answers with headers beyond 64 KB",
  HPE_INVALID_CONSTANT: "answers with something else than HTTP",
  HPE_INVALID_VERSION: "answers in a version of HTTP that there is not",
  HPE_INVALID_STATUS: "answers with a status that there is not",
  HPE_INVALID_HEADER_TOKEN: "answers with characters that no header may have",
  HPE_INVALID_CHUNK_SIZE: "answers with broken chunks",
  HPE_UNEXPECTED_CONTENT_LENGTH: "answers with two lengths of one body",
  HPE_INVALID_CONTENT_LENGTH: "answers with a length that is none",
  HPE_INVALID_TRANSFER_ENCODING: "answers with a transfer encoding that is none",
  HPE_CLOSED_CONNECTION: "answers with more than one answer",
  Z_DATA_ERROR: "answers with a body that cannot be unpacked",
  Z_BUF_ERROR: "answers with a body that ends in the middle",
  ERR_STREAM_PREMATURE_CLOSE: "breaks its answer off",
  ERR_BROTLI_DECODER_ERROR: "answers with a body that cannot be unpacked",
  ERR_SSL_WRONG_VERSION_NUMBER: "does not speak TLS",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "does not speak TLS",
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: "speaks no HTTP/1.1",
  ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION: "speaks none of the versions of TLS that are in use",
};

/**
 * @param patience what was waited for, in milliseconds
 * @param answered whether an answer had begun
 */
export function noAnswer(code: string, message: string, patience: number, answered = false): NoAnswer {
  const seconds = Math.round(patience / 100) / 10;
  if (code === "SILENT" || code === "ETIMEDOUT")
    return { code, failure: `gave no answer within ${seconds} s` };
  if (code === "LATE") return { code, failure: `gave no whole answer within ${seconds} s` };
  if (code === "ECONNRESET") {
    return { code, failure: answered ? "breaks its answer off" : "closes the connection without an answer" };
  }
  // OpenSSL says why in the message alone.
  const reason =
    code === "EPROTO" ? /:SSL routines:[^:]*:([a-z0-9 _/]{1,60})/i.exec(message)?.[1] : undefined;
  if (reason !== undefined || code.startsWith("ERR_SSL_")) {
    return { code, failure: words[code] ?? `ends the handshake of TLS: ${reason ?? code}` };
  }
  if (/^(ERR_|__ERROR)_?.*(BROTLI|FORMAT_)/.test(code)) return { code, failure: words["Z_DATA_ERROR"] ?? "" };
  if (Object.hasOwn(words, code)) return { code, failure: words[code] ?? "" };
  return {
    code,
    failure: code.startsWith("HPE_")
      ? "answers with broken HTTP"
      : `cannot be asked (${code.slice(0, 60) || "no reason told"})`,
  };
}
