import { expect, it } from "vitest";
import { Network } from "../../components/network.ts";
import { declare, inputsOf, only, statementsOf, tags } from "./support/declare.ts";

const program = () =>
  new Network("net", {
    permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
    settings: {
      cidr: "10.40.0.0/16",
      zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
      logRetentionDays: 365,
    },
    region: "eu-central-1",
    tier: "production",
    tags,
  });

it("gives each zone a private subnet whose route table leads nowhere else", async () => {
  const declared = await declare(program);
  expect(inputsOf(declared, "Subnet")).toMatchObject([
    { availabilityZone: "eu-central-1a", cidrBlock: "10.40.0.0/20", mapPublicIpOnLaunch: false },
    { availabilityZone: "eu-central-1b", cidrBlock: "10.40.16.0/20", mapPublicIpOnLaunch: false },
    { availabilityZone: "eu-central-1c", cidrBlock: "10.40.32.0/20", mapPublicIpOnLaunch: false },
  ]);
  expect(only(declared, "RouteTable")).not.toHaveProperty("routes");
  expect(inputsOf(declared, "RouteTableAssociation")).toHaveLength(3);
});

it("lets flow logs write to their own group, for this account alone", async () => {
  const declared = await declare(program);
  expect(only(declared, "FlowLog")).toMatchObject({
    trafficType: "ALL",
    logDestination: "arn:LogGroup:net-flow-logs",
    iamRoleArn: "arn:Role:net-flow-logs",
  });
  expect(statementsOf(only(declared, "Role")["assumeRolePolicy"])).toMatchObject([
    {
      Principal: { Service: "vpc-flow-logs.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
    },
  ]);
  const [allowed, listed, ...others] = statementsOf(only(declared, "RolePolicy")["policy"]);
  expect(others).toEqual([]);
  expect(allowed?.["Resource"]).toBe("arn:LogGroup:net-flow-logs:*");
  expect(allowed?.["Action"]).not.toContain("logs:CreateLogGroup");
  expect(listed).toMatchObject({ Action: "logs:DescribeLogGroups", Resource: "*" });
});

it("lets CloudWatch encrypt that group with the key, and no other", async () => {
  const declared = await declare(program);
  const name = String(only(declared, "LogGroup")["name"]);
  const logs = statementsOf(only(declared, "Key")["policy"]).find((s) => s["Sid"] === "CloudWatchLogs");
  expect(logs).toMatchObject({
    Principal: { Service: "logs.eu-central-1.amazonaws.com" },
    Condition: {
      ArnLike: {
        "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:123456789012:log-group:${name}`,
      },
    },
  });
});

it("declares the same in a preview, where nothing is known yet", async () => {
  const names = async (preview: boolean) =>
    (await declare(program, preview)).map(({ type, name }) => `${type} ${name}`).sort();
  expect(await names(true)).toEqual(await names(false));
});
