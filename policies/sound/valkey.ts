/** What parameters of Valkey and Redis OSS may be: ElastiCache User Guide, "Valkey and Redis OSS parameters". */
import { limit, type SoundParameters } from "./parameters.ts";
import { alike, between, like, oneOf } from "./sound.ts";

const either = oneOf("yes", "no");
const number = like(/^-?\d+$/, "a number");

export const valkeyParameters: SoundParameters = {
  // What a full cache drops; `noeviction` refuses every write instead (Valkey's documentation, "Key eviction").
  "maxmemory-policy": like(/^(allkeys|volatile)-(lru|lfu|random|ttl)$/, "one that makes room"),
  "maxmemory-samples": between(3, 64),
  // Without room of its own a snapshot, or a fail-over, swaps.
  "reserved-memory-percent": between(10, 50, "%"),
  // Seconds after which an idle connection is cut: pools keep theirs for minutes.
  timeout: limit(60, 86_400, 0, "s"),
  "tcp-keepalive": between(30, 3_600, "s"),
  // Microseconds; below a millisecond each command is logged, with what is in it.
  "slowlog-log-slower-than": between(1_000, 1_000_000),
  "slowlog-max-len": between(16, 10_000),
  "acllog-max-len": between(16, 10_000),
  databases: between(16, 10_000),
  "lfu-decay-time": between(0, 1_440),
  "lfu-log-factor": between(0, 100),
  "notify-keyspace-events": like(/^[AKEg$lshzxetdmn]*$/, "kinds of events"),
  ...alike(["busy-reply-threshold", "lua-time-limit"], between(1_000, 60_000, "ms")),
  ...alike(
    [
      "activedefrag",
      "activerehashing",
      "close-on-replica-write",
      "dynamic-hz",
      "latency-tracking",
      "lazyfree-lazy-eviction",
      "lazyfree-lazy-expire",
      "lazyfree-lazy-server-del",
      "lazyfree-lazy-user-del",
      "lazyfree-lazy-user-flush",
    ],
    either,
  ),
  ...alike(
    [
      "hash-max-listpack-entries",
      "hash-max-listpack-value",
      "list-compress-depth",
      "list-max-listpack-size",
      "set-max-intset-entries",
      "set-max-listpack-entries",
      "set-max-listpack-value",
      "stream-node-max-bytes",
      "stream-node-max-entries",
      "zset-max-listpack-entries",
      "zset-max-listpack-value",
    ],
    number,
  ),
};
