/** Functions, containers and machines: what they run on, and what their environment gives away. */
import type { Resource } from "../../resource.ts";
import type { Violation } from "../../rule.ts";
import { ifSet, is } from "../../sound/sound.ts";
import { isUnknownValue, whenReadable } from "../../unknown-value.ts";
import { type Check, each, listOf, type Other } from "./other.ts";

/** Lambda Developer Guide, "Lambda runtimes": those that get no security fixes any more. */
const retiredRuntimes =
  /^(nodejs(4\.3(-edge)?|6\.10|8\.10|1[0-8]\.x|20\.x)?|python(2\.7|3\.[6-9])|ruby(2\.[57]|3\.2)|java8|go1\.x|provided|dotnet(core[123]\.[01]|[5-7]))$/;

/** EKS User Guide, "Amazon EKS Kubernetes release calendar": last day of standard support. */
const endOfSupport: Readonly<Record<string, string>> = {
  "1.31": "2025-11-26",
  "1.32": "2026-03-23",
  "1.33": "2026-07-29",
  "1.34": "2026-12-02",
  "1.35": "2027-03-27",
};

const kubernetes: Check = ({ props: { version } }, _stack, { now }) => {
  if (typeof version !== "string") return undefined;
  const end = endOfSupport[version] ?? (Number(version.split(".")[1]) < 31 ? "2025-07-23" : undefined);
  return end !== undefined && now > new Date(`${end}T23:59:59Z`)
    ? { observed: `version is ${version}, without standard support since ${end}`, wanted: "one in support" }
    : undefined;
};

/** What holds a secret by its name, and not the name, place or life of one. */
const secretName =
  /(^|_)(SECRET|TOKEN|PASSWORD|PASSWD|PASS|PWD|CREDENTIALS?|(API|PRIVATE|ACCESS|SECRET|ENCRYPTION|SIGNING|AUTH)_?KEY)$/i;
const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VITE|EXPO_PUBLIC|REACT_APP)_|PUBLISHABLE|PUBLIC_KEY$/i;
/** Somebody's login within an address. */
const login = /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]{4,}@/i;
/** What says where a secret is: its address, its path, or its name in words. */
const pointer =
  /^(arn:|ssm:|vault:|secretsmanager:|\/|\$\{|\{\{|projects\/|[a-z0-9._-]+\/[a-z0-9._/-]*$|[a-z]+[-_.][a-z._-]*$)/;

type Variable = readonly [name: string, value: unknown];

/** Names alone: the values are secrets. */
function plainSecrets(variables: readonly Variable[]): Violation | undefined {
  const names = variables
    .filter(
      ([name, value]) =>
        typeof value === "string" &&
        ((secretName.test(name) && !publicName.test(name) && value.length >= 8 && !pointer.test(value)) ||
          login.test(value)),
    )
    .map(([name]) => name);
  return names.length === 0
    ? undefined
    : {
        observed: `${names.join(" and ")} in its environment ${names.length === 1 ? "is" : "are"} plain text`,
        wanted: "read from Secrets Manager or the Parameter Store",
        mend: "change what was there, and have it read from Secrets Manager or the Parameter Store",
      };
}

/** What a state keeps closed is not plain; what is yet to come is not known. */
function unlessClosed<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isUnknownValue(error) && error.reason !== undefined) return undefined;
    throw error;
  }
}

function entriesOf(read: () => unknown): readonly Variable[] {
  const variables = unlessClosed(read);
  if (typeof variables !== "object" || variables === null) return [];
  return Object.keys(variables).map((name) => [
    name,
    whenReadable(() => (variables as Record<string, unknown>)[name]),
  ]);
}

interface Container {
  readonly environment?: unknown;
}
interface Entry {
  readonly name?: string;
  readonly value?: string;
}

/** Nothing where they cannot be read as what ECS takes. */
function containersOf({ props }: Resource): readonly Container[] | undefined {
  const text = unlessClosed(() => props["containerDefinitions"]);
  if (typeof text !== "string") return [];
  try {
    return listOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const plainInTask: Check = (task) => {
  const containers = containersOf(task);
  if (!containers) return { doubt: "containerDefinitions is no JSON" };
  return plainSecrets(
    containers.flatMap(({ environment }) =>
      listOf<Entry>(environment).map(({ name = "", value }): Variable => [name, value]),
    ),
  );
};

/** Instance metadata without a session's token: a page that fetches an address for a stranger hands over its role. */
const tokens = { "metadataOptions.httpTokens": ifSet(is("required")) };

const images: Check = ({ props }, stack) => {
  const scanned =
    stack.ofType({ token: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration" }).length >
      0 || (props["imageScanningConfiguration"] as { readonly scanOnPush?: boolean } | undefined)?.scanOnPush;
  const faults = [
    ...(/^IMMUTABLE/.test(String(props["imageTagMutability"]))
      ? []
      : [{ is: "a tag may be moved to another image", mend: "imageTagMutability to IMMUTABLE" }]),
    ...(scanned
      ? []
      : [{ is: "nobody looks for known holes", mend: "imageScanningConfiguration.scanOnPush to true" }]),
  ];
  if (faults.length === 0) return undefined;
  return {
    observed: faults.map(({ is }) => is).join(", and "),
    wanted: "immutable and scanned",
    mend: `set ${faults.map(({ mend }) => mend).join(", and ")}`,
  };
};

export const workloadRules: readonly Other[] = [
  {
    id: "runtimes-supported",
    item: "GOV-05",
    types: {
      "aws:lambda/function:Function": ({ props: { runtime } }) =>
        typeof runtime === "string" && retiredRuntimes.test(runtime)
          ? { observed: `runtime is ${runtime}`, wanted: "one that AWS still mends" }
          : undefined,
      "aws:eks/cluster:Cluster": kubernetes,
    },
  },
  // Security Hub, ECS.8.
  {
    id: "environments-without-plain-secrets",
    item: "APP-05",
    types: {
      "aws:lambda/function:Function": ({ props }) =>
        plainSecrets(
          entriesOf(() => (props["environment"] as { readonly variables?: unknown } | undefined)?.variables),
        ),
      "aws:ecs/taskDefinition:TaskDefinition": plainInTask,
    },
  },
  // Security Hub, EC2.8 and EC2.170.
  {
    id: "machines-ask-for-tokens",
    item: "GOV-16",
    types: each(["aws:ec2/instance:Instance", "aws:ec2/launchTemplate:LaunchTemplate"], tokens),
  },
  // Security Hub, ECR.1 and ECR.2.
  {
    id: "images-scanned-and-fixed",
    item: "GOV-16",
    types: {
      "aws:ecr/repository:Repository": images,
    },
  },
];
