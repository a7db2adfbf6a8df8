/** How much is taken from a server, whatever it sends. */
export interface Limits {
  /** Of one exchange, from the first packet to the last. */
  readonly exchangeMilliseconds: number;
  /** Of a body, as it came and as it is unpacked. */
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly redirects: number;
  /** Answers of 1xx before the answer. */
  readonly interim: number;
}

export const usualLimits: Limits = {
  exchangeMilliseconds: 10_000,
  bodyBytes: 5 * 1024 * 1024,
  headerBytes: 64 * 1024,
  redirects: 5,
  interim: 20,
};
