/**
 * Property values that stay in the process: they are kept as they are, where a message of the protocol would build a
 * tree of objects for each value, on both ways of every registration.
 */
import type { JavaScriptValue, Struct as Message } from "google-protobuf/google/protobuf/struct_pb.js";
import { Struct, Value } from "./sdk.ts";

type Values = Readonly<Record<string, JavaScriptValue>>;

class PlainStruct extends Struct {
  #values: Values | undefined;

  constructor(values: Values) {
    super();
    this.#values = values;
  }

  override toJavaScript(): Record<string, JavaScriptValue> {
    return this.#values ?? super.toJavaScript();
  }

  /** What writes the message reads it by this. */
  override getFieldsMap(): ReturnType<Message["getFieldsMap"]> {
    const values = this.#values;
    if (values) {
      this.#values = undefined;
      const fields = super.getFieldsMap();
      for (const [key, value] of Object.entries(values)) fields.set(key, Value.fromJavaScript(value));
    }
    return super.getFieldsMap();
  }
}

// The SDK makes its messages by this.
Struct.fromJavaScript = (values: Values) => new PlainStruct(values);
