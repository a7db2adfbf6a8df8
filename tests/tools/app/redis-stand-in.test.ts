import { describe, expect, it } from "vitest";
import { answer, read } from "../../../tools/app/redis-stand-in.ts";

const sent = (...parts: readonly string[]) =>
  `*${parts.length}\r\n${parts.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`).join("")}`;

describe("what a client sends", () => {
  it("is read whole, several at once, with what is not ASCII", () => {
    const text = sent("SET", "name", "Zoë\r\n") + sent("GET", "name");
    expect(read(text)).toEqual({
      commands: [
        ["SET", "name", "Zoë\r\n"],
        ["GET", "name"],
      ],
      rest: "",
    });
  });

  it("is waited for where it comes in parts", () => {
    const text = sent("SET", "name", "value");
    for (let cut = 0; cut < text.length; cut++) {
      expect(read(text.slice(0, cut))).toEqual({ commands: [], rest: text.slice(0, cut) });
    }
  });
});

describe("the stand-in answers as Redis does", () => {
  it("of values and how long they live", () => {
    const entries = new Map();
    const at = (now: number, ...command: string[]) => answer(entries, command, now);
    expect(at(0, "GET", "k")).toBe("$-1\r\n");
    expect(at(0, "SET", "k", "1", "EX", "10", "NX")).toBe("+OK\r\n");
    expect(at(0, "SET", "k", "2", "EX", "10", "NX")).toBe("$-1\r\n");
    expect(at(9_999, "INCR", "k")).toBe(":2\r\n");
    expect(at(9_999, "GET", "k")).toBe("$1\r\n2\r\n");
    expect(at(10_001, "GET", "k")).toBe("$-1\r\n");
    expect(at(10_001, "INCR", "k")).toBe(":1\r\n");
    expect(at(10_001, "DEL", "k")).toBe(":1\r\n");
    expect(at(10_001, "DEL", "k")).toBe(":0\r\n");
  });

  it("of itself that it is none", () => {
    expect(answer(new Map(), ["INFO", "server"], 0)).toContain("server_name:stand-in-for-redis");
  });

  it("of what it does not know", () => {
    expect(answer(new Map(), ["EVAL\r\n+OK"], 0)).toBe("-ERR unknown command 'EVAL  +OK'\r\n");
  });
});
