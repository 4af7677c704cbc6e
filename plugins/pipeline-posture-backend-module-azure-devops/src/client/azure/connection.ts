import { readFileSync } from 'node:fs';
import { InputError } from '@backstage/errors';
import type { CommonClientOptions } from '@azure/core-client';
import type {
  PipelinePolicy,
  PipelineRequest,
  PipelineResponse,
} from '@azure/core-rest-pipeline';
import {
  ClientSecretCredential,
  DefaultAzureCredential,
  TokenCredential,
} from '@azure/identity';
import { Pacer } from '../Pacer';
import { ResourceManagerConfig } from '../../config/resourceManagerConfig';
import { MisshapenAnswerError, OtherHostError } from './failures';

const ATTEMPTS = 4;
const PAUSE_MS = 200;
const TIMEOUT_MS = 60_000;

/**
 * Options that every client of Azure gets: redirects are not followed, and
 * waiting is done in one place for all of them.
 *
 * @throws InputError that names the key if the file with certificates cannot be read
 */
export function clientOptions({
  certificateAuthorityFile,
}: ResourceManagerConfig): CommonClientOptions {
  let ca: string | undefined;
  if (certificateAuthorityFile) {
    try {
      ca = readFileSync(certificateAuthorityFile, 'utf8');
    } catch {
      throw new InputError(
        `Configuration pipelinePosture.azureDevOps[].azureResourceManager.endpoints.certificateAuthorityFile: '${certificateAuthorityFile}' cannot be read`,
      );
    }
  }
  return {
    retryOptions: { maxRetries: 0 },
    redirectOptions: { maxRetries: 0 },
    ...(ca && { tlsOptions: { ca } }),
  };
}

/** Signs in as the configured application, or as the identity of the machine. */
export function credentialFor(
  config: ResourceManagerConfig,
  options: CommonClientOptions,
): TokenCredential {
  const { tenantId, clientId, clientSecret, endpoints, ownAuthority } = config;
  const common = {
    ...options,
    authorityHost: endpoints.authority,
    disableInstanceDiscovery: ownAuthority,
  };
  if (clientId && clientSecret) {
    return new ClientSecretCredential(tenantId, clientId, clientSecret, common);
  }
  return new DefaultAzureCredential({
    ...common,
    tenantId,
    ...(clientId && {
      managedIdentityClientId: clientId,
      workloadIdentityClientId: clientId,
    }),
  });
}

/**
 * Every answer that is asked for is a list. The libraries take anything else
 * for an empty one, and an empty list of rights would look like no rights.
 *
 * @throws MisshapenAnswerError
 */
function mustBeList({ status, bodyAsText }: PipelineResponse): void {
  if (status !== 200) return;
  let body: unknown;
  try {
    body = JSON.parse(bodyAsText ?? '');
  } catch {
    throw new MisshapenAnswerError('it is not JSON');
  }
  if (!Array.isArray((body as { value?: unknown } | null)?.value))
    throw new MisshapenAnswerError('it holds no list');
}

/**
 * Sends each request when its turn has come and tries again what may pass by
 * itself. A request to any other host is not sent: pages name their successor
 * by a whole address, and the token belongs to one host alone.
 */
export function pacedPolicy(endpoint: string, pacer: Pacer): PipelinePolicy {
  const { host } = new URL(endpoint);
  const attempt = (
    request: PipelineRequest,
    next: (request: PipelineRequest) => Promise<PipelineResponse>,
  ) =>
    pacer.run(async () => {
      const response = await next(request);
      pacer.observe(response.headers.toJSON());
      return response;
    }, request.abortSignal as AbortSignal | undefined);
  return {
    name: 'pipelinePosturePacedPolicy',
    async sendRequest(request, next) {
      if (new URL(request.url).host !== host) throw new OtherHostError();
      request.timeout = TIMEOUT_MS;
      for (let tried = 1; ; tried += 1) {
        const last = tried === ATTEMPTS;
        try {
          const response = await attempt(request, next);
          const passing = response.status === 429 || response.status >= 500;
          if (!passing || last || pacer.exhausted) {
            mustBeList(response);
            return response;
          }
        } catch (error) {
          const final = last || error instanceof MisshapenAnswerError;
          if (final || request.abortSignal?.aborted) throw error;
        }
        pacer.pauseFor(PAUSE_MS * tried);
      }
    },
  };
}
