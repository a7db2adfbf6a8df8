/** A name server on loopback that answers as a test says. */
import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import packet from "dns-packet";

type Record = packet.Answer;
export type Zone = (
  type: string,
  name: string,
) =>
  | {
      readonly code?: "NXDOMAIN" | "SERVFAIL" | "REFUSED";
      readonly records?: readonly Record[];
      readonly validated?: boolean;
    }
  | undefined;

const codes = { NOERROR: 0, SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

/** @param zone nothing where it stays silent */
export async function nameServer(zone: Zone): Promise<{ readonly address: string; close(): void }> {
  const socket = createSocket("udp4");
  socket.on("message", (bytes, from) => {
    const query = packet.decode(bytes);
    const [question] = query.questions ?? [];
    if (!question) return;
    const answer = zone(question.type, question.name.toLowerCase());
    if (answer === undefined) return;
    const flags =
      codes[answer.code ?? "NOERROR"] |
      packet.RECURSION_DESIRED |
      packet.RECURSION_AVAILABLE |
      (answer.validated ? packet.AUTHENTIC_DATA : 0);
    const response = packet.encode({
      type: "response",
      id: query.id ?? 0,
      flags,
      questions: [question],
      answers: [...(answer.records ?? [])],
    });
    socket.send(response, from.port, from.address);
  });
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  const { port } = socket.address() as AddressInfo;
  return { address: `127.0.0.1:${port}`, close: () => socket.close() };
}
