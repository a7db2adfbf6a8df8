/** Names that are made of those of the product, the stack and the services: what their vendors take of each. */
import { platform } from "../on-call/routing.ts";
import type { Problem } from "./error.ts";
import type { WrittenConfig } from "./written-config.ts";

interface Named {
  readonly product: string;
  readonly stack: string;
}

interface Limit {
  readonly what: string;
  /** Letters that the vendor takes. */
  readonly most: number;
  /** Pulumi adds a hyphen and seven random letters. */
  readonly random?: true;
}

/** By the vendors' API references; names that no product and stack can make too long are left out. */
const ofStack: readonly (Limit & { readonly name: (of: Named) => string })[] = [
  { what: "RDS instance", most: 63, name: ({ product, stack }) => `${product}-db-${stack}` },
  {
    what: "ElastiCache replication group",
    most: 40,
    name: ({ product, stack }) => `${product}-cache-${stack}`,
  },
  { what: "backup vault", most: 50, name: ({ product, stack }) => `${product}-backups-copy-${stack}` },
  {
    what: "CloudFront function",
    most: 64,
    random: true,
    name: ({ product }) => `${product}-edge-distribution-viewer-address`,
  },
  { what: "S3 bucket", most: 63, random: true, name: ({ product }) => `${product}-edge-access-logs` },
  { what: "log delivery", most: 60, random: true, name: ({ product }) => `${product}-edge-access-logs` },
  { what: "IAM role", most: 64, random: true, name: ({ product }) => `${product}-backups-restore-test` },
  { what: "IAM role", most: 64, random: true, name: ({ product }) => `${product}-evidence-${platform}` },
];

const ofService: readonly (Limit & { readonly name: (of: Named, service: string) => string })[] = [
  { what: "Vercel project", most: 100, name: ({ stack }, service) => `${service}-${stack}` },
  {
    what: "IAM role",
    most: 64,
    random: true,
    name: ({ product }, service) => `${product}-evidence-${service}`,
  },
];

const randomPart = "-0123abc";

/** S3 User Guide, "General purpose bucket naming rules". */
const notOfBuckets = /^(xn--|sthree-|amzn-s3-demo-)/;

/**
 * What is wrong with the names.
 * @param stack Pulumi's name of the stack
 */
export function* nameProblems(
  { product, services }: Pick<WrittenConfig, "product" | "services">,
  stack: string,
): Iterable<Problem> {
  // RDS and ElastiCache: small letters, digits and single hyphens, none of these at the end.
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(stack)) {
    yield [
      ["product"],
      `found the stack's name "${stack}", must be of small letters, digits and single hyphens: it is a part of names on AWS`,
    ];
  }
  if (product.includes("--") || notOfBuckets.test(product)) {
    yield [
      ["product"],
      `found "${product}", must be without two hyphens in a row, which RDS does not take, and begin with none of xn--, sthree-, amzn-s3-demo-, which S3 does not take`,
    ];
  }
  const names = { product, stack };
  const made = ofStack.map((limit) => ({ ...limit, made: limit.name(names) }));
  yield* tooLong(["product"], product, made, ", or the stack's name");
  for (const [i, { name: service }] of services.entries()) {
    const at = ["services", i, "name"];
    if (service.includes("---")) {
      yield [at, `found "${service}", must be without three hyphens in a row, which Vercel does not take`];
    }
    const theirs = ofService.map((limit) => ({ ...limit, made: limit.name(names, service) }));
    yield* tooLong(at, service, theirs, ", or the product's name");
  }
}

/** The name that is the furthest beyond its limit. */
function* tooLong(
  at: Problem[0],
  value: string,
  limits: readonly (Limit & { readonly made: string })[],
  others: string,
): Iterable<Problem> {
  const [worst] = limits
    .map((limit) => ({ ...limit, full: `${limit.made}${limit.random ? randomPart : ""}` }))
    .map((limit) => ({ ...limit, excess: limit.full.length - limit.most }))
    .toSorted((a, b) => b.excess - a.excess);
  if (!worst || worst.excess <= 0) return;
  const { what, most, full, excess } = worst;
  yield [
    at,
    `found "${value}", must be ${excess} ${excess === 1 ? "letter" : "letters"} shorter${others}: ` +
      `the ${what} ${full} has ${full.length}, and ${most} are taken`,
  ];
}
