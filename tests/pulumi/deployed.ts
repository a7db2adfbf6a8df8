/** The life of a stack of the project under the real engine, from its first preview to its end: test equipment. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reportFormats } from "../../readiness/render/formats.ts";
import { makeReady } from "../readiness/proofs/ready-project.ts";
import { differences, embedded, managed, type Outcome, policyFindings, real } from "./compare.ts";
import type { CloudResource } from "./stand-ins/cloud.ts";
import { filesWith, Transcript } from "./transcript.ts";
import {
  bringProject,
  createTestStack,
  policies,
  projectDir,
  projectProgram,
  type TestStack,
} from "./workspace.ts";

/** Every place where a user puts secrets: of a service, and of the providers. */
const canaries = {
  "secrets:PAYMENT_API_KEY": "canary-of-the-service-4e1f",
  "aws:secretKey": "canary-of-the-cloud-51d7",
  "datadog:apiKey": "canary-of-the-agent-77aa",
  "datadog:appKey": "canary-of-the-monitors-0c3e",
  "pagerduty:token": "canary-of-the-pager-9b2c",
  "pagerduty:userToken": "canary-of-the-person-e0f4",
  "vercel:apiToken": "canary-of-the-app-6d18",
} as const;

/** Tests of a stack; they tell one story and run in this order. */
export function describeDeployed(name: "prod" | "staging"): void {
  describe(name, () => {
    let target: TestStack;
    let declared: Outcome;
    let pack = policies;
    const transcript = new Transcript();
    const only = (type: string): CloudResource => {
      const [first] = target.clouds.live().filter((r) => r.type === type);
      if (!first) throw new Error(`there is no ${type}`);
      return first;
    };

    beforeAll(async () => {
      target = await createTestStack(name, projectProgram);
      await target.stack.setConfig("readiness:services[0].secrets[0]", { value: "PAYMENT_API_KEY" }, true);
      for (const [key, value] of Object.entries(canaries))
        await target.stack.setConfig(key, { value, secret: true });
      declared = embedded(target);
      if (name === "prod") {
        pack = bringProject(target);
        await makeReady(join(target.directory, "project"), new Date());
      }
    }, 600_000);
    afterAll(() => target.dispose());

    it("is the same under both engines: resources and findings", async () => {
      const previewed = await real(target);
      expect(differences(declared.registrations, previewed.registrations)).toEqual([]);
      expect(previewed.findings).toEqual(declared.findings);
      expect(target.clouds.events()).toEqual([]);
    });

    it("is deployed as it is declared, each resource once", async () => {
      await target.stack.up({ ...transcript.taken, policyPacks: [pack] });
      expect(policyFindings(transcript.events)).toEqual([]);
      const wanted = managed(declared.registrations).map((r) => r.urn);
      expect(
        target.clouds
          .events()
          .map((event) => `${event.op} ${event.urn}`)
          .sort(),
      ).toEqual(wanted.map((urn) => `create ${urn}`).sort());
    });

    it("asks for the delegation that its certificate waits for", () => {
      expect(transcript.around("to ns-1.example.org, ns-2.example.org: ").length).toBeGreaterThan(0);
    });

    it("is sent to the vendors as it is declared", () => {
      const changed = target.clouds.live().flatMap(({ inputs, sent }) => (sent ? [{ inputs, sent }] : []));
      expect(changed.map(({ inputs }) => inputs)).toEqual(changed.map(({ sent }) => sent));
    });

    it("keeps in its state what is protected and what is retained", () => {
      const state = new Map(target.readState().resources?.map((r) => [r.urn, r]));
      const kept = (
        r: { protect?: boolean | undefined; retainOnDelete?: boolean | undefined } | undefined,
      ) => [r?.protect ?? false, r?.retainOnDelete ?? false];
      for (const r of declared.registrations)
        expect([r.urn, ...kept(state.get(r.urn))]).toEqual([r.urn, ...kept(r)]);
    });

    it("keeps in its state where each resource is declared", () => {
      const inCode = /\/(components\/[\w/-]+|index)\.ts#\d+,\d+$/;
      const resources = target.readState().resources?.filter((r) => !r.type.startsWith("pulumi:")) ?? [];
      expect(resources.filter((r) => !inCode.test(r.sourcePosition ?? "")).map((r) => r.urn)).toEqual([]);
    });

    it("can be told apart in the clouds: no two resources of a type have the same inputs", () => {
      const inputs = target.clouds
        .live()
        .filter(({ type }) => !type.startsWith("random:"))
        .map(({ type, inputs, outputs }) => `${type} ${outputs["region"]} ${JSON.stringify(inputs)}`);
      expect(inputs.filter((text, i) => inputs.indexOf(text) !== i)).toEqual([]);
    });

    it("has nothing to change afterwards, and no drift", async () => {
      const before = target.clouds.events().length;
      const asked = transcript.around("Delegate ").length;
      const { summary } = await target.stack.up({ ...transcript.taken, policyPacks: [pack] });
      expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
      await target.stack.refresh({ ...transcript.taken, expectNoChanges: true });
      expect(target.clouds.events().length).toBe(before);
      expect(transcript.around("Delegate ")).toHaveLength(asked);
    });

    it("has nothing to change a month later either", async () => {
      target.later(32);
      const { summary } = await target.stack.up({ ...transcript.taken, policyPacks: [pack] });
      target.later(0);
      expect(Object.keys(summary.resourceChanges ?? {})).toEqual(["same"]);
    });

    it("finds what was changed and deleted behind its back, and mends it", async () => {
      const instance = only("aws:rds/instance:Instance");
      const record = only("aws:route53/record:Record");
      target.clouds.change(instance, { backupRetentionPeriod: 0 });
      target.clouds.remove(record);
      const found = await target.stack.refresh(transcript.taken);
      expect(found.summary.resourceChanges).toMatchObject({ update: 1, delete: 1 });
      const mended = await target.stack.up({ ...transcript.taken, policyPacks: [pack] });
      expect(mended.summary.resourceChanges).toMatchObject({ update: 1, create: 1 });
      expect(only("aws:rds/instance:Instance").inputs).toEqual(instance.inputs);
      expect(target.clouds.live().filter(({ urn }) => urn === record.urn)).toHaveLength(1);
    });

    it("shows no secret: not in state, history, logs, output, events or reports", async () => {
      const generated = target.clouds
        .live()
        .flatMap(({ type, outputs }) => secretOutputs[type]?.map((key) => outputs[key]) ?? []);
      expect(generated.length).toBeGreaterThan(8);
      const secrets = [...Object.values(canaries), ...generated.map(String)];
      const opened = JSON.stringify(await target.stack.exportStack());
      for (const secret of [canaries["secrets:PAYMENT_API_KEY"], ...generated.map(String)])
        expect(opened).toContain(secret);

      transcript.add(check(target, name));
      const ownRecord = (path: string) => path.startsWith(join(target.directory, "clouds"));
      const leaks = secrets.flatMap((secret) => [
        ...transcript.around(secret),
        ...filesWith(secret, target.directory, ownRecord),
      ]);
      expect(leaks).toEqual([]);
    });

    if (name === "prod") {
      const refusal = /cannot be deleted\s+because it is protected/;

      it("refuses to be destroyed, and deletes nothing", async () => {
        const before = target.clouds.events().length;
        await expect(target.pulumi("destroy", "--yes")).rejects.toThrow(refusal);
        expect(target.clouds.events()).toHaveLength(before);
      });

      it("keeps what is protected even where somebody skips the preview", async () => {
        await expect(target.pulumi("destroy", "--yes", "--skip-preview")).rejects.toThrow(refusal);
        const live = new Set(target.clouds.live().map(({ urn }) => urn));
        const lost = managed(declared.registrations).filter((r) => r.protect && !live.has(r.urn));
        expect(lost).toEqual([]);
      });
    } else {
      it("is destroyed without a trace", async () => {
        await target.stack.destroy(transcript.taken);
        expect(target.clouds.live()).toEqual([]);
        expect(target.readState().resources ?? []).toEqual([]);
      });
    }
  });
}

/** Outputs that a vendor makes and nobody may see. */
const secretOutputs: Readonly<Record<string, readonly string[]>> = {
  "datadog:index/apiKey:ApiKey": ["key"],
  "pagerduty:index/serviceIntegration:ServiceIntegration": ["integrationKey"],
  "random:index/randomPassword:RandomPassword": ["result"],
};

/** Our own reports, in every format, of the stack as declared and as deployed. */
function check(target: TestStack, stack: string): string {
  const cli = join(projectDir, "readiness", "cli.ts");
  const outputs = reportFormats.map((format) => ({
    format,
    file: join(target.directory, `report.${format}`),
  }));
  const args = outputs.flatMap(({ format, file }) => ["--format", format, "--out", file]);
  try {
    return execFileSync(process.execPath, [cli, "check", "--stack", stack, ...args], {
      cwd: join(target.directory, "project"),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    // NO-GO, which production is until people have signed off.
    const { status, stdout, stderr } = error as { status?: number; stdout: string; stderr: string };
    if (status !== 1) throw error;
    return stdout + stderr + outputs.map(({ file }) => readFileSync(file, "utf8")).join("");
  }
}
