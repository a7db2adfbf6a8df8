/** components/evidence-store.ts in any language. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { EvidenceStore as Component } from "../components/evidence-store.ts";
import { slug } from "../model/config/forms.ts";
import { line, repository, repositoryIds } from "../model/config/languages.ts";
import { checked } from "./checked.ts";
import { named, owned, ownership } from "./owned.ts";

export interface RepositoryIds {
  owner: number;
  repository: number;
}

export interface EvidenceSource {
  /** Whose evidence it is, such as `portal`, or `platform` for what concerns no single service. */
  service: string;
  /** The repository whose workflows hand it in, owner/name, and the only branch that they run on for it. */
  repository: string;
  branch: string;
  /** Where its tokens name them. */
  repositoryIds?: RepositoryIds;
}

export interface EvidenceStoreArgs {
  /** Name of the product, part of the bucket's; and the team that owns it. */
  product: string;
  owner: string;
  /** staging or production, where the stack's name does not tell. */
  tier?: string;
  sources: EvidenceSource[];
  /** ARN of GitHub as an identity provider. */
  gitHub: pulumi.Input<string>;
  /** ARN of the policy that no role made here can exceed. */
  permissionsBoundary: pulumi.Input<string>;
}

/** Where evidence, releases and sign-offs lie between an app's CI and the gate: locked, and written by CI alone. */
export class EvidenceStore extends pulumi.ComponentResource {
  /** Its name. */
  readonly bucket: pulumi.Output<string>;
  /** By service, for the variable EVIDENCE_ROLE_ARN of its repository. */
  readonly roleArns: pulumi.Output<{ [service: string]: string }>;

  constructor(name: string, args: EvidenceStoreArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:EvidenceStore", name, {}, opts);
    const { gitHub, permissionsBoundary, ...plain } = args;
    const { sources, ...whose } = checked(settings, plain);
    const store = new Component(
      name,
      { ...ownership(whose), product: whose.product, sources, gitHub, permissionsBoundary },
      { parent: this },
    );
    this.bucket = store.bucket;
    this.roleArns = named(store.roleArns);
    this.registerOutputs({});
  }
}

const source = z.strictObject({ service: slug, repository, repositoryIds, branch: line });
const settings = z.strictObject({ ...owned, sources: z.array(source).min(1) });
