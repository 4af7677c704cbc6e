import { AzureContext, AzureRequest, cut } from './request';

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

/** One page of a list of Microsoft Graph, which names the next one. */
export function graphPage(
  entity: string,
  entries: object[],
  { path, query }: AzureRequest,
  { base, pageSize }: AzureContext,
): AzureAnswer {
  const { page, next } = cut(entries, query.get('$skiptoken'), pageSize);
  const rest = new URLSearchParams(query);
  if (next) rest.set('$skiptoken', next);
  return {
    status: 200,
    body: {
      '@odata.context': `${base}/v1.0/$metadata#${entity}`,
      ...(next && { '@odata.nextLink': `${base}${path}?${rest}` }),
      value: page,
    },
  };
}

/** How Privileged Identity Management and the directory word a missing permission. */
export function graphRefusal(
  operation: string,
  permission: string,
  now: Date,
): AzureAnswer {
  return operation.startsWith('graph.pim.')
    ? graphFailure(
        403,
        'UnknownError',
        JSON.stringify({
          errorCode: 'PermissionScopeNotGranted',
          message: `Authorization failed due to missing permission scope ${permission},${permission.replace(
            '.Read.',
            '.ReadWrite.',
          )}.`,
          instanceAnnotations: [],
        }),
        now,
      )
    : graphFailure(
        403,
        'Authorization_RequestDenied',
        'Insufficient privileges to complete the operation.',
        now,
      );
}
