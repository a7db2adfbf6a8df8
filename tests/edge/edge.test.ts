/** What a stock app behind the declared edge meets, told without one: `stock-app.edge.test.ts` has it, and a browser. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, type Call, says } from "./call.ts";
import { cloudFront } from "./cloudfront.ts";
import { changed, type Declared, declaredEdge } from "./declared-edge.ts";
import { beforeHost, beforeTimes, beforeUploads, withoutCrons } from "./undone.ts";
import { stranger, Vercel } from "./vercel.ts";

let shipped: readonly Declared[];
beforeAll(async () => {
  shipped = await declaredEdge();
});

/** What an app sees of a request. */
const seen = async (call: Call): Promise<Answer> =>
  says(200, JSON.stringify({ host: call.host, bytes: call.body.length, headers: call.headers }));
const hangs = async (): Promise<Answer> => ({ ...says(200, "at last"), seconds: 3_600 });

/** A site on which Vercel has its certificates. */
function siteOf(declared: readonly Declared[], run = seen) {
  const vercel = new Vercel(declared, run, ["portal.example.com", "portal.origin.portal.example.com"]);
  const ask = cloudFront(declared, (_, call) => vercel.answer(call));
  return { vercel, ask };
}

const posted = (bytes: number, told: string | null = String(bytes)): Call => ({
  ...stranger,
  method: "POST",
  headers: told === null ? {} : { "content-length": told },
  body: Buffer.alloc(bytes),
});

describe("the app sees", () => {
  const host = async (declared: readonly Declared[]) => {
    const { body } = await siteOf(declared).ask(stranger);
    const { host: own, headers } = JSON.parse(body.toString());
    return [own, headers["x-forwarded-host"]];
  };

  it("the host name that customers ask for", async () => {
    expect(await host(shipped)).toEqual(["portal.example.com", "portal.example.com"]);
  });

  it("its origin's, as it did before", async () => {
    const own = "portal.origin.portal.example.com";
    expect(await host(beforeHost(shipped))).toEqual([own, own]);
  });

  it("the customer's address, whatever he says", async () => {
    const lies = { "x-viewer-address": "192.0.2.1", "cloudfront-viewer-address": "192.0.2.1:1" };
    const { body } = await siteOf(shipped).ask({ ...stranger, headers: lies });
    expect(JSON.parse(body.toString()).headers).toMatchObject({
      "x-viewer-address": stranger.address,
      "cloudfront-viewer-address": `${stranger.address}:50000`,
    });
  });
});

describe("Vercel", () => {
  it("gets the domain's certificate through CloudFront, and nobody is served before", async () => {
    const vercel = new Vercel(shipped, seen);
    const ask = cloudFront(shipped, (_, call) => vercel.answer(call));
    expect((await ask(stranger)).status).toBe(502);
    expect(await vercel.obtainCertificate("portal.example.com", ask)).toBe(true);
    expect((await ask(stranger)).status).toBe(200);
  });

  it("gets none where authorities are redirected, or need the origin's secret", async () => {
    const redirected = changed(shipped, "Distribution", (site) => {
      site.orderedCacheBehaviors[1].viewerProtocolPolicy = "redirect-to-https";
    });
    const locked = changed(shipped, "FirewallConfig", ({ rules: { rules } }) => {
      for (const group of rules[0].conditionGroups) {
        group.conditions = group.conditions.filter((c: { neg?: boolean }) => !c.neg);
      }
    });
    for (const declared of [redirected, locked]) {
      const vercel = new Vercel(declared, seen);
      const ask = cloudFront(declared, (_, call) => vercel.answer(call));
      expect(await vercel.obtainCertificate("portal.example.com", ask)).toBe(false);
    }
  });

  it("tells visitors apart, and took all of them for one before", async () => {
    for (const [declared, visitors] of [
      [shipped, ["203.0.113.1", "203.0.113.2"]],
      [beforeHost(shipped), ["130.176.0.1"]],
    ] as const) {
      const { vercel, ask } = siteOf(declared);
      for (const address of ["203.0.113.1", "203.0.113.2"]) await ask({ ...stranger, address });
      expect([...vercel.visitors]).toEqual(visitors);
    }
  });

  it("has no way in around CloudFront", async () => {
    const { vercel } = siteOf(shipped);
    for (const host of ["portal.example.com", "portal.origin.portal.example.com", "portal-prod.vercel.app"]) {
      for (const path of ["/", "/api/cron/send-reminders"]) {
        for (const headers of [{}, { "x-origin-secret": "guess", authorization: "Bearer guess" }]) {
          expect(await vercel.answer({ ...stranger, host, path, headers })).toMatchObject({ status: 403 });
        }
      }
    }
    expect(vercel.runs).toBe(0);
  });
});

describe("Vercel's clock", () => {
  const job = "/api/cron/send-reminders";

  it("reaches the jobs that are declared, and nothing else", async () => {
    const { vercel } = siteOf(shipped);
    expect(await vercel.callCron(job)).toMatchObject({ status: 200 });
    expect(await vercel.callCron("/admin")).toMatchObject({ status: 403 });
  });

  it("was refused before", async () => {
    expect(await siteOf(withoutCrons(shipped)).vercel.callCron(job)).toMatchObject({ status: 403 });
  });
});

describe("a body", () => {
  const status = async (declared: readonly Declared[], call: Call) =>
    (await siteOf(declared).ask(call)).status;

  it.each([
    ["of a form", posted(100), 200],
    ["of a long form", posted(20_000), 200],
    ["of 1 MB", posted(1_048_576), 200],
    ["of all that Vercel takes", posted(4_500_000), 200],
    ["of more", posted(4_500_001), 413],
    ["of a long form, which does not say how long", posted(20_000, null), 413],
    ["of a form, which does not say how long", posted(100, null), 200],
  ])("%s is answered %$", async (_, call, expected) => {
    expect(await status(shipped, call)).toBe(expected);
  });

  it("over 8 KB was blocked before", async () => {
    expect(await status(beforeUploads(shipped), posted(8_193))).toBe(403);
  });
});

describe("a function that hangs", () => {
  it("is run once, and what Vercel says of it is what the customer reads", async () => {
    const { vercel, ask } = siteOf(shipped, hangs);
    expect((await ask(stranger)).body.toString()).toBe("FUNCTION_INVOCATION_TIMEOUT");
    expect(vercel.runs).toBe(1);
  });

  it("was run three times before, where it took a moment longer than CloudFront waits", async () => {
    const longer = changed(beforeTimes(shipped), "Project", (project) => {
      project.resourceConfig.functionDefaultTimeout = 31;
    });
    const { vercel, ask } = siteOf(longer, hangs);
    expect((await ask(stranger)).body.toString()).toBe("CloudFront has waited");
    expect(vercel.runs).toBe(3);
  });

  it("is run once also where Vercel itself does not answer", async () => {
    const endless = changed(shipped, "Project", (project) => {
      project.resourceConfig.functionDefaultTimeout = 100;
    });
    const { vercel, ask } = siteOf(endless, hangs);
    expect((await ask(stranger)).status).toBe(504);
    expect(vercel.runs).toBe(1);
  });
});
