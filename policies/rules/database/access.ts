/** Who can reach the database, how, and with what. */
import { databasesOfAws } from "../../../model/parts.ts";
import {
  databaseSubnets,
  databaseInstance as instance,
  names,
  openToInternet,
  privateClients,
} from "../../aws.ts";
import { eachRule } from "../../each-rule.ts";
import { all, equals, oneOf, present, unlessSaid } from "../../expect.ts";
import type { Resource } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";
import { forcesTls } from "./forced-tls.ts";
import { parameters } from "./parameters.ts";

/** RDS User Guide, "Certificate authorities": these last until 2061 and later, their predecessor is expired. */
const authorities = ["rds-ca-rsa2048-g1", "rds-ca-rsa4096-g1", "rds-ca-ecc384-g1"];

/** PostgreSQL's. */
const defaultPort = 5432;

/** With listed addresses rules of its own hold: network/listed.ts. */
const privately = { database: databasesOfAws, network: ["secure-compute"] } as const;

export const accessRules: readonly Rule[] = [
  // Security Hub, RDS.2; CIS AWS Foundations v5, 2.2.3.
  resourceRule({
    id: "database-not-public",
    item: "DB-01",
    needs: privately,
    existing: ({ props }) => unlessSaid(props, "publiclyAccessible", false),
    type: instance,
    check: ({ props }) => equals(props, "publiclyAccessible", false),
  }),
  // Security Hub, RDS.18.
  resourceRule({
    id: "database-in-own-subnets",
    item: "DB-01",
    type: instance,
    check: (db) =>
      // AWS makes it of the account's default network.
      db.read && db.props.dbSubnetGroupName === "default"
        ? equals(db.props, "dbSubnetGroupName", "a group of its own")
        : names(db, "dbSubnetGroupName", databaseSubnets, "a subnet group"),
  }),
  eachRule({
    id: "database-clients-private",
    item: "DB-01",
    needs: privately,
    existing: (db, stack) => openToInternet(stack, db as Resource, "vpcSecurityGroupIds"),
    each: instance,
    check: (db, stack) =>
      privateClients(stack, db as Resource, "vpcSecurityGroupIds", db.props.port ?? defaultPort),
  }),
  resourceRule({
    id: "database-tls-forced",
    item: "DB-04",
    existing: forcesTls,
    type: instance,
    check: (db) =>
      // Another's group need not say what the vendor's newer versions do by themselves.
      db.read && db.props.engine === "postgres"
        ? forcesTls(db)
        : parameters(db, (value) => (value["rds.force_ssl"] === "1" ? [] : ["rds.force_ssl"]), "1"),
  }),
  resourceRule({
    id: "database-certificate-current",
    item: "DB-04",
    existing: ({ props }) =>
      props.caCertIdentifier ? oneOf(props, "caCertIdentifier", authorities) : undefined,
    type: instance,
    check: ({ props }) => oneOf(props, "caCertIdentifier", authorities),
  }),
  resourceRule({
    id: "database-password-managed",
    item: "DB-07",
    type: instance,
    check: ({ props, read, outputs }) =>
      // The wish is its program's; what is read tells of the secret that came of it.
      read && outputs
        ? all(present(outputs, "masterUserSecrets"))
        : equals(props, "manageMasterUserPassword", true),
  }),
  resourceRule({
    id: "database-password-not-in-state",
    item: "DB-07",
    type: instance,
    // What is read gives no password away: the state has none.
    check: ({ props, read }) =>
      !read &&
      (["password", "passwordWo"] as const).some(
        (name) => name in props && whenReadable(() => props[name] ?? "") !== "",
      )
        ? { observed: "password is set", wanted: "left to Secrets Manager" }
        : undefined,
  }),
  // Security Hub, RDS.10.
  resourceRule({
    id: "database-logins-by-iam",
    item: "DB-07",
    type: instance,
    check: ({ props }) => equals(props, "iamDatabaseAuthenticationEnabled", true),
  }),
];
