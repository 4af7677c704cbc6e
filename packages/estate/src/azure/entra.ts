import { AzureAnswer } from './answers';
import { AzureTenant } from './state';
import { TokenMint } from './TokenMint';

function refused(
  status: number,
  error: string,
  code: number,
  text: string,
  now: Date,
): AzureAnswer {
  return {
    status,
    body: {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: 5f6e3c62-6f0e-4b0f-8b0e-6f2a1c1a0100 Correlation ID: 8c7e7b6d-0a8e-4c59-9d5e-0f5c0c2f0d11 Timestamp: ${now
        .toISOString()
        .slice(0, 19)
        .replace('T', ' ')}Z`,
      error_codes: [code],
      timestamp: `${now.toISOString().slice(0, 19).replace('T', ' ')}Z`,
      trace_id: '5f6e3c62-6f0e-4b0f-8b0e-6f2a1c1a0100',
      correlation_id: '8c7e7b6d-0a8e-4c59-9d5e-0f5c0c2f0d11',
    },
  };
}

/** The sign-in service of Microsoft Entra, as far as a program without a user sees it. */
export function answerEntra(
  request: { method: string; path: string; body: string },
  context: { tenant: AzureTenant; mint: TokenMint; base: string; now: Date },
): { operation: string; answer: AzureAnswer } {
  const { tenant, mint, base, now } = context;
  const [, id, ...rest] = request.path.split('/');
  const known = id?.toLowerCase() === tenant.tenantId.toLowerCase();
  const path = rest.join('/');
  if (
    request.method === 'GET' &&
    path === 'v2.0/.well-known/openid-configuration'
  ) {
    return {
      operation: 'entra.openid-configuration',
      answer: known
        ? {
            status: 200,
            body: {
              token_endpoint: `${base}/${tenant.tenantId}/oauth2/v2.0/token`,
              token_endpoint_auth_methods_supported: [
                'client_secret_post',
                'private_key_jwt',
                'client_secret_basic',
              ],
              jwks_uri: `${base}/${tenant.tenantId}/discovery/v2.0/keys`,
              issuer: `${base}/${tenant.tenantId}/v2.0`,
              authorization_endpoint: `${base}/${tenant.tenantId}/oauth2/v2.0/authorize`,
              end_session_endpoint: `${base}/${tenant.tenantId}/oauth2/v2.0/logout`,
              response_types_supported: ['code', 'id_token'],
              scopes_supported: [
                'openid',
                'profile',
                'email',
                'offline_access',
              ],
            },
          }
        : refused(
            400,
            'invalid_tenant',
            90002,
            `Tenant '${id}' not found.`,
            now,
          ),
    };
  }
  if (request.method === 'POST' && path === 'oauth2/v2.0/token') {
    const form = new URLSearchParams(request.body);
    return {
      operation: 'entra.token',
      answer: token(form, known, { tenant, mint, now }),
    };
  }
  return { operation: 'unknown', answer: { status: 404, body: {} } };
}

function token(
  form: URLSearchParams,
  known: boolean,
  { tenant, mint, now }: { tenant: AzureTenant; mint: TokenMint; now: Date },
): AzureAnswer {
  if (!known)
    return refused(400, 'invalid_tenant', 90002, 'Tenant not found.', now);
  if (form.get('grant_type') !== 'client_credentials') {
    return refused(
      400,
      'unsupported_grant_type',
      70003,
      'The app requested an unsupported grant type.',
      now,
    );
  }
  const client = tenant.clients.find(
    ({ clientId }) => clientId === form.get('client_id'),
  );
  if (!client) {
    return refused(
      400,
      'unauthorized_client',
      700016,
      `Application with identifier '${form.get(
        'client_id',
      )}' was not found in the directory 'Contoso'.`,
      now,
    );
  }
  if (client.clientSecret !== form.get('client_secret')) {
    return refused(
      401,
      'invalid_client',
      7000215,
      'Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID.',
      now,
    );
  }
  const scope = (form.get('scope') ?? '')
    .split(' ')
    .find(each => each.endsWith('/.default'));
  if (!scope) {
    return refused(
      400,
      'invalid_scope',
      1002012,
      'The provided value for scope is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.',
      now,
    );
  }
  const audience = scope.slice(0, -'/.default'.length).replace(/\/+$/, '');
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: mint.issue(client.clientId, audience, now),
    },
  };
}
