import { ReceivedRequest } from './auth/signature';
import { AwsError } from './errors';
import { jsonAnswer, jsonError } from './protocols/awsJson';
import { queryAnswer, queryError } from './protocols/awsQuery';
import {
  restJsonAnswer,
  restJsonError,
  restXmlAnswer,
  s3Error,
} from './protocols/rest';
import { Answer, Wire } from './protocols/wire';
import { ServiceEntry, SERVICES } from './services/catalogue';
import { Input } from './services/operation';

/** A request whose service and operation are known. */
export interface Dispatched {
  entry: ServiceEntry;
  /** `GetPipeline`; empty when the request names none that exists. */
  operation: string;
  input: Input;
}

/** Finds the service that a request is for: by its target, else by its credential scope. */
export function serviceFor(
  request: ReceivedRequest,
  signingName: string | undefined,
): ServiceEntry | undefined {
  const target = request.headers['x-amz-target'];
  return SERVICES.find(({ binding, signingName: name }) =>
    binding.protocol === 'json' && target
      ? target.startsWith(`${binding.target}.`)
      : !target && name === signingName,
  );
}

function readJson(body: string): Input {
  if (!body) return {};
  try {
    const value: unknown = JSON.parse(body);
    if (value && typeof value === 'object') return value as Input;
  } catch {
    // answered below
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object');
}

/** Reads operation and input as the protocol of the service carries them. @throws AwsError */
export function dispatch(
  request: ReceivedRequest,
  entry: ServiceEntry,
): Dispatched {
  const body = request.body.toString('utf8');
  const { binding } = entry;
  if (binding.protocol === 'json') {
    const target = request.headers['x-amz-target'] ?? '';
    const operation = target.slice(binding.target.length + 1);
    return { entry, operation, input: readJson(body) };
  }
  if (binding.protocol === 'query') {
    const form = Object.fromEntries(new URLSearchParams(body));
    return { entry, operation: form.Action ?? '', input: form };
  }
  const query = new URLSearchParams(request.query);
  for (const route of binding.routes) {
    const match = route.path.exec(decodeURIComponent(request.path));
    const queryFits = !route.query || query.has(route.query);
    if (match && queryFits && route.method === request.method) {
      const members = { ...Object.fromEntries(query), ...match.groups };
      return {
        entry,
        operation: route.operation,
        input: {
          ...readJson(binding.protocol === 's3' ? '' : body),
          ...members,
        },
      };
    }
  }
  return { entry, operation: '', input: {} };
}

/** The refusal of an operation that the service, or the estate, does not have. */
export function unknownOperation(entry: ServiceEntry, name: string): AwsError {
  return new AwsError(
    'UnknownOperationException',
    `Could not find operation ${name || '(none)'} of ${entry.prefix}`,
    {
      status: entry.binding.protocol === 's3' ? 501 : 400,
      xmlCode:
        entry.binding.protocol === 's3' ? 'NotImplemented' : 'InvalidAction',
    },
  );
}

/** Puts an output on the wire. */
export function answer(
  { entry, operation }: Dispatched,
  output: Wire,
  requestId: string,
): Answer {
  const { binding } = entry;
  switch (binding.protocol) {
    case 'json':
      return jsonAnswer(output, binding.version);
    case 'query':
      return queryAnswer({
        operation,
        namespace: binding.namespace,
        output,
        requestId,
      });
    case 'rest-json':
      return restJsonAnswer(output);
    default:
      return restXmlAnswer(output);
  }
}

/** Puts a refusal on the wire, in the shape of the service's protocol. */
export function refusal(
  entry: ServiceEntry | undefined,
  error: AwsError,
  requestId: string,
): Answer {
  switch (entry?.binding.protocol) {
    case 'query':
      return queryError(error, entry.binding.namespace, requestId);
    case 'rest-json':
      return restJsonError(error);
    case 's3':
      return s3Error(error, requestId);
    default:
      return jsonError(
        error,
        entry?.binding.protocol === 'json' ? entry.binding.version : '1.1',
      );
  }
}
