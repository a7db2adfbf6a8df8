/** A handshake in one version of TLS, to see whether it is accepted and which certificates are shown. */
import { connect, type DetailedPeerCertificate, type SecureVersion } from "node:tls";
import type { Handshake } from "../../proofs/evidence/formats/site-probe/record.ts";
import type { Reach } from "./reach.ts";
import { codeOf, distrustOf } from "./request.ts";

/** Without this OpenSSL does not even try TLS 1.0 and 1.1, and that looks like a refusal. */
const everyCipher: Partial<Record<SecureVersion, string>> = {
  TLSv1: "DEFAULT@SECLEVEL=0",
  "TLSv1.1": "DEFAULT@SECLEVEL=0",
};

const longestChain = 10;

export function shake(host: string, version: Handshake["version"], reach: Reach): Promise<Handshake> {
  const ciphers = everyCipher[version];
  return new Promise((done) => {
    const end = (handshake: Omit<Handshake, "version">) => {
      clearTimeout(timer);
      socket.destroy();
      done({ version, ...handshake });
    };
    const fail = (failure: string) => end({ certificates: [], distrust: null, failure });
    const socket = connect({
      host: reach.address,
      port: reach.httpsPort,
      servername: host,
      minVersion: version,
      maxVersion: version,
      rejectUnauthorized: false,
      ...(ciphers && { ciphers }),
      ...(reach.ca && { ca: reach.ca }),
    });
    const timer = setTimeout(() => fail("ETIMEDOUT"), reach.milliseconds);
    socket.once("secureConnect", () => {
      const certificates = chainOf(socket.getPeerCertificate(true));
      if (certificates.length === 0) return fail("ERR_NO_CERTIFICATE");
      end({ certificates, distrust: socket.authorized ? null : distrustOf(socket), failure: null });
    });
    socket.once("error", (error) => fail(codeOf(error)));
    socket.once("close", () => fail("ECONNRESET"));
  });
}

/** In base64; an issuer of itself is the last. */
function chainOf(first: DetailedPeerCertificate): string[] {
  const chain: string[] = [];
  let next: DetailedPeerCertificate | undefined = first;
  while (next?.raw && chain.length < longestChain) {
    const der = next.raw.toString("base64");
    if (chain.includes(der)) break;
    chain.push(der);
    next = next.issuerCertificate;
  }
  return chain;
}
