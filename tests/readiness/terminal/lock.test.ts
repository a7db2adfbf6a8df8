import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../../../readiness/errors.ts";
import { alone } from "../../../readiness/terminal/lock.ts";
import { isGone, thisProcess } from "../../../readiness/terminal/owner.ts";
import { temporaryIn } from "../../../readiness/terminal/temporary.ts";

let folder: string;
let path: string;
const lock = () => join(folder, ".waivers.yaml.lock");
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-"));
  path = join(folder, "waivers.yaml");
});

const own = thisProcess();
/** Nobody has this number: Linux gives none above. */
const gone = { ...own, pid: 2 ** 22 + 1 };
const since = "2026-11-25T22:00:00.000Z";
const leave = (holder: object) =>
  writeFileSync(lock(), JSON.stringify({ command: "waiver --sign 2", since, ...holder }));

describe("a lock", () => {
  it("is there while the work is done, says whose it is, and is gone with it", async () => {
    const found = await alone(path, "release --stack prod", async () =>
      JSON.parse(readFileSync(lock(), "utf8")),
    );
    expect(found).toEqual({
      ...own,
      command: "release --stack prod",
      since: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is gone with work that fails", async () => {
    await expect(alone(path, "x", () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps out who comes meanwhile, and stays", async () => {
    await alone(path, "waiver --sign 1", async () => {
      const second = alone(path, "waiver --sign 2", async () => {});
      const message = `${path} is being changed by waiver --sign 1, process ${process.pid} on ${hostname()} since `;
      await expect(second).rejects.toThrow(message);
      await expect(second).rejects.toBeInstanceOf(UsageError);
      expect(readdirSync(folder)).toEqual([".waivers.yaml.lock"]);
    });
  });

  it.each([
    ["a process that is gone", gone],
    ["an earlier process with the number of one that is there", { ...own, start: "1" }],
  ])("of %s keeps nobody out", async (_, holder) => {
    leave(holder);
    expect(await alone(path, "x", async () => "done")).toBe("done");
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      "another host, of which nothing is known here",
      JSON.stringify({ ...gone, host: "elsewhere", command: "x", since }),
    ],
    ["who does not say who it is", "{}"],
    ["nobody, empty as it is", ""],
  ])("of %s keeps others out, and is named", async (_, text) => {
    writeFileSync(lock(), text);
    await expect(alone(path, "x", async () => {})).rejects.toThrow(`if that is over, remove ${lock()}`);
    expect(readFileSync(lock(), "utf8")).toBe(text);
  });

  it("that cannot be made is told", async () => {
    await expect(alone(join(folder, "missing/x"), "x", async () => {})).rejects.toThrow(UsageError);
  });
});

it("knows this process, and that another with its number is none", () => {
  expect([own, gone, { ...own, start: "1" }].map(isGone)).toEqual([false, true, true]);
});

it("removes the copies of processes that are gone, and no others", () => {
  const names = [own, gone, { ...gone, host: "elsewhere" }].map(
    ({ host, pid, start }) => `.${host}.${pid}.${start}.01234567-89ab-cdef-0123-456789abcdef.tmp`,
  );
  for (const name of [...names, ".other.tmp", "a.tmp"]) writeFileSync(join(folder, name), "");
  expect(temporaryIn(folder)).not.toBe(temporaryIn(folder));
  expect(readdirSync(folder).sort()).toEqual([names[0], names[2], ".other.tmp", "a.tmp"].sort());
});
