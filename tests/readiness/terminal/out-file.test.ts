import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { pairOutputs } from "../../../readiness/check/destinations.ts";
import { assertOutput, fileBehind, writeNew, writeWhole } from "../../../readiness/terminal/out-file.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "out-"));
  file = join(folder, "report.txt");
});

const modeOf = (path: string) => statSync(path).mode & 0o7777;

describe("writeWhole", () => {
  it.each([0o600, 0o644, 0o664, 0o755])("keeps the mode %o of what was there", (mode) => {
    writeFileSync(file, "before");
    chmodSync(file, mode);
    writeWhole(file, "after");
    expect(readFileSync(file, "utf8")).toBe("after");
    expect(modeOf(file)).toBe(mode);
    expect(readdirSync(folder)).toEqual(["report.txt"]);
  });

  it("leaves another name of the old file as it was", () => {
    writeFileSync(file, "before");
    linkSync(file, join(folder, "other"));
    writeWhole(file, "after");
    expect(readFileSync(join(folder, "other"), "utf8")).toBe("before");
  });

  it("writes behind a link, which stays", () => {
    mkdirSync(join(folder, "real"));
    writeFileSync(join(folder, "real/target"), "before");
    symlinkSync("real/target", file);
    writeWhole(file, "after");
    expect(readlinkSync(file)).toBe("real/target");
    expect(readFileSync(join(folder, "real/target"), "utf8")).toBe("after");
    expect(readdirSync(join(folder, "real"))).toEqual(["target"]);
  });

  it("refuses a link that leads nowhere, before any work", () => {
    symlinkSync("nowhere", file);
    for (const write of [() => assertOutput(file), () => writeWhole(file, "x")]) {
      expect(write).toThrow("is a symbolic link that leads nowhere");
    }
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
  });

  it("is not led astray by whoever knows the process", () => {
    const precious = join(folder, "precious");
    writeFileSync(precious, "precious");
    symlinkSync(precious, `${file}.${process.pid}.tmp`);
    writeWhole(file, "report");
    expect(readFileSync(precious, "utf8")).toBe("precious");
  });

  it("leaves nothing behind where it fails", () => {
    mkdirSync(file);
    expect(() => writeWhole(file, "x")).toThrow("is a folder");
    expect(() => writeNew(file, "x")).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(readdirSync(folder)).toEqual(["report.txt"]);
  });

  it("takes a name as long as a file system does", () => {
    writeWhole(join(folder, "x".repeat(255)), "report");
    expect(readdirSync(folder)).toEqual(["x".repeat(255)]);
  });
});

describe("writeNew", () => {
  it("writes once", () => {
    writeNew(file, "first");
    expect(() => writeNew(file, "second")).toThrow(expect.objectContaining({ code: "EEXIST" }));
    expect(readFileSync(file, "utf8")).toBe("first");
    expect(readdirSync(folder)).toEqual(["report.txt"]);
  });
});

describe("two reports for one file", () => {
  it.each(["a", "./a", "x/../a", "link"])("%s is a", (spelling) => {
    mkdirSync(join(folder, "x"));
    writeFileSync(join(folder, "a"), "");
    symlinkSync("a", join(folder, "link"));
    const out = `${folder}/${spelling}`;
    expect(fileBehind(out)).toBe(fileBehind(join(folder, "a")));
    const options = [
      { out: `${folder}/a` },
      { format: "json" as const },
      { out },
      { format: "html" as const },
    ];
    expect(() => pairOutputs(options)).toThrow("two reports cannot both go to");
  });

  it("names a file that is not there yet by its folder", () => {
    symlinkSync(folder, join(folder, "self"));
    expect(fileBehind(join(folder, "self/self/new"))).toBe(fileBehind(join(folder, "new")));
    expect(() => pairOutputs([{ out: "a" }, { format: "json" }, { out: "./a" }])).toThrow("go to ./a");
  });
});
