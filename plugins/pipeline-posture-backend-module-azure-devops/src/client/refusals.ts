import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { Operation } from './operations';

/** How a call is named in evidence and reasons: no host, no credential, no query. */
export function callName({ method, path }: Operation): string {
  return `${method} ${path}`;
}

function wanted({ tokenScope, scope, userPermission }: Operation): string {
  const user = userPermission === 'none' ? '' : ` and ${userPermission}`;
  return `${tokenScope} (${scope})${user}`;
}

/** The source refused the call. */
export function permissionMissing(
  operation: Operation,
  status: number,
): UnknownReason {
  return {
    code: 'permission-missing',
    message: `Azure DevOps refused ${callName(operation)} (status ${status}).`,
    call: callName(operation),
    permission: wanted(operation),
    actor: 'platform-team',
    action: `Give the reader's token the scope ${operation.tokenScope}${
      operation.userPermission === 'none'
        ? ''
        : `, and its identity: ${operation.userPermission}`
    }. A project or organisation administrator can grant it.`,
  };
}

/** A page for people came where an answer was expected: the token is dead. */
export function tokenNotAccepted(operation: Operation): UnknownReason {
  return {
    code: 'permission-missing',
    message:
      'Azure DevOps answered with its sign-in page: it does not accept the token of the reader.',
    call: callName(operation),
    permission: wanted(operation),
    actor: 'platform-team',
    action:
      'Renew the credential of this organisation under integrations.azure in the configuration.',
  };
}

export function notFound(operation: Operation): UnknownReason {
  return {
    code: 'not-found',
    message: `Azure DevOps says that what ${callName(
      operation,
    )} asks for does not exist, or hides it from the reader.`,
    call: callName(operation),
    permission: wanted(operation),
    actor: 'platform-team',
    action: `Check that it exists, and that the reader may see it: ${wanted(
      operation,
    )}.`,
  };
}

export function throttled(operation: Operation): UnknownReason {
  return {
    code: 'throttled',
    message:
      'Azure DevOps asked the reader to slow down for longer than this run may wait.',
    call: callName(operation),
    actor: 'platform-team',
    action:
      'Wait for the next run. If it happens again, give the reader an identity of its own, or the access level Basic + Test Plans, which has a higher limit.',
  };
}

/** No usable answer. */
export function unreachable(operation: Operation, what: string): UnknownReason {
  return {
    code: 'source-unreachable',
    message: `Azure DevOps gave no usable answer: ${what}.`,
    call: callName(operation),
    actor: 'platform-team',
    action:
      'Check that the backend reaches the configured address, and the status page of Azure DevOps. The next run tries again.',
  };
}

export function malformed(operation: Operation, what: string): UnknownReason {
  return {
    code: 'malformed',
    message: `An answer of Azure DevOps could not be read: ${what}.`,
    call: callName(operation),
    actor: 'platform-team',
    action:
      'The next run tries again. If it happens again, report it with the name of the call.',
  };
}

export function tooLarge(operation: Operation, limit: number): UnknownReason {
  return {
    code: 'too-large',
    message: `An answer of Azure DevOps is larger than ${Math.round(
      limit / 1024 / 1024,
    )} MiB.`,
    call: callName(operation),
    actor: 'platform-team',
    action: 'Find out what is unusually large there, and make it smaller.',
  };
}
