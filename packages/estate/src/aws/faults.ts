import { Fault } from '../engine';
import { accessDenied, AwsError, throttled, unknownToken } from './errors';

/** How services say that a resource does not exist. */
const NOT_FOUND: Record<
  string,
  [code: string, status: number, xmlCode?: string]
> = {
  codepipeline: ['PipelineNotFoundException', 400],
  codecommit: ['RepositoryDoesNotExistException', 400],
  iam: ['NoSuchEntityException', 404, 'NoSuchEntity'],
  s3: ['NoSuchBucket', 404],
};

/** The refusal that a fault stands for, if it is one that services express themselves. */
export function faultError(
  fault: Fault,
  operation: string,
  caller: string,
): AwsError | undefined {
  switch (fault.kind) {
    case 'deny':
      return accessDenied(caller, operation);
    case 'unauthenticated':
      return unknownToken();
    case 'throttle':
      return throttled(fault.retryAfterSeconds);
    case 'server-error':
      return new AwsError(
        'InternalFailure',
        'The request processing has failed because of an unknown error',
        { status: 500 },
      );
    case 'not-found': {
      const [code, status, xmlCode] = NOT_FOUND[operation.split(':')[0]] ?? [
        'ResourceNotFoundException',
        404,
      ];
      return new AwsError(code, 'The resource does not exist', {
        status,
        xmlCode,
      });
    }
    default:
      return undefined;
  }
}

/** Whether the fault spoils the body of the real answer. */
export function isBodyFault(kind: Fault['kind']): boolean {
  return kind === 'html' || kind === 'sign-in-page' || kind === 'cut-short';
}
