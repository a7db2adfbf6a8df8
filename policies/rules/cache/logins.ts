/** Whether a cache that another program made asks its clients who they are. */
import type * as aws from "@pulumi/aws";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import type { Doubt, Result, Violation } from "../../rule.ts";

interface Told {
  readonly replicationGroupId: string;
  readonly authTokenEnabled: boolean;
}
const login = resourceType<Told>("readiness:index:ExistingCacheLogin");
const userGroup = resourceType<aws.elasticache.UserGroupArgs>("aws:elasticache/userGroup:UserGroup");
const user = resourceType<aws.elasticache.UserArgs>("aws:elasticache/user:User");

/** ElastiCache User Guide, "Role-Based Access Control": a user who is off logs in by nothing. */
const switchedOff = /^\s*off(\s|$)/;

/** By an AUTH token, or each user of its groups by a password or IAM. */
export function loginsAsked(group: Resource, stack: Stack): Result {
  const groups = linked(group, "userGroupIds", userGroup);
  if (groups.length > 0) return groups.flatMap((one) => ofUsers(one as Resource));
  const [told] = stack
    .ofType(login)
    .filter(({ props }) => props.replicationGroupId === group.props["replicationGroupId"]);
  if (!told) return { doubt: "nobody has read whether it asks for a token" };
  return told.props.authTokenEnabled === true
    ? undefined
    : {
        observed: "it asks nobody for a token, and has no users",
        wanted: "an AUTH token, or users with a password or IAM",
        mend: "set an AUTH token, or give it a group of users, each with a password or IAM",
      };
}

function ofUsers(group: Resource): readonly (Violation | Doubt)[] {
  const users = linked(group, "userIds", user);
  if (users.length === 0)
    return [{ resource: group, observed: "it has no users", wanted: "users with a password or IAM" }];
  return users
    .filter(({ props }) => !switchedOff.test(props.accessString))
    .filter(({ props }) => !/^(password|iam)$/.test(props.authenticationMode?.type ?? ""))
    .map(({ props, ...own }) => ({
      resource: { props, ...own } as Resource,
      observed: `authenticationMode.type is ${props.authenticationMode?.type ?? "not set"}`,
      wanted: "password or iam",
    }));
}
