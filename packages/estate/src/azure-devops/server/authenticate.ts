import { IncomingMessage } from 'node:http';
import { AzureOrganisation, Refusal, Token } from '../state';
import {
  Answer,
  failure,
  notFoundPage,
  signInPage,
  unauthorised,
} from './answers';

function presentedToken(
  request: IncomingMessage,
): { kind: 'pat' | 'bearer'; token: string } | undefined {
  const [scheme, value] = (request.headers.authorization ?? '').split(' ');
  if (/^bearer$/i.test(scheme) && value)
    return { kind: 'bearer', token: value };
  if (/^basic$/i.test(scheme) && value) {
    // The user name of a personal access token is ignored.
    const text = Buffer.from(value, 'base64').toString('utf8');
    return { kind: 'pat', token: text.slice(text.indexOf(':') + 1) };
  }
  return undefined;
}

/**
 * Lets a caller in, or says no in the way of the real service: an anonymous
 * browser-like GET is sent to the sign-in page, one that asks not to be is
 * refused, and a token that is unknown gets the sign-in page on status 203.
 */
export function authenticate(
  request: IncomingMessage,
  state: AzureOrganisation,
): { token: Token } | { answer: Answer } {
  const presented = presentedToken(request);
  if (!presented) {
    if (
      request.headers['x-tfs-fedauthredirect']?.toString().toLowerCase() ===
      'suppress'
    ) {
      return {
        answer: unauthorised(
          "TF400813: The user '' is not authorized to access this resource.",
        ),
      };
    }
    return {
      answer: {
        ...signInPage(302),
        headers: {
          location: 'https://spsprodweu1.vssps.visualstudio.com/_signin',
        },
      },
    };
  }
  const token = state.tokens.find(
    each => each.kind === presented.kind && each.token === presented.token,
  );
  if (token?.status === 'active') return { token };
  if (token?.status === 'expired') {
    return {
      answer: unauthorised(
        'Access Denied: The Personal Access Token used has expired.',
      ),
    };
  }
  const readOnly = request.method === 'GET' || request.method === 'OPTIONS';
  return {
    answer: readOnly
      ? signInPage()
      : unauthorised(
          "TF400813: The user '' is not authorized to access this resource.",
        ),
  };
}

function covers(
  refusal: Refusal,
  operation: string,
  project?: string,
): boolean {
  if (refusal.project && refusal.project !== project) return false;
  return refusal.operation.endsWith('*')
    ? operation.startsWith(refusal.operation.slice(0, -1))
    : refusal.operation === operation;
}

/** How a missing permission, a missing scope and a hidden resource look on the wire. */
export function refusalFor(
  token: Token,
  operation: string,
  project?: string,
): Answer | undefined {
  const refusal = token.refusals.find(each => covers(each, operation, project));
  if (!refusal) return undefined;
  if (refusal.as === 'hidden') return notFoundPage();
  if (refusal.as === 'scope') {
    return unauthorised(
      "TF400813: The user 'reader' is not authorized to access this resource.",
    );
  }
  return failure(
    403,
    'AccessCheckException',
    `Access Denied: reader needs the following permission(s) on the resource ${
      project ?? 'organization'
    } to perform this action: View`,
  );
}
