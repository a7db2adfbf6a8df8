/** The whole stack as one component of any language. */
import * as pulumi from "@pulumi/pulumi";
import { declareSpec } from "../components/declare-readiness.ts";
import { loadSpec, type RawConfig } from "../model/config/stack-spec.ts";
import { named } from "./owned.ts";

export interface ReadinessArgs {
  /**
   * Settings of the stack file, by their names without `readiness:`. The command line and the policy pack read the
   * stack file, so the parts have to stand there.
   */
  // biome-ignore lint/suspicious/noExplicitAny: Pulumi's analyser knows `any`, and no `unknown`.
  config?: { [name: string]: any };
  /** Values of secrets, by their names; those that are left out are the stack's own, `secrets:NAME`. */
  secrets?: { [name: string]: pulumi.Input<string> };
}

/** A record that somebody else has to enter. */
export interface WantedRecord {
  name: string;
  type: string;
  value: string;
}

/** Everything that a product needs to be ready, as its stack file says. */
export class Readiness extends pulumi.ComponentResource {
  /** Address of the product. */
  readonly url: pulumi.Output<string>;
  /** ARNs of the roles with which CI deploys and previews. */
  readonly deployRole: pulumi.Output<string>;
  readonly previewRole: pulumi.Output<string>;
  /** Of production alone. */
  readonly evidenceBucket?: pulumi.Output<string>;
  readonly evidenceRoles?: pulumi.Output<{ [service: string]: string }>;
  /** Of a database elsewhere alone: where its dumps go, and the role of the job that takes them. */
  readonly dumpBucket?: pulumi.Output<string>;
  readonly dumpRole?: pulumi.Output<string>;
  /** To be entered where the domain is registered. */
  readonly nameServers?: pulumi.Output<string[]>;
  readonly dsRecord?: pulumi.Output<string>;
  /** To be entered where the domain's records are, unless the stack itself declares them. */
  readonly dnsRecords?: pulumi.Output<WantedRecord[]>;
  /** Addresses by name. */
  readonly dashboards: pulumi.Output<{ [name: string]: string }>;

  /** @throws ConfigError with everything that is wrong with its settings */
  constructor(name: string, args: ReadinessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:Readiness", name, {}, opts);
    const secrets = args.secrets ?? {};
    const own = new pulumi.Config("secrets");
    const secretOf = (key: string) =>
      secrets[key] === undefined ? own.requireSecret(key) : pulumi.secret(secrets[key]);
    const spec = loadSpec(pulumi.getStack(), configOf(args));
    const declared = declareSpec(spec, secretOf, { parent: this });
    this.url = pulumi.output(declared.url);
    this.deployRole = declared.deployRole;
    this.previewRole = declared.previewRole;
    this.dashboards = named(declared.dashboards);
    const optional = Object.entries(declared).filter(([, value]) => value !== null);
    Object.assign(this, Object.fromEntries(optional));
    this.registerOutputs({});
  }
}

/** The stack's own config, and what its program adds: nothing is said twice. */
function configOf({ config = {}, secrets = {} }: ReadinessArgs): RawConfig {
  const own = pulumi.runtime.allConfig();
  const added = Object.entries(config).map(([name, value]) => {
    const key = name.includes(":") ? name : `readiness:${name}`;
    if (key in own) {
      const reason = `found it in Pulumi.${pulumi.getStack()}.yaml as well, must be in one of the two`;
      throw new pulumi.InputPropertyError({ propertyPath: `config.${name}`, reason });
    }
    return [key, typeof value === "string" ? value : JSON.stringify(value)];
  });
  // Their values are not looked at here.
  const names = Object.keys(secrets).map((name) => [`secrets:${name}`, ""]);
  return { ...own, ...Object.fromEntries([...added, ...names]) };
}
