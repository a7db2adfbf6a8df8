import { Region } from "@pulumi/aws/types/enums/index.js";
import { expect, it } from "vitest";
import { regions } from "../../../model/config/regions.ts";

it("the regions are those that the AWS provider knows", () => {
  expect(regions).toEqual(Object.values(Region).toSorted());
});
