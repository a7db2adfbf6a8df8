/** The declared edge as a site on this machine: TLS for its names, and what the browser complains of. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answer, type Call, plain, says } from "./call.ts";

export interface Site {
  readonly port: number;
  close(): void;
}

/** @param answer what is said to a request, whatever its host */
export async function serveSite(answer: (call: Call) => Promise<Answer>): Promise<Site> {
  const server = createServer(selfSigned(), listenerOf(answer));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { port, close };
}

export function listenerOf(answer: (call: Call) => Promise<Answer>): RequestListener {
  return async (request, response) => {
    const { method = "GET", url: path = "/", headers, socket } = request;
    const body = Buffer.concat(await request.toArray());
    const call = { secure: true, method, host: headers.host ?? "", path, headers: plain(headers), body };
    const said = await answer({ ...call, address: socket.remoteAddress ?? "" }).catch((error) =>
      says(500, String(error)),
    );
    response.writeHead(said.status, said.headers as Record<string, string>).end(said.body);
  };
}

function selfSigned(): { key: Buffer; cert: Buffer } {
  const folder = mkdtempSync(join(tmpdir(), "edge-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = ["-subj", "/CN=portal.example.com", "-addext", "subjectAltName=DNS:portal.example.com"];
  const args = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert];
  execFileSync("openssl", ["req", "-x509", ...args, ...subject], { stdio: "pipe" });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}
