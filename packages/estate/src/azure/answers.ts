/** An answer of Azure before it is put on the wire. */
export interface AzureAnswer {
  status: number;
  body: object;
  headers?: Record<string, string>;
}

/** How Azure Resource Manager words an error. */
export function armFailure(
  status: number,
  code: string,
  message: string,
): AzureAnswer {
  return { status, body: { error: { code, message } } };
}

/** How Microsoft Graph words an error. */
export function graphFailure(
  status: number,
  code: string,
  message: string,
  now: Date,
): AzureAnswer {
  const id = '3f0c5a6e-4a2a-4a86-8f59-1c1c2a7d1b11';
  return {
    status,
    body: {
      error: {
        code,
        message,
        innerError: {
          date: now.toISOString().slice(0, 19),
          'request-id': id,
          'client-request-id': id,
        },
      },
    },
  };
}
