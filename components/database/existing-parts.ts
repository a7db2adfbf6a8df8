/** What a store that is there already leads to: read, and never changed, each thing once. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

type Texts = pulumi.Input<readonly (string | undefined)[]>;
type Read = (label: string, id: string) => void;

export class ExistingParts {
  readonly #name: string;
  readonly #parent: pulumi.Resource;
  readonly #seen: Set<string>;
  readonly #provider: pulumi.ProviderResource | undefined;

  /**
   * @param name what the names of all that is read begin with
   * @param seen what is read already
   * @param provider that of the parent where absent
   */
  constructor(
    name: string,
    parent: pulumi.Resource,
    seen = new Set<string>(),
    provider?: pulumi.ProviderResource,
  ) {
    this.#name = name;
    this.#parent = parent;
    this.#seen = seen;
    this.#provider = provider;
  }

  /** How functions are asked. */
  get asking(): pulumi.InvokeOutputOptions {
    return { parent: this.#parent };
  }

  /** KMS keys by their ARNs; nothing of what is encrypted with none. */
  keys(arns: Texts): void {
    this.each(arns, (label, arn) => aws.kms.Key.get(label, lastOf(arn), {}, this.#child));
  }

  /** Roles by their ARNs, with their own policies and the names of those that are attached. */
  roles(arns: Texts): void {
    this.each(arns, (label, arn) => aws.iam.Role.get(label, lastOf(arn), {}, this.#child));
  }

  /** Log groups by their names, with their keys. */
  logGroups(names: Texts): void {
    this.each(names, (label, name) => {
      const { kmsKeyId } = aws.cloudwatch.LogGroup.get(label, name, {}, this.#child);
      this.keys(list(kmsKeyId));
    });
  }

  /** Security groups, and those that they let in. */
  securityGroups(ids: Texts): void {
    this.each(ids, (label, id) => {
      const { ingress } = aws.ec2.SecurityGroup.get(label, id, {}, this.#child);
      const peers = ingress.apply((rules) => rules.flatMap(({ securityGroups = [] }) => securityGroups));
      this.each(
        // Another account's cannot be read.
        peers.apply((groups) => groups.filter((group) => !group.includes("/"))),
        (peer, group) => aws.ec2.SecurityGroup.get(peer, group, {}, this.#child),
      );
    });
  }

  /**
   * A network: its default security group, these subnets of it, and the route tables that they are given with the
   * gateways that these lead to. Only a table that is a subnet's own is one; what follows the main table has none.
   */
  network(vpcId: pulumi.Input<string>, subnetIds: Texts): void {
    const id = pulumi.output(vpcId);
    this.each(list(id), (label, vpc) => aws.ec2.Vpc.get(label, vpc, {}, this.#child));
    this.each(subnetIds, (label, subnet) => aws.ec2.Subnet.get(label, subnet, {}, this.#child));
    const byDefault = aws.ec2.getSecurityGroupOutput({ vpcId: id, name: "default" }, this.asking);
    this.each(list(byDefault.id), (label, group) =>
      aws.ec2.DefaultSecurityGroup.get(label, group, {}, this.#child),
    );
    const tables = aws.ec2.getRouteTablesOutput({ vpcId: id }, this.asking);
    pulumi.all([tables.ids, subnetIds]).apply(([ids, subnets]) => {
      for (const table of ids) this.#routes(table, subnets);
    });
  }

  /** A flow log by its id, and where it writes to as whom. */
  flowLog(flowLogId: string): void {
    this.each([flowLogId], (label, id) => {
      const log = aws.ec2.FlowLog.get(label, id, {}, this.#child);
      this.roles(list(log.iamRoleArn));
      this.logGroups(log.logDestination.apply((arn) => [/:log-group:([^:]+)/.exec(arn)?.[1]]));
    });
  }

  #routes(tableId: string, subnets: readonly (string | undefined)[]): void {
    const { associations } = aws.ec2.getRouteTableOutput({ routeTableId: tableId }, this.asking);
    associations.apply((given) => {
      const own = given.flatMap(({ subnetId }) => (subnets.includes(subnetId) ? [subnetId] : []));
      if (own.length === 0) return;
      for (const subnet of own) {
        this.each([`${subnet}/${tableId}`], (label, id) =>
          aws.ec2.RouteTableAssociation.get(label, id, {}, this.#child),
        );
      }
      this.each([tableId], (label, id) => {
        const { routes } = aws.ec2.RouteTable.get(label, id, {}, this.#child);
        this.each(
          routes.apply((hops) => hops.map(({ gatewayId }) => gatewayId)),
          (gateway, to) => {
            if (to.startsWith("igw-")) aws.ec2.InternetGateway.get(gateway, to, {}, this.#child);
          },
        );
      });
    });
  }

  /** Reads what is not read yet. */
  each(ids: Texts, read: Read): void {
    pulumi.output(ids).apply((known) => {
      for (const id of known) {
        if (!id || this.#seen.has(id)) continue;
        this.#seen.add(id);
        const called = id.startsWith("arn:") ? lastOf(id) : id;
        read(`${this.#name}-${called.replaceAll(/[^\w-]+/g, "-")}`, id);
      }
    });
  }

  get #child(): pulumi.CustomResourceOptions {
    return { parent: this.#parent, ...(this.#provider && { provider: this.#provider }) };
  }
}

function list<T>(one: pulumi.Output<T>): pulumi.Output<T[]> {
  return one.apply((value) => [value]);
}

/** What an ARN ends with: a key's id, or a role's name without its path. */
function lastOf(arn: string): string {
  return arn.split("/").at(-1) ?? arn;
}
