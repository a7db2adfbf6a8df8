/** Serves gRPC on a free port of this machine and says where, as Pulumi's plugins do. */
import {
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";

/** Pulumi's own limit of a message: a large stack is handed to the policies in one piece. */
export const messageLimit = 400 * 1024 * 1024;

/** @returns the port */
export function serve(service: ServiceDefinition, methods: UntypedServiceImplementation): Promise<number> {
  const server = new Server({ "grpc.max_receive_message_length": messageLimit });
  server.addService(service, methods);
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}
