import { describe, expect, it } from "vitest";
import { bodiesIn, Fields } from "../../../../readiness/mutate/sdk/fields.ts";

/** As Pulumi's generator writes them. */
const declarations = `
export interface GateState {
    open?: pulumi.Input<boolean | undefined>;
}
/**
 * The set of arguments for constructing a Gate resource.
 */
export interface GateArgs {
    /**
     * Whether it stands open. Defaults to \`false\`.
     */
    open?: pulumi.Input<boolean | undefined>;
    /**
     * Its height. Default is \`3\` where a wall is there.
     */
    height: pulumi.Input<number>;
    keys?: pulumi.Input<pulumi.Input<string>[] | undefined>;
    tags?: pulumi.Input<{
        [key: string]: pulumi.Input<string>;
    } | undefined>;
    guards?: pulumi.Input<pulumi.Input<inputs.gates.GateGuard>[] | undefined>;
    policy: pulumi.Input<string | inputs.iam.PolicyDocument>;
    parts?: any;
}
`;
const nested = `
export declare namespace gates {
    interface GateGuard {
        /**
         * Defaults to the gate's own.
         */
        name?: pulumi.Input<string | undefined>;
        shift: pulumi.Input<inputs.gates.GateGuardShift>;
    }
    interface GateGuardShift {
        from: pulumi.Input<string>;
    }
}
`;
const fields = new Fields("castle:gates/gate:Gate", declarations, () => bodiesIn(nested));

describe("the inputs of a type", () => {
  it("are those of its arguments, with their shape, and whether a program can do without them", () => {
    expect(fields.top.map(({ name, required, shape }) => [name, required, shape])).toEqual([
      ["open", false, { kind: "boolean" }],
      ["height", true, { kind: "number" }],
      ["keys", false, { kind: "list", of: { kind: "string" } }],
      ["tags", false, { kind: "map", of: { kind: "string" } }],
      ["guards", false, { kind: "list", of: { kind: "fields", name: "gates.GateGuard" } }],
      ["policy", true, { kind: "fields", name: "iam.PolicyDocument" }],
      ["parts", false, undefined],
    ]);
  });

  it("have the default that their documentation tells without a condition", () => {
    expect(fields.top.map(({ standard }) => standard).slice(0, 2)).toEqual(["false", undefined]);
    expect(fields.at(["guards", 0, "name"])?.standard).toBeUndefined();
  });

  it("are found by their path, through lists and groups", () => {
    expect(fields.at(["guards", 1, "shift", "from"])).toMatchObject({ name: "from", required: true });
    expect(fields.at(["tags", "owner"])).toMatchObject({ shape: { kind: "string" }, required: false });
    expect(fields.at(["guards", 1, "sword"])).toBeUndefined();
    expect(fields.at(["parts", "hinge"])).toBeUndefined();
  });
});
