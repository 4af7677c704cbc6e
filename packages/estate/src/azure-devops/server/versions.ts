import { IncomingMessage } from 'node:http';
import { Answer, failure } from './answers';
import { Route } from './request';

const VERSION = /^(\d+\.\d+)(-preview(?:\.\d+)?)?$/;
const NEWEST = 7.2;
const RELEASED = 7.1;

/** The version that a request asks for, in the query or in the Accept header. */
function requested(
  request: IncomingMessage,
  query: URLSearchParams,
): string | undefined {
  const fromQuery = query.get('api-version');
  if (fromQuery) return fromQuery;
  const accept = request.headers.accept ?? '';
  return /api-version=([^;,\s]+)/i.exec(accept)?.[1];
}

/**
 * Decides which version of a resource answers.
 *
 * A GET of a released resource may leave the version out; anything else may
 * not, and a resource that was never released needs the preview flag.
 */
export function negotiateVersion(
  route: Route,
  request: IncomingMessage,
  query: URLSearchParams,
): { version: string } | { answer: Answer } {
  const version = requested(request, query);
  if (!version) {
    if (route.method === 'GET') {
      return { version: route.preview ? '7.2-preview.1' : '7.1' };
    }
    return {
      answer: failure(
        400,
        'VssVersionNotSpecifiedException',
        `No api-version was supplied for the "${route.method}" request. The version must be supplied either as part of the Accept header (e.g. "application/json; api-version=1.0") or as a query parameter (e.g. "?api-version=1.0").`,
      ),
    };
  }
  const match = VERSION.exec(version);
  if (!match || Number(match[1]) > NEWEST) {
    return {
      answer: failure(
        400,
        'VssVersionOutOfRangeException',
        `The requested REST API version of ${version} is out of range for this server. The latest REST API version this server supports is ${NEWEST}.`,
      ),
    };
  }
  const needsPreview = route.preview || Number(match[1]) > RELEASED;
  if (needsPreview && !match[2]) {
    return {
      answer: failure(
        400,
        'VssInvalidPreviewVersionException',
        `The requested version "${version}" of the resource is under preview. The -preview flag must be supplied in the api-version for such requests. For example: "${version}-preview"`,
      ),
    };
  }
  return { version };
}
