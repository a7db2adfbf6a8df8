/** Values that stay in the process are the message that they would have been. */
import fc from "fast-check";
import structs from "google-protobuf/google/protobuf/struct_pb.js";
import { expect, test } from "vitest";
import { fromStruct, toStruct, type WireObject } from "../../../readiness/engine/wire.ts";

/** google-protobuf loses a key that is the prototype's name, which nothing on the wire has. */
const wireObjects = (
  fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })) as fc.Arbitrary<WireObject>
).filter((values) => !JSON.stringify(values).includes("__proto__"));

test("what goes in comes out", () => {
  const values = { a: [1, "x", null, { b: true }], c: {} };
  expect(fromStruct(toStruct(values))).toEqual(values);
});

test("what is sent has the same values", () => {
  fc.assert(
    fc.property(wireObjects, (values) => {
      const bytes = toStruct(values).serializeBinary();
      const received = structs.Struct.deserializeBinary(bytes).toJavaScript();
      expect(JSON.stringify(sorted(received))).toBe(JSON.stringify(sorted(values)));
    }),
  );
});

test("the fields of the message can be read and changed", () => {
  const struct = toStruct({ a: 1 });
  struct.getFieldsMap().set("b", structs.Value.fromJavaScript("x"));
  expect(fromStruct(struct)).toEqual({ a: 1, b: "x" });
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, part]) => [key, sorted(part)]);
}
