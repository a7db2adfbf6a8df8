/** Whether answers about a name are signed: Node.js shows the flag AD to nobody, so the question is asked by hand. */

import { randomInt } from "node:crypto";
import { createSocket } from "node:dgram";
import { getServers } from "node:dns";
import { isIP } from "node:net";
import packet from "dns-packet";

const milliseconds = 2_000;

/** `valid`, `unsigned`, or why nobody knows. */
export async function signed(host: string, servers: readonly string[] = getServers()): Promise<string> {
  const [server] = servers;
  if (server === undefined) return "this machine has no name server to ask";
  const answer = await ask(server, "A", host);
  if (typeof answer === "string") return answer;
  if (answer.flag_ad) return "valid";
  const zone = await zoneOf(server, host);
  if (zone === undefined) return "whose zone the name is in nobody tells";
  const delegation = await ask(server, "DS", zone);
  if (typeof delegation === "string") return delegation;
  const keys = delegation.answers?.some(({ type }) => type === "DS");
  return keys ? "the zone is signed, and the resolver has not validated it: ask one that does" : "unsigned";
}

async function zoneOf(server: string, host: string): Promise<string | undefined> {
  const answer = await ask(server, "SOA", host);
  if (typeof answer === "string") return undefined;
  return [...(answer.answers ?? []), ...(answer.authorities ?? [])].find(({ type }) => type === "SOA")?.name;
}

type Asked = packet.DecodedPacket | string;

function ask(server: string, type: "A" | "SOA" | "DS", name: string): Promise<Asked> {
  const { host, port } = endpointOf(server);
  const id = randomInt(65_536);
  const question = packet.encode({
    type: "query",
    id,
    flags: packet.RECURSION_DESIRED | packet.AUTHENTIC_DATA,
    questions: [{ type, name }],
    additionals: [
      {
        type: "OPT",
        name: ".",
        udpPayloadSize: 1232,
        extendedRcode: 0,
        ednsVersion: 0,
        flags: packet.DNSSEC_OK,
        flag_do: true,
        options: [],
      },
    ],
  });
  return new Promise((done) => {
    const socket = createSocket(isIP(host) === 6 ? "udp6" : "udp4");
    const end = (result: Asked) => {
      clearTimeout(timer);
      socket.close();
      done(result);
    };
    const timer = setTimeout(() => end("no name server answers"), milliseconds);
    socket.on("error", () => end("no name server answers"));
    socket.on("message", (bytes) => {
      const answer = decoded(bytes);
      // Another's answer is nobody's.
      if (answer?.id === id) end(answer);
    });
    // Connected, so that nothing but the server's is taken.
    socket.connect(port, host, () => socket.send(question));
  });
}

function decoded(bytes: Buffer): packet.DecodedPacket | undefined {
  try {
    return packet.decode(bytes);
  } catch {
    return undefined;
  }
}

/** `127.0.0.1`, `127.0.0.1:5353`, `::1`, `[::1]:5353`. */
function endpointOf(server: string): { readonly host: string; readonly port: number } {
  const [, inner, host = server, port = "53"] = /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(server) ?? [];
  return { host: inner ?? host, port: Number(port) };
}
