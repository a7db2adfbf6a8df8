/** A statement is worth what its raw files say, and they are where they belong. */
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { good } from "./measures.ts";
import { build, type Case, edited, expectRefusal, refusal } from "./refusal.ts";
import { earlier, portalCommit, Shelf } from "./shelf.ts";

const cases: readonly Case[] = [
  [
    "a raw file that was altered",
    () => build({ alter: edited("npm run", "yarn run") }),
    "its raw file results/1.json was altered",
  ],
  [
    "a raw file that is gone",
    () => {
      const shelf = build({});
      rmSync(join(shelf.directory, "portal", portalCommit, "raw"), { recursive: true });
      return shelf;
    },
    "its raw file results/1.json is missing",
  ],
  [
    "a raw file of another size",
    () => build({ run: (run) => ({ ...run, files: run.files.map((f) => ({ ...f, bytes: f.bytes + 1 })) }) }),
    "its raw file results/1.json was altered",
  ],
  [
    "a raw file that is a link",
    () => {
      const shelf = build({});
      const raw = join(shelf.directory, "portal", portalCommit, "raw");
      const [name = ""] = readdirSync(raw);
      renameSync(join(raw, name), join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), join(raw, name));
      return shelf;
    },
    /results\/1\.json: portal\/.* is a symbolic link, must be the file itself$/,
  ],
  [
    "a statement that is a link",
    () => {
      const shelf = new Shelf();
      const path = shelf.put("PRE-03", { measures: [good.command] });
      renameSync(path, join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), path);
      return shelf;
    },
    /is a symbolic link/,
  ],
  [
    "a folder that is a link",
    () => {
      const shelf = build({});
      renameSync(join(shelf.directory, "portal"), join(shelf.directory, "elsewhere"));
      symlinkSync(join(shelf.directory, "elsewhere"), join(shelf.directory, "portal"));
      return shelf;
    },
    "portal is a symbolic link, must be the file itself",
  ],
  [
    "a folder in place of a statement",
    () => {
      const shelf = build({});
      mkdirSync(join(shelf.directory, "portal", portalCommit, "PRE-03.x.20260302T083000000Z.json"));
      return shelf;
    },
    "it is no file",
  ],
  ...["../../secrets.json", "/etc/passwd", "a\\..\\b"].map(
    (path) =>
      [
        `a raw file called ${path}`,
        () => build({ run: (run) => ({ ...run, files: run.files.map((f) => ({ ...f, path })) }) }),
        /must be a relative path without \.\./,
      ] as const,
  ),
  [
    "a digest that is a way out",
    () => build({ edit: edited(/"sha256": "[0-9a-f]{64}"/, '"sha256": "../../x"') }),
    /must be a SHA-256/,
  ],
  [
    "a summary that is not what the raw file says",
    () => build({ run: (run) => ({ ...run, summary: { ...good.command, seconds: 1 } }) }),
    "its summary is not what its raw file results/1.json says",
  ],
  [
    "a raw file of another commit",
    () => build({ reading: { commit: "c".repeat(40) } }),
    /its raw file .* is of commit c{40}$/,
  ],
  [
    "a format that there is not",
    () => build({ run: (run) => ({ ...run, format: "magic" }) }),
    'there is no format "magic"',
  ],
  [
    "another exit code than the raw file's",
    () => build({ run: (run) => ({ ...run, exitCode: 3 }) }),
    "its raw file results/1.json ended with 0, and not with 3",
  ],
  [
    "the same raw file twice",
    () => build({ measures: [good.command, good.command], reading: { startedAt: earlier } }),
    /has the same content as another raw file/,
  ],
];

describe("refused", () => {
  it.each(cases)("%s", async (_, shelf, observed) => {
    await expectRefusal(shelf(), observed);
  });

  it("a format that throws is a broken one", async () => {
    const read = () => {
      throw new Error("no\nidea");
    };
    const formats = new Map([["plain", { name: "plain", kind: "tests", made: "", read } as const]]);
    expect((await refusal(build({}), { formats }))?.observed).toBe(
      "results/1.json: the format plain cannot read it (no idea)",
    );
  });
});
