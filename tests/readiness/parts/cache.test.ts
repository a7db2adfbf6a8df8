import { expect, it } from "vitest";
import { run } from "../project.ts";
import { changed, judged, open, withoutObject } from "./declared.ts";

const none = { "readiness:cache": { kind: "none", because: "sessions live in the database" } };

it("is not asked of a product without one, and the verdict says why", async () => {
  const { staging, prod } = await judged(() => none);
  expect([open(staging), open(prod), staging.verdict]).toEqual([[], [], "GO"]);
  const reason = "the cache is none: sessions live in the database";
  expect(staging.reasons).toContainEqual(
    expect.stringMatching(`^\\d+ items are not applicable: ${reason}.$`),
  );
  expect(withoutObject(prod)[reason]).toEqual(
    expect.arrayContaining(["CACHE-01", "CACHE-08", "MON-10", "MON-11"]),
  );
  expect(Object.keys(prod.resources).filter((type) => type.includes("elasticache"))).toEqual([]);
});

it.each([
  [{}, 'readiness:cache.kind: missing, must be one of "valkey", "existing", "none"'],
  [
    { kind: "memcached" },
    'readiness:cache.kind: found "memcached", must be one of "valkey", "existing", "none"',
  ],
  [{ kind: "none" }, "readiness:cache.because: missing, must be"],
  [
    { kind: "none", becuase: "of it" },
    'readiness:cache.becuase: unknown key, must be one of kind, because; did you mean "because"?',
  ],
  [
    { kind: "none", because: "of it", nodes: 2 },
    "readiness:cache.nodes: unknown key, must be one of kind, because",
  ],
  ["none", "must be a map with kind: valkey | existing | none"],
])("is chosen by its kind: %j is refused in a line", async (cache, said) => {
  const { status, stderr } = await run(["check"], { cwd: changed(() => ({ "readiness:cache": cache })) });
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});
