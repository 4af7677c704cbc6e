import { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import {
  Behaviour,
  CallLog,
  Certificate,
  Fault,
  listen,
  Listening,
  localhostCertificate,
} from '../engine';
import { readBody } from '../azure-devops/server/request';
import { armFailure, AzureAnswer } from './answers';
import { answerArm } from './arm';
import { answerEntra } from './entra';
import { answerGraph } from './graph';
import { AzureTenant } from './state';
import { TokenMint } from './TokenMint';

/** The hosts of Azure that the estate stands in for: sign-in, Resource Manager and Microsoft Graph. */
export type AzureCloudHost = 'authority' | 'resourceManager' | 'graph';

/** What a local Azure is started with. */
export interface AzureEstateOptions {
  tenant: AzureTenant;
  behaviour?: Behaviour;
  calls?: CallLog;
  /** Ports by host; without one, any that is free. */
  ports?: Partial<Record<AzureCloudHost, number>>;
  /** Entries on a page of any list. Default 100. */
  pageSize?: number;
}

/** A running local Azure. */
export interface AzureEstate {
  urls: Record<AzureCloudHost, string>;
  /** Clients must trust this one: the libraries of Azure send tokens over TLS only. */
  certificate: string;
  behaviour: Behaviour;
  calls: CallLog;
  close(): Promise<void>;
}

const HOSTS: AzureCloudHost[] = ['authority', 'resourceManager', 'graph'];

function faulted(fault: Fault | undefined): AzureAnswer | undefined {
  switch (fault?.kind) {
    case 'deny':
      return armFailure(
        403,
        'AuthorizationFailed',
        'The client does not have authorization to perform the action.',
      );
    case 'unauthenticated':
      return armFailure(
        401,
        'InvalidAuthenticationToken',
        'The access token is invalid.',
      );
    case 'not-found':
      return armFailure(404, 'NotFound', 'It could not be found.');
    case 'throttle':
      return {
        ...armFailure(
          429,
          'TooManyRequests',
          'The request is being throttled.',
        ),
        headers: { 'retry-after': String(fault.retryAfterSeconds ?? 1) },
      };
    case 'server-error':
      return armFailure(
        500,
        'InternalServerError',
        'Encountered internal server error.',
      );
    default:
      return undefined;
  }
}

function send(
  response: ServerResponse,
  answer: AzureAnswer,
  fault?: Fault,
): void {
  const html = fault?.kind === 'html' || fault?.kind === 'sign-in-page';
  let text = html
    ? '<!DOCTYPE html><html></html>'
    : JSON.stringify(answer.body);
  let { status } = answer;
  let type = html ? 'text/html' : 'application/json; charset=utf-8';
  if (fault?.kind === 'cut-short')
    text = text.slice(0, Math.floor(text.length / 2));
  if (fault?.kind === 'answer' && fault.answer) {
    text = fault.answer.body;
    status = fault.answer.status;
    type = fault.answer.headers?.['content-type'] ?? type;
  }
  response.writeHead(status, {
    'content-type': type,
    'x-ms-request-id': '3f0c5a6e-4a2a-4a86-8f59-1c1c2a7d1b11',
    ...answer.headers,
    ...fault?.answer?.headers,
  });
  response.end(text);
}

/**
 * Starts a local Azure: one listener each for what the real one has on
 * login.microsoftonline.com, management.azure.com and graph.microsoft.com.
 *
 * @throws the error of a port that is taken
 */
export async function createAzureEstate(
  options: AzureEstateOptions,
): Promise<AzureEstate> {
  const {
    tenant,
    behaviour = new Behaviour(),
    calls = new CallLog(),
    ports = {},
    pageSize = 100,
  } = options;
  const certificate: Certificate = localhostCertificate();
  const mint = new TokenMint();
  const listening = new Map<AzureCloudHost, Listening>();
  const close = async () => {
    await Promise.all([...listening.values()].map(each => each.close()));
  };
  const handle = async (
    host: AzureCloudHost,
    request: IncomingMessage,
    response: ServerResponse,
  ) => {
    const url = request.url ?? '/';
    const { pathname, searchParams } = new URL(url, 'https://localhost');
    const method = request.method ?? 'GET';
    const base = listening.get(host)?.url ?? '';
    const context = { tenant, mint, base, now: behaviour.now(), pageSize };
    const { authorization } = request.headers;
    const asked = {
      method,
      path: pathname,
      query: searchParams,
      authorization,
    };
    const body = await readBody(request);
    const answerOf = {
      authority: () => answerEntra({ method, path: pathname, body }, context),
      resourceManager: () => answerArm(asked, context),
      graph: () => answerGraph(asked, context),
    };
    const { operation, answer } = answerOf[host]();
    const fault = behaviour.faultFor({ source: 'azure', operation, url });
    if (behaviour.latencyMs > 0) await pause(behaviour.latencyMs);
    const sent = faulted(fault) ?? answer;
    calls.record({
      source: 'azure',
      operation,
      method,
      url,
      status: fault?.kind === 'hang-up' ? 0 : sent.status,
      at: behaviour.now().getTime(),
    });
    if (fault?.kind === 'hang-up') request.socket.destroy();
    else send(response, sent, fault);
  };
  try {
    for (const host of HOSTS) {
      listening.set(
        host,
        await listen(
          (request, response) => {
            handle(host, request, response).catch((error: Error) => {
              response.statusCode = 500;
              response.end(error.stack);
            });
          },
          ports[host] ?? 0,
          certificate,
        ),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries(
    HOSTS.map(host => [host, listening.get(host)?.url ?? '']),
  ) as Record<AzureCloudHost, string>;
  return {
    urls,
    certificate: certificate.certificate,
    behaviour,
    calls,
    close,
  };
}
