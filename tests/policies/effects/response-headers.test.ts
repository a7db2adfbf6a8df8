import { expect, it } from "vitest";
import { deniedFeatures } from "../../../policies/effects/response-headers.ts";

it.each([
  ["camera=(), geolocation=( self ), usb=self", ["camera", "geolocation", "usb"]],
  ['camera=("https://a.example.com"), microphone=*, usb=(*)', []],
  ["camera 'none'; microphone 'none'", []],
  ["", []],
])("%s denies %j", (policy, expected) => {
  expect([...deniedFeatures(policy)]).toEqual(expected);
});
