import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';
import { AzureOperation } from './operations';

/** A page of a list that would have to be fetched from another host. */
export class OtherHostError extends Error {
  constructor() {
    super('the answer points to another host, which is not asked');
    this.name = 'OtherHostError';
  }
}

/** An answer that is not what its operation gives. */
export class MisshapenAnswerError extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'MisshapenAnswerError';
  }
}

/** Where Azure is connected. */
export const CONFIGURED_AT =
  'pipelinePosture.azureDevOps[].azureResourceManager';

function partsOf(error: unknown): {
  name: string;
  status?: number;
  code?: string;
  text: string;
} {
  const {
    name = '',
    statusCode,
    code,
    message = '',
  } = (error ?? {}) as {
    name?: string;
    statusCode?: number;
    code?: string;
    message?: string;
  };
  return { name, status: statusCode, code, text: String(message) };
}

/** How Azure calls a tenant without a licence for Privileged Identity Management. */
export const WITHOUT_PIM = /AadPremiumLicenseRequired/i;

/** True if the tenant has no licence for Privileged Identity Management: every assignment is standing then. */
export function isWithoutPim(error: unknown): boolean {
  const { status, code, text } = partsOf(error);
  return status === 400 && WITHOUT_PIM.test(`${code ?? ''} ${text}`);
}

/**
 * Why a call to Azure gave nothing, in words that hold neither a credential
 * nor the text of the answer.
 *
 * @param target - what the call was about: `subscription Contoso`, `the directory`
 */
export function reasonOf(
  error: unknown,
  operation: AzureOperation,
  target: string,
): UnknownReason {
  const { name, status, code, text } = partsOf(error);
  const base = { call: operation.call, actor: 'platform-team' as const };
  if (/Authentication|Credential/i.test(name)) {
    const sign = /AADSTS\d+/.exec(text)?.[0];
    return {
      ...base,
      code: 'permission-missing',
      message: `Microsoft Entra does not let the reader of Azure sign in${
        sign ? ` (${sign})` : ''
      }.`,
      permission: 'a valid credential for Azure',
      action: `Check tenantId, clientId and clientSecret under ${CONFIGURED_AT}, or the managed identity of the backend.`,
    };
  }
  if (status === 401 || status === 403) {
    return {
      ...base,
      code: 'permission-missing',
      message: `Azure refused ${operation.call} for ${target} (status ${status}).`,
      permission: operation.permission,
      action: operation.permission.startsWith('Reader')
        ? `Assign the role Reader on ${target} to the application or managed identity of the reader.`
        : `Give the application of the reader ${operation.permission} in Microsoft Entra.`,
    };
  }
  if (status === 429) {
    return {
      ...base,
      code: 'throttled',
      message:
        'Azure asked the reader to slow down for longer than this run may wait.',
      action: 'Nothing: the next run tries again.',
    };
  }
  if (status === 404) {
    return {
      ...base,
      code: 'not-found',
      message: `Azure does not know ${target}, or hides it from the reader.`,
      permission: operation.permission,
      action: operation.permission.startsWith('Reader')
        ? `Check that ${target} is in the tenant under ${CONFIGURED_AT}, and assign the role Reader on it.`
        : `Check that ${target} exists, and is in the tenant under ${CONFIGURED_AT}.`,
    };
  }
  if (
    error instanceof OtherHostError ||
    error instanceof MisshapenAnswerError ||
    code === 'PARSE_ERROR'
  ) {
    return {
      ...base,
      code: 'malformed',
      message: `An answer of Azure could not be read: ${
        error instanceof MisshapenAnswerError || error instanceof OtherHostError
          ? error.message
          : 'it is not JSON'
      }.`,
      action:
        'The next run tries again. If it happens again, report it with the name of the call.',
    };
  }
  return {
    ...base,
    code: 'source-unreachable',
    message: `Azure gave no usable answer to ${operation.call}${
      status ? ` (status ${status})` : ''
    }.`,
    action: `Check that the backend reaches the addresses under ${CONFIGURED_AT}. The next run tries again.`,
  };
}

/** Nothing is configured: how to connect. */
export const azureNotConnected = (what: string): UnknownReason => ({
  code: 'not-connected',
  message: `${what} is kept in Azure, not in Azure DevOps, and Azure Resource Manager is not connected.`,
  actor: 'platform-team',
  action: `Set ${CONFIGURED_AT} for this organisation, and give its reader the role Reader on the subscriptions and Application.Read.All on Microsoft Graph.`,
});
