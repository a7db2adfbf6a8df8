/**
 * Stands in for Redis where a machine has none: the commands that examples/app uses, in memory, and a name that tells
 * it apart in the app's health. For looking around, and for nothing that is measured.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import type { Service } from "./child.ts";

interface Entry {
  readonly value: string;
  readonly until: number;
}

const standInName = "stand-in-for-redis";

export async function startStandIn(): Promise<Service> {
  const entries = new Map<string, Entry>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = "";
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      const { commands, rest } = read(waiting + text);
      waiting = rest;
      for (const command of commands) socket.write(answer(entries, command, Date.now()));
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    name: "a stand-in for Redis",
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Whole commands of a text in Redis' protocol (RESP), and what is left. Lengths are bytes, keys and values here ASCII. */
export function read(text: string): { readonly commands: readonly string[][]; readonly rest: string } {
  const commands: string[][] = [];
  let from = 0;
  for (;;) {
    const parsed = one(text, from);
    if (!parsed) return { commands, rest: text.slice(from) };
    commands.push(parsed.command);
    from = parsed.end;
  }
}

function one(text: string, start: number): { readonly command: string[]; readonly end: number } | undefined {
  const bytes = Buffer.from(text.slice(start));
  const lineEnd = (at: number) => bytes.indexOf("\r\n", at);
  let end = lineEnd(0);
  if (end < 0) return undefined;
  const parts = Number(bytes.toString("utf8", 1, end));
  const command: string[] = [];
  let at = end + 2;
  for (let part = 0; part < parts; part++) {
    end = lineEnd(at);
    if (end < 0) return undefined;
    const length = Number(bytes.toString("utf8", at + 1, end));
    at = end + 2;
    if (bytes.length < at + length + 2) return undefined;
    command.push(bytes.toString("utf8", at, at + length));
    at += length + 2;
  }
  return { command, end: start + bytes.toString("utf8", 0, at).length };
}

const text = (value: string) => `$${Buffer.byteLength(value)}\r\n${value}\r\n`;
const nothing = "$-1\r\n";

/** What Redis would answer. */
export function answer(entries: Map<string, Entry>, command: readonly string[], now: number): string {
  const [name = "", key = "", value = "", ...options] = command;
  const found = entries.get(key);
  const live = found && found.until > now ? found : undefined;
  switch (name.toUpperCase()) {
    case "PING":
      return "+PONG\r\n";
    case "INFO":
      return text(`# Server\r\nserver_name:${standInName}\r\n`);
    case "GET":
      return live ? text(live.value) : nothing;
    case "SET": {
      const given = options.map((option) => option.toUpperCase());
      if (given.includes("NX") && live) return nothing;
      const seconds = Number(options[given.indexOf("EX") + 1]);
      entries.set(key, {
        value,
        until: given.includes("EX") ? now + seconds * 1000 : Number.POSITIVE_INFINITY,
      });
      return "+OK\r\n";
    }
    case "INCR": {
      const next = Number(live?.value ?? 0) + 1;
      entries.set(key, { value: String(next), until: live?.until ?? Number.POSITIVE_INFINITY });
      return `:${next}\r\n`;
    }
    case "DEL":
      return `:${Number(entries.delete(key) && live !== undefined)}\r\n`;
    case "CLIENT":
    case "SELECT":
    case "AUTH":
      return "+OK\r\n";
    default:
      return `-ERR unknown command '${name.replace(/[\r\n]/g, " ")}'\r\n`;
  }
}
