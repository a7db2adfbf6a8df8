/** Which data are a stack's own, by the conditions that queries select them with. */
import type * as aws from "@pulumi/aws";
import { platform } from "../../model/on-call/routing.ts";
import { alternatives, type Term } from "../effects/monitor-query.ts";
import { type Resource, resourceType, type Stack } from "../resource.ts";
import { project } from "./application.ts";
import { awsAccounts } from "./aws-account.ts";
import { app, tagOf } from "./monitoring.ts";

const cacheGroup = resourceType<aws.elasticache.ReplicationGroupArgs>(
  "aws:elasticache/replicationGroup:ReplicationGroup",
);
const databaseInstance = resourceType<aws.rds.InstanceArgs>("aws:rds/instance:Instance");

/** Conditions by which data are told apart, each with the values that are one's own. */
export type Own = Readonly<Record<string, readonly (string | undefined)[]>>;

/** Of a stack, with all of its services. */
export function ownOfStack(stack: Stack): Own {
  // Whether a project is built of a repository, and from which branch, other rules ask.
  const repositories = stack.ofType(project).flatMap(({ props }) => props.gitRepository ?? []);
  return {
    env: [stack.name],
    environment: [stack.name],
    aws_account: awsAccounts(stack),
    ...known("dbinstanceidentifier", readDatabases(stack)),
    ...known("replication_group", readCaches(stack)),
    ...known(
      "service",
      stack.ofType(app).map(({ name }) => name),
    ),
    ...known(
      "@git.branch",
      repositories.flatMap(({ productionBranch }) => productionBranch ?? []),
    ),
    ...known(
      "@git.repository.id",
      repositories.flatMap(({ repo, type }) => (repo ? `${type}.com/${repo}` : [])),
    ),
  };
}

/** Of an alert, by its tags: its service's alone. */
export function ownOfAlert(
  resource: Resource<{ readonly tags?: readonly string[] | undefined }>,
  stack: Stack,
): Own {
  const service = tagOf(resource, "service");
  const { service: _, ...own } = ownOfStack(stack);
  return {
    ...own,
    product: [tagOf(resource, "product")],
    ...(service !== platform && { service: [service] }),
  };
}

/** Another program's databases, whose metrics bear no tags of this stack. */
export function readDatabases(stack: Stack): readonly string[] {
  return stack
    .ofType(databaseInstance)
    .filter(({ read }) => read)
    .flatMap(({ props }) => props.identifier ?? []);
}

/** The same of caches. */
export function readCaches(stack: Stack): readonly string[] {
  return stack
    .ofType(cacheGroup)
    .filter(({ read }) => read)
    .flatMap(({ props }) => props.replicationGroupId ?? []);
}

function known(key: string, values: readonly string[]): Own {
  return values.length > 0 ? { [key]: values } : {};
}

/** What a scope says of where data come from that is not one's own. */
export function strange(scope: readonly Term[], own: Own): readonly string[] {
  const foreign = scope
    .filter(({ key, negated }) => key in own && !negated)
    .filter((term) => alternatives(term).some((value) => !own[term.key]?.includes(value)))
    .map(({ key, value }) => `it looks at ${key}:${value}`);
  // Pipelines belong to a repository, what an index takes to the index, an account to one stack.
  const places = ["@git.repository.id", "datadog_index", "aws_account", "env", "environment"];
  const told = [...places, ...["dbinstanceidentifier", "replication_group"].filter((key) => key in own)];
  const anywhere = !isIn(scope, ...told);
  return [...foreign, ...(anywhere ? ["it looks at every environment"] : [])];
}

/** Whether a scope has a condition on one of these. */
export function isIn(scope: readonly Term[], ...keys: readonly string[]): boolean {
  return scope.some(({ key, negated }) => keys.includes(key) && !negated);
}
