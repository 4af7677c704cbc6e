import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { Behaviour, CallLog, Fault, listen } from '../engine';
import { Sessions, Caller } from './auth/sessions';
import {
  readScope,
  ReceivedRequest,
  SignedScope,
  verifySignature,
} from './auth/signature';
import {
  answer,
  dispatch,
  refusal,
  serviceFor,
  unknownOperation,
} from './dispatch';
import { accessDenied, AwsError } from './errors';
import { faultError, isBodyFault } from './faults';
import { Answer } from './protocols/wire';
import { ServiceEntry } from './services/catalogue';
import { AwsState } from './state/accountSchema';
import { regionSchema } from './state/regionSchema';

/** What a local AWS is made of. */
export interface AwsEstateOptions {
  state: AwsState;
  behaviour?: Behaviour;
  calls?: CallLog;
  /** 0, the default, takes any free port. */
  port?: number;
  /** Largest page by operation (`iam:GetAccountAuthorizationDetails`), to make pages short. */
  pageLimits?: Record<string, number>;
}

/** A local AWS that is listening. */
export interface AwsEstate {
  /** For `AWS_ENDPOINT_URL`. */
  url: string;
  port: number;
  /** Ends all sessions that AssumeRole has given out. */
  expireSessions(): void;
  close(): Promise<void>;
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const [path, query = ''] = (request.url ?? '/').split('?');
  return {
    method: request.method ?? 'GET',
    path,
    query,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(',') : value ?? '',
      ]),
    ),
    body: Buffer.concat(chunks),
  };
}

function isDenied(denied: readonly string[], operation: string): boolean {
  return denied.some(pattern =>
    pattern.endsWith('*')
      ? operation.startsWith(pattern.slice(0, -1))
      : pattern === operation,
  );
}

/** One exchange, from request to answer. */
class Exchange {
  readonly requestId = randomUUID();
  operation = 'unknown';
  scope?: string;
  entry?: ServiceEntry;
  fault?: Fault;

  constructor(
    private readonly options: AwsEstateOptions,
    private readonly behaviour: Behaviour,
    private readonly sessions: Sessions,
  ) {}

  run(request: ReceivedRequest): Answer {
    try {
      return this.#answer(request);
    } catch (error) {
      const refused =
        error instanceof AwsError
          ? error
          : new AwsError('InternalFailure', String(error), { status: 500 });
      return refusal(this.entry, refused, this.requestId);
    }
  }

  #authenticate(request: ReceivedRequest): {
    scope: SignedScope;
    caller: Caller;
  } {
    this.entry = serviceFor(request, undefined);
    const scope = readScope(request.headers);
    this.entry ??= serviceFor(request, scope.service);
    const { caller, secret } = this.sessions.find(
      scope.accessKeyId,
      request.headers['x-amz-security-token'],
    );
    verifySignature(request, scope, secret);
    if (this.entry && this.entry.signingName !== scope.service) {
      throw new AwsError(
        'InvalidSignatureException',
        `Credential should be scoped to correct service: '${this.entry.signingName}'.`,
        { status: 403, xmlCode: 'SignatureDoesNotMatch' },
      );
    }
    return { scope, caller };
  }

  #answer(request: ReceivedRequest): Answer {
    const { scope, caller } = this.#authenticate(request);
    const { account } = caller;
    this.scope = account.id;
    if (!this.entry) {
      throw new AwsError(
        'UnknownOperationException',
        `The local AWS has no service ${scope.service}`,
      );
    }
    const dispatched = dispatch(request, this.entry);
    this.operation = `${this.entry.prefix}:${dispatched.operation}`;
    this.fault = this.behaviour.faultFor({
      source: 'aws',
      operation: this.operation,
      scope: account.id,
      url: request.query ? `${request.path}?${request.query}` : request.path,
      body: request.body.toString('utf8'),
    });
    const injected =
      this.fault && faultError(this.fault, this.operation, caller.arn);
    if (injected) throw injected;
    const run = this.entry.service[dispatched.operation];
    if (!run) throw unknownOperation(this.entry, dispatched.operation);
    if (isDenied(account.denied, this.operation)) {
      throw accessDenied(caller.arn, this.operation);
    }
    const region = this.entry.global ? 'aws-global' : scope.region;
    const output = run(dispatched.input, {
      state: this.options.state,
      sessions: this.sessions,
      caller,
      account,
      region,
      regional: account.regions[region] ?? regionSchema.parse({}),
      operation: this.operation,
      pageLimit: this.options.pageLimits?.[this.operation] ?? Infinity,
    });
    return answer(dispatched, output, this.requestId);
  }
}

function send(
  response: ServerResponse,
  sent: Answer,
  exchange: Exchange,
): void {
  const { fault, requestId } = exchange;
  if (fault?.kind === 'hang-up') {
    response.destroy();
    return;
  }
  let { status, headers, body } = sent;
  if (fault && isBodyFault(fault.kind)) {
    if (fault.kind === 'cut-short') {
      body = body.slice(0, Math.floor(body.length / 2));
    } else {
      status = fault.kind === 'html' ? 200 : 203;
      headers = { 'content-type': 'text/html' };
      body = '<!DOCTYPE html><html><body>Sign in</body></html>';
    }
  }
  if (fault?.retryAfterSeconds !== undefined) {
    headers = { ...headers, 'retry-after': String(fault.retryAfterSeconds) };
  }
  response.writeHead(status, {
    ...headers,
    'x-amzn-requestid': requestId,
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}

/**
 * Starts a local AWS on loopback. Clients of the AWS SDK speak to it unmodified
 * with `AWS_ENDPOINT_URL` (Amazon S3 with path-style addresses).
 *
 * Sessions and request signatures go by the wall clock, since clients do.
 */
export async function createAwsEstate(
  options: AwsEstateOptions,
): Promise<AwsEstate> {
  const behaviour = options.behaviour ?? new Behaviour();
  const calls = options.calls ?? new CallLog();
  const sessions = new Sessions(options.state);
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const received = await receive(request);
    const exchange = new Exchange(options, behaviour, sessions);
    const sent = exchange.run(received);
    calls.record({
      source: 'aws',
      operation: exchange.operation,
      method: received.method,
      url: request.url ?? '/',
      status: sent.status,
      scope: exchange.scope,
      at: behaviour.now().getTime(),
    });
    if (behaviour.latencyMs) await pause(behaviour.latencyMs);
    send(response, sent, exchange);
  };
  const server = await listen((request, response) => {
    handle(request, response).catch(() => response.destroy());
  }, options.port);
  return {
    url: server.url,
    port: server.port,
    expireSessions: () => sessions.expireAll(),
    close: () => server.close(),
  };
}
