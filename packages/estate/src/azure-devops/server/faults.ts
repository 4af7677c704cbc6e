import { Fault } from '../../engine';
import {
  Answer,
  failure,
  notFoundPage,
  signInPage,
  unauthorised,
} from './answers';

/**
 * The headers with which the service asks a client to slow down, on answers
 * that succeed as well.
 */
export function pacingHeaders(
  retryAfterSeconds: number,
  now: Date,
): Record<string, string> {
  return {
    'retry-after': String(retryAfterSeconds),
    'x-ratelimit-resource': 'Data Access/Search',
    'x-ratelimit-delay': `${retryAfterSeconds}.000`,
    'x-ratelimit-limit': '200',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(Math.ceil(now.getTime() / 1000) + 300),
  };
}

/** The answer that a fault puts in place of the real one; nothing for faults that only change it. */
export function faultedAnswer(fault: Fault, path: string): Answer | undefined {
  switch (fault.kind) {
    case 'deny':
      return failure(
        403,
        'AccessCheckException',
        'Access Denied: reader needs the following permission(s) on the resource to perform this action: View',
      );
    case 'unauthenticated':
      return unauthorised(
        "TF400813: The user '' is not authorized to access this resource.",
      );
    case 'not-found':
      return notFoundPage();
    case 'throttle':
      return failure(
        429,
        'RequestBlockedException',
        "TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource 'Concurrency' in namespace 'User'.",
        { 'retry-after': String(fault.retryAfterSeconds ?? 1) },
      );
    case 'sign-in-page':
      return signInPage();
    case 'html':
      return signInPage(200);
    case 'server-error':
      return failure(
        500,
        'VssServiceException',
        `TF53010: The following error occurred while answering ${path}.`,
      );
    case 'answer':
      return (
        fault.answer && {
          status: fault.answer.status,
          headers: fault.answer.headers,
          body: fault.answer.body,
          contentType:
            fault.answer.headers?.['content-type'] ??
            'application/json; charset=utf-8',
        }
      );
    default:
      return undefined;
  }
}
