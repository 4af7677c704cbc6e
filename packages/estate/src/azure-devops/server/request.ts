import { IncomingMessage } from 'node:http';
import { AzureOrganisation, AzureProject } from '../state';
import { Answer, failure, listOf } from './answers';
import { AzureHost } from './locations';

/** What a route handler gets to see. */
export interface RouteRequest {
  state: AzureOrganisation;
  /** The project in the path, when the route has one. */
  project: AzureProject;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** Base address of each host, with the organisation, without a slash at the end. */
  urls: Record<AzureHost, string>;
  now: Date;
}

/** One operation of the service. */
export interface Route {
  host: AzureHost;
  /** Name in call logs, refusals and faults, such as `build.definitions.list`. */
  operation: string;
  method: 'GET' | 'POST';
  /** `{project}/_apis/build/definitions/{definitionId}`; `{*path}` takes the rest. */
  path: string;
  /** The resource was never released, so the client must ask for a preview version. */
  preview?: boolean;
  handle(request: RouteRequest): Answer;
}

/** Reads a whole request body, at most 16 MiB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > 16 * 1024 * 1024)
      throw new Error('The request body is too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const DEFAULT_PAGE = 1000;

/**
 * Cuts a list into pages by `$top` and `continuationToken`, as the lists of
 * Azure DevOps do. The token is opaque to clients.
 */
export function pageOf(
  items: object[],
  query: URLSearchParams,
  defaultTop = DEFAULT_PAGE,
): Answer {
  const top = query.has('$top') ? Number(query.get('$top')) : defaultTop;
  if (!Number.isInteger(top) || top < 0) {
    return failure(
      400,
      'InvalidQueryStringException',
      'The value of $top is not valid.',
    );
  }
  const token = query.get('continuationToken');
  const start = token
    ? Number(Buffer.from(token, 'base64url').toString('utf8'))
    : 0;
  if (!Number.isInteger(start)) {
    return failure(
      400,
      'InvalidContinuationTokenException',
      'The continuation token is not valid.',
    );
  }
  const end = start + top;
  const next =
    end < items.length
      ? Buffer.from(String(end)).toString('base64url')
      : undefined;
  return listOf(items.slice(start, end), next);
}
