/** A Sigstore of the tests' own: what it signs is verified offline, with its root. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { type Bundle, bundleToJSON, toDSSEBundle, toMessageSignatureBundle } from "@sigstore/bundle";
import { fulcioHandler, initializeCA, initializeCTLog, initializeTLog } from "@sigstore/mock";
import { HashAlgorithm, PublicKeyDetails, TransparencyLogEntry, TrustedRoot } from "@sigstore/protobuf-specs";
import { z } from "zod";

export const issuer = "https://token.actions.githubusercontent.com";
export const subject = "https://github.com/example/portal/.github/workflows/ci.yml@refs/heads/main";
/** The mock's root certificate counts from its making, which nothing can move; an hour is longer than any test waits. */
export const signedAt = new Date(Math.ceil(Date.now() / 60_000 + 60) * 60_000);

const sha256 = (content: Uint8Array) => createHash("sha256").update(content).digest();
const newPair = () => generateKeyPairSync("ec", { namedCurve: "P-256" });
/** What Rekor's mock answers: its types come from a package that is not there. */
const logged = z.object({
  body: z.string(),
  integratedTime: z.number(),
  logID: z.string(),
  logIndex: z.number(),
  verification: z.object({
    inclusionProof: z.object({
      checkpoint: z.string(),
      logIndex: z.number(),
      rootHash: z.string(),
      treeSize: z.number(),
    }),
    signedEntryTimestamp: z.string(),
  }),
});

/** A certificate authority, both logs and the root that trusts them. */
export async function sigstore() {
  const ctLog = await initializeCTLog(newPair(), signedAt);
  const ca = await initializeCA(newPair(), ctLog, signedAt);
  const tlog = await initializeTLog("https://rekor.sigstore.dev", newPair(), signedAt);
  const log = (publicKey: Buffer, keyId: Buffer) => ({
    baseUrl: "https://rekor.sigstore.dev",
    logId: { keyId },
    hashAlgorithm: HashAlgorithm.SHA2_256,
    publicKey: {
      rawBytes: publicKey,
      keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
      validFor: { start: new Date(0), end: undefined },
    },
    checkpointKeyId: undefined,
    operator: "",
  });
  const root = TrustedRoot.toJSON({
    mediaType: "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
    tlogs: [log(tlog.publicKey, sha256(tlog.publicKey))],
    ctlogs: [log(ctLog.publicKey, Buffer.from(ctLog.logID.buffer))],
    certificateAuthorities: [
      {
        subject: { commonName: "sigstore", organization: "sigstore.mock" },
        uri: "",
        certChain: { certificates: [{ rawBytes: Buffer.from(ca.rootCertificate.buffer) }] },
        validFor: { start: new Date(0), end: undefined },
        operator: "",
      },
    ],
    timestampAuthorities: [],
  });
  const trustedRoot = JSON.stringify(root);

  /** What a CI job signs that its platform vouches for. */
  async function bundleOf(content: Buffer, name = subject, kind: "message" | "envelope" = "message") {
    const { publicKey, privateKey } = newPair();
    const pem = publicKey.export({ format: "pem", type: "spki" }).toString();
    const token = [{}, { iss: issuer, sub: name }].map((p) =>
      Buffer.from(JSON.stringify(p)).toString("base64url"),
    );
    const request = {
      credentials: { oidcIdentityToken: `${token.join(".")}.` },
      publicKeyRequest: { publicKey: { content: pem } },
    };
    const { response } = await fulcioHandler(ca).fn(JSON.stringify(request));
    const { chain } = JSON.parse(String(response)).signedCertificateEmbeddedSct;
    const certificate = Buffer.from(chain.certificates[0].replaceAll(/-----.*-----|\s/g, ""), "base64");
    const type = "application/vnd.in-toto+json";
    const toSign =
      kind === "message"
        ? content
        : Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${content.length} `), content]);
    const signature = sign("sha256", toSign, privateKey);
    const bundle: Bundle =
      kind === "message"
        ? toMessageSignatureBundle({ digest: sha256(content), signature, certificate })
        : toDSSEBundle({ artifact: content, artifactType: type, signature, certificate });
    const entry =
      kind === "message"
        ? hashedRecord(sha256(content), signature, toPem(certificate))
        : envelopeRecord(sha256(content), signature, toPem(certificate));
    const { verification, ...of } = logged.parse(Object.values(await tlog.log(entry))[0]);
    const { inclusionProof: proof, signedEntryTimestamp } = verification;
    const withEntry = {
      ...bundle,
      verificationMaterial: {
        ...bundle.verificationMaterial,
        tlogEntries: [
          TransparencyLogEntry.fromJSON({
            logIndex: of.logIndex,
            logId: { keyId: Buffer.from(of.logID, "hex").toString("base64") },
            kindVersion: { kind: entry.kind, version: entry.apiVersion },
            integratedTime: of.integratedTime,
            inclusionPromise: { signedEntryTimestamp },
            inclusionProof: {
              logIndex: proof.logIndex,
              rootHash: Buffer.from(proof.rootHash, "hex").toString("base64"),
              treeSize: proof.treeSize,
              hashes: [],
              checkpoint: { envelope: proof.checkpoint },
            },
            canonicalizedBody: of.body,
          }),
        ],
      },
    };
    return JSON.stringify(bundleToJSON(withEntry as Bundle));
  }
  return { trustedRoot, bundleOf };
}

function toPem(certificate: Buffer): string {
  const pem = `-----BEGIN CERTIFICATE-----\n${certificate.toString("base64")}\n-----END CERTIFICATE-----\n`;
  return Buffer.from(pem).toString("base64");
}

function hashedRecord(digest: Buffer, signature: Buffer, certificate: string) {
  const spec = {
    data: { hash: { algorithm: "sha256", value: digest.toString("hex") } },
    signature: { content: signature.toString("base64"), publicKey: { content: certificate } },
  };
  return { kind: "hashedrekord", apiVersion: "0.0.1", spec };
}

function envelopeRecord(digest: Buffer, signature: Buffer, verifier: string) {
  const spec = {
    payloadHash: { algorithm: "sha256", value: digest.toString("hex") },
    signatures: [{ signature: signature.toString("base64"), verifier }],
  };
  return { kind: "dsse", apiVersion: "0.0.1", spec };
}
