/**
 * A stand-in for a cloud's provider plugin: test equipment. `node plugin.ts <package> <engine>` speaks Pulumi's
 * provider protocol and keeps what it makes in `STAND_IN_DIR`. A test that listens on `STAND_IN_SOCKET` sees how
 * long each plugin lives, and reads the id of the engine's process when a call hangs.
 */
import { connect } from "node:net";
import type { ServerUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import plugins from "@pulumi/pulumi/proto/plugin_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import google from "google-protobuf/google/protobuf/empty_pb.js";
import structs, { type JavaScriptValue, type Struct } from "google-protobuf/google/protobuf/struct_pb.js";
import { exitWithEngine } from "../../../tools/pulumi-cli/language-host/engine-watch.ts";
import { serve } from "../../../tools/pulumi-cli/language-host/service.ts";
import type { Props } from "./cloud.ts";
import { StandInProvider } from "./provider.ts";
import { sdkVersion } from "./schema.ts";

const [, , packageName = "", engineAddress = ""] = process.argv;
const socket = process.env["STAND_IN_SOCKET"];
const test = socket ? connect(socket) : undefined;
const cancelled = Promise.withResolvers<never>();
// The engine cancels every plugin at the end, whether anything hangs or not.
cancelled.promise.catch(() => {});
const cloud = new StandInProvider(packageName, process.env["STAND_IN_DIR"] ?? ".", () => {
  test?.write(`${process.ppid}\n`);
  return cancelled.promise;
});

const plain = (struct: Struct | undefined) => (struct?.toJavaScript() ?? {}) as Props;
const struct = (props: Props) => structs.Struct.fromJavaScript(props as Record<string, JavaScriptValue>);

/** Answers a call with what `answer` gives or throws. */
function method<Request, Response>(answer: (request: Request) => Response | Promise<Response>) {
  return (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>) => {
    Promise.try(answer, call.request).then((response) => done(null, response), done);
  };
}

const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;

const port = await serve(services.ResourceProviderService, {
  getPluginInfo: method(() => new plugins.PluginInfo().setVersion(sdkVersion(packageName))),
  // As the Terraform bridge answers: no secrets, no resources, and previews with what can be known.
  configure: method((r: proto.ConfigureRequest) => {
    cloud.configure(plain(r.getArgs()));
    return new proto.ConfigureResponse().setSupportspreview(true);
  }),
  getSchema: method(() => new proto.GetSchemaResponse().setSchema("{}")),
  invoke: method((r: proto.InvokeRequest) =>
    new proto.InvokeResponse().setReturn(struct(cloud.invoke(r.getTok(), plain(r.getArgs())))),
  ),
  check: method((r: proto.CheckRequest) => {
    const seed = r.getRandomseed_asU8();
    return new proto.CheckResponse().setInputs(
      struct(cloud.check(r.getUrn(), plain(r.getNews()), plain(r.getOlds()), seed)),
    );
  }),
  diff: method((r: proto.DiffRequest) => {
    const { changed, replaces } = cloud.diff(r.getUrn(), plain(r.getOldInputs()), plain(r.getNews()));
    return new proto.DiffResponse()
      .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
      .setDiffsList(changed)
      .setReplacesList(replaces);
  }),
  create: method(async (r: proto.CreateRequest) => {
    const inputs = plain(r.getProperties());
    if (r.getPreview())
      return new proto.CreateResponse().setProperties(struct(cloud.preview(r.getUrn(), inputs)));
    const { id, outputs } = await cloud.create(r.getUrn(), inputs);
    return new proto.CreateResponse().setId(id).setProperties(struct(outputs));
  }),
  read: method((r: proto.ReadRequest) => {
    const found = cloud.read(r.getUrn(), r.getId(), plain(r.getInputs()));
    if (!found) return new proto.ReadResponse();
    const response = new proto.ReadResponse().setId(found.id);
    return response.setProperties(struct(found.outputs)).setInputs(struct(found.inputs));
  }),
  update: method(async (r: proto.UpdateRequest) => {
    const news = plain(r.getNews());
    if (r.getPreview()) {
      return new proto.UpdateResponse().setProperties(struct({ ...plain(r.getOlds()), ...news }));
    }
    const { outputs } = await cloud.update(r.getUrn(), r.getId(), news);
    return new proto.UpdateResponse().setProperties(struct(outputs));
  }),
  delete: method(async (r: proto.DeleteRequest) => {
    await cloud.delete(r.getUrn(), r.getId());
    return new google.Empty();
  }),
  cancel: method(() => {
    cancelled.reject(new Error("the call was cancelled"));
    return new google.Empty();
  }),
});
exitWithEngine(engineAddress);
console.log(String(port));
