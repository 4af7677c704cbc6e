/** A refusal that a service puts into the error shape of its protocol. */
export class AwsError extends Error {
  /** The error code of JSON protocols: `AccessDeniedException`. */
  readonly code: string;
  readonly status: number;
  /** The code that query and REST-XML protocols use instead: `AccessDenied`. */
  readonly xmlCode: string;
  readonly retryAfterSeconds?: number;

  constructor(
    code: string,
    message: string,
    options: {
      status?: number;
      xmlCode?: string;
      retryAfterSeconds?: number;
    } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.xmlCode = options.xmlCode ?? code;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The caller is known and may not do this. */
export function accessDenied(
  caller: string,
  operation: string,
  resource = '*',
): AwsError {
  return new AwsError(
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: ${operation} on resource: ${resource} because no identity-based policy allows the ${operation} action`,
    { status: 403, xmlCode: 'AccessDenied' },
  );
}

/** Too many calls. */
export function throttled(retryAfterSeconds?: number): AwsError {
  return new AwsError('ThrottlingException', 'Rate exceeded', {
    xmlCode: 'Throttling',
    retryAfterSeconds,
  });
}

/** The security token is not one that AWS knows. */
export function unknownToken(): AwsError {
  return new AwsError(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
    { status: 403, xmlCode: 'InvalidClientTokenId' },
  );
}

/** A value that the service refuses. */
export function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message, {
    xmlCode: 'ValidationError',
  });
}
