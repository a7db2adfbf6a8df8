/** Migrations: what a database has, beside the files that there are. */
import { describe, expect, it } from "vitest";
import { drizzle } from "../../../../../readiness/proofs/evidence/formats/migrations/drizzle.ts";
import { flywayInfo } from "../../../../../readiness/proofs/evidence/formats/migrations/flyway-info.ts";
import { nodePgMigrate } from "../../../../../readiness/proofs/evidence/formats/migrations/node-pg-migrate.ts";
import { prisma } from "../../../../../readiness/proofs/evidence/formats/migrations/prisma.ts";
import type { Format } from "../../../../../readiness/proofs/evidence/reading.ts";
import { altered, fixture, measureOf, problemOf, rawOf, reading } from "./support.ts";

type State = readonly [name: string, applied: string[], pending: string[], wrong: string[]];
const prismas = ["20260101000000_orders", "20260103000000_total"];
const cases: readonly { format: Format; folder: string; states: readonly State[] }[] = [
  {
    format: drizzle,
    folder: "drizzle",
    states: [
      ["good", ["0000_orders", "0001_total"], [], []],
      ["none-applied", [], ["0000_orders", "0001_total"], []],
      ["pending", ["0000_orders", "0001_total"], ["0002_paid"], []],
      ["edited", ["0000_orders", "0001_total"], [], ["0000_orders: edited since"]],
      ["file-missing", ["0000_orders", "0001_total"], [], ["0001_total: missing file"]],
      ["reordered", ["0000_orders", "0001_total"], ["0001_note"], ["0001_note: out of order"]],
      ["applied-elsewhere", ["0000_orders", "b8989ce64363"], [], ["b8989ce64363: missing in the journal"]],
    ],
  },
  {
    format: nodePgMigrate,
    folder: "node-pg-migrate",
    states: [
      ["good", ["1700000000000_orders", "1700000002000_total"], [], []],
      ["pending", ["1700000000000_orders", "1700000002000_total"], ["1700000003000_paid"], []],
      [
        "reordered",
        ["1700000000000_orders", "1700000002000_total"],
        ["1700000001000_note"],
        ["1700000001000_note: out of order"],
      ],
      [
        "file-missing",
        ["1700000000000_orders", "1700000002000_total"],
        [],
        ["1700000000000_orders: missing file"],
      ],
    ],
  },
  {
    format: flywayInfo,
    folder: "flyway",
    states: [
      ["good", ["V1__orders", "V3__total"], [], []],
      ["none-applied", [], ["V1__orders", "V3__total"], []],
      ["pending", ["V1__orders", "V3__total"], ["V4__paid"], []],
      ["reordered", ["V1__orders", "V3__total"], ["V2__note"], ["V2__note: out of order"]],
      ["out-of-order", ["V1__orders", "V3__total", "V2__note"], [], ["V2__note: out of order"]],
      ["file-missing", ["V1__orders", "V3__total", "V2__note"], [], ["V2__note: missing file"]],
      [
        "edited",
        ["V1__orders", "V3__total", "V2__note"],
        [],
        ["V1__orders: edited since", "V2__note: out of order"],
      ],
    ],
  },
  {
    format: prisma,
    folder: "prisma",
    states: [
      ["good", prismas, [], []],
      ["line-ends", prismas, [], []],
      ["none-applied", [], prismas, []],
      ["pending", prismas, ["20260104000000_paid"], []],
      ["edited", prismas, [], ["20260101000000_orders: edited since"]],
      ["file-missing", prismas, [], ["20260101000000_orders: missing file"]],
      ["folder-empty", prismas, [], ["20260101000000_orders: missing file"]],
      ["reordered", prismas, ["20260102000000_note"], ["20260102000000_note: out of order"]],
      ["failed", prismas, ["20260105000000_bad"], ["20260105000000_bad: failed"]],
      ["resolved", [...prismas, "20260105000000_bad"], [], []],
    ],
  },
];

describe.each(cases)("$folder", ({ format, folder, states }) => {
  it.each(states)("reads %s", (name, applied, pending, wrong) => {
    expect(measureOf(format, fixture(`${folder}/${name}.json`), "migrations")).toEqual({
      kind: "migrations",
      applied,
      pending,
      wrong,
    });
  });
});

it("tells when the tables were read", () => {
  for (const [format, path, tool] of [
    [drizzle, "drizzle/good.json", "drizzle"],
    [nodePgMigrate, "node-pg-migrate/good.json", "node-pg-migrate"],
    [prisma, "prisma/good.json", "prisma"],
  ] as const) {
    const { readAt } = rawOf(path);
    const { measure: _, ...run } = reading(format, fixture(path));
    expect(run).toEqual({ tool, version: null, startedAt: readAt, finishedAt: readAt, commit: null });
  }
  expect(reading(flywayInfo, fixture("flyway/good.json"))).toMatchObject({
    tool: "flyway",
    version: "11.8.2",
  });
});

it("knows the digests of older versions of Prisma, which lost zeros", () => {
  const file = altered("prisma/good.json", [
    '"checksum" : "4c68933da0f6e53e7f90d2e292e12e0f1ab9ab783b8290143bdfe8dd33b0ba66"',
    '"checksum" : "4c68933da0f6e53e7f90d2e292e12ef1ab9ab783b8290143bdfe8dd33b0ba66"',
  ]);
  expect(measureOf(prisma, file, "migrations")).toMatchObject({ wrong: [] });
});

describe("refuses", () => {
  it("Flyway's info alone, and Flyway that reached no database", () => {
    expect(problemOf(flywayInfo, fixture("flyway/info-alone.json"))).toMatch(/^it is of `info` alone/);
    expect(problemOf(flywayInfo, fixture("flyway/refused.json"))).toMatch(
      /^Flyway itself failed: Unable to obtain connection/,
    );
  });

  it("a validation that says well of what is not", () => {
    const file = altered("flyway/edited.json", [
      '"validationSuccessful" : false',
      '"validationSuccessful" : true',
    ]);
    expect(problemOf(flywayInfo, file)).toMatch(/^it contradicts itself/);
  });

  it("a journal of another version, and a database without migrations", () => {
    expect(problemOf(drizzle, altered("drizzle/good.json", [/"version": "7"/, '"version": "8"']))).toMatch(
      /journal.version/,
    );
    const file = altered("node-pg-migrate/good.json", [/\[[^\]]*\]/, "[]"]);
    expect(problemOf(nodePgMigrate, file)).toMatch(/^there is no migration at all/);
  });
});
