import { describe, expect, it } from "vitest";
import { issuersIn, relevant } from "../../../policies/effects/caa.ts";

// The examples of RFC 8659, 4.2 and 4.3.
describe("issuers", () => {
  it.each([
    [['0 issue "ca1.example.net"'], ["ca1.example.net"], ["ca1.example.net"]],
    [['0 issue "ca1.example.net; account=230123"'], ["ca1.example.net"], ["ca1.example.net"]],
    [['0 issue ";"'], [], []],
    [['0 issue "ca1.example.net"', '0 issuewild ";"'], ["ca1.example.net"], []],
    [['0 issuewild "ca2.example.org"'], [], ["ca2.example.org"]],
    [
      ['128 Issue "CA1.example.net"', '0 iodef "mailto:a@example.com"'],
      ["ca1.example.net"],
      ["ca1.example.net"],
    ],
  ])("of %j", (entries, names, wildcards) => {
    expect(issuersIn(entries)).toEqual({ names, wildcards });
  });
});

it("the nearest name counts", () => {
  const entries = new Map([
    ["example.com", ["a"]],
    ["www.example.com", ["b"]],
  ]);
  expect(relevant("www.example.com", entries)).toEqual(["b"]);
  expect(relevant("x.y.example.com", entries)).toEqual(["a"]);
  expect(relevant("example.org", entries)).toEqual([]);
});
