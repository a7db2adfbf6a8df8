/** Which addresses a name has, and which of them no page of the public web may lead to. */
import { ADDRCONFIG } from "node:dns";
import { lookup } from "node:dns/promises";
import { BlockList, connect, isIP } from "node:net";

export interface Address {
  readonly address: string;
  readonly family: 4 | 6;
}

/** RFC 6890 and its like: this machine, its network, and what stands for neither. */
const ofNobody = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  ofNobody.addSubnet(net, prefix, "ipv4");
}
for (const [net, prefix] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const) {
  ofNobody.addSubnet(net, prefix, "ipv6");
}

export function isPrivate(address: string): boolean {
  const family = isIP(address);
  // IPv4 within IPv6 is that IPv4: BlockList sees through the usual form.
  return family === 0 || ofNobody.check(address, family === 6 ? "ipv6" : "ipv4");
}

export function isLoopback(address: string): boolean {
  return address === "::1" || address.startsWith("127.");
}

/** Of a name or an address, as this machine finds them; none where the name leads nowhere. */
export async function addressesOf(hostname: string): Promise<readonly Address[]> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const found = await lookup(host, { all: true, hints: isIP(host) ? 0 : ADDRCONFIG }).catch(() => []);
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

/** Whether somebody listens there; else the code of why not. */
export function connects({ address }: Address, port: number, milliseconds: number): Promise<true | string> {
  return new Promise((done) => {
    const socket = connect({ host: address, port });
    const end = (result: true | string) => {
      clearTimeout(timer);
      socket.destroy();
      done(result);
    };
    const timer = setTimeout(() => end("SILENT"), milliseconds);
    socket.once("connect", () => end(true));
    socket.once("error", (error) => end(String(Object(error).code)));
  });
}
