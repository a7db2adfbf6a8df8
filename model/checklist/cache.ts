import { cachesOfAws } from "../parts.ts";
import type { ChecklistRows } from "./row.ts";

const section = "Cache";
const proof = "policy";
const needs = { cache: cachesOfAws } as const;

export const cacheItems = {
  "CACHE-01": {
    section,
    statement: "Only the application's private network can reach the cache",
    proof,
    needs,
    why: "A cache holds sessions: who reads it is logged in as anybody.",
    remedy:
      "Give it the network's data subnets and a private network.privateNetworkCidr ({stackFile}, components/cache.ts).",
  },
  "CACHE-02": {
    section,
    statement: "Every client of the cache uses TLS and a token that nobody could guess",
    proof,
    needs,
    why: "Valkey without a token answers anybody who reaches it, and without TLS anybody can listen.",
    remedy: "Leave TLS and the generated token to components/cache.ts.",
  },
  "CACHE-03": {
    section,
    statement: "The cache's data at rest is encrypted with a key of its own",
    proof,
    needs,
    why: "Snapshots and swap hold the same sessions as memory.",
    remedy: "Pass the key of components/cache.ts to the replication group.",
  },
  "CACHE-04": {
    section,
    statement: "The cache survives the loss of a node or a zone by itself",
    proof,
    needs,
    why: "With one node, its failure logs everybody out and sends every read to the database at once.",
    remedy: "Set cache.nodes to 2 or more in {stackFile}.",
  },
  "CACHE-05": {
    section,
    statement: "The cache can be restored from a snapshot",
    proof,
    needs,
    why: "A cache that starts empty under full load can take the database down.",
    remedy: "Set cache.snapshotRetentionDays in {stackFile}.",
  },
  "CACHE-06": {
    section,
    statement: "The cache tells what it does: slow commands and what its engine reports",
    proof,
    needs,
    why: "One slow command stops all others, and only the slow log says which.",
    remedy:
      "Keep both logs in components/cache.ts, and set network.logRetentionDays in {stackFile} for how long.",
  },
  "CACHE-07": {
    section,
    statement: "The cache gets security fixes by itself",
    proof,
    needs,
    why: "Published holes of Valkey are used within days.",
    remedy: "Leave autoMinorVersionUpgrade to components/cache.ts.",
  },
  "CACHE-08": {
    section,
    statement: "Nothing of the cache is set to what refuses writes, opens it or restarts it by day",
    proof,
    needs,
    why: "A full cache that makes no room fails every login, and a token that was deleted guards nothing.",
    remedy: "Take the line out of components/cache.ts.",
  },
} as const satisfies ChecklistRows;
