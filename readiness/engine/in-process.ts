/** Joins a client of Pulumi's protocol to a service in the same process: the messages without the sockets. */

/** gRPC's code for an error that carries nothing but its message. */
const unknownStatus = 2;

/**
 * A client whose calls are answered by the methods of `service`, which take the request message and give the
 * response message.
 * @param methods names of the protocol's methods; calling one that `service` lacks is an error that names it
 */
export function inProcessClient(methods: readonly string[], service: object): object {
  const answer = async (method: string, request: unknown) => {
    const handle: unknown = Reflect.get(service, method);
    if (typeof handle !== "function") throw new Error(`the embedded engine does not support ${method}`);
    return handle.call(service, request) as unknown;
  };
  const client = Object.fromEntries(
    methods.map((method) => [
      method,
      (request: unknown, callback: Callback) => {
        answer(method, request).then(
          (response) => callback(null, response),
          (error: unknown) => callback(serviceError(error)),
        );
      },
    ]),
  );
  return { ...client, close() {} };
}

type Callback = (error: Error | null, response?: unknown) => void;

function serviceError(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(message, { cause: error }), { code: unknownStatus, details: message });
}
