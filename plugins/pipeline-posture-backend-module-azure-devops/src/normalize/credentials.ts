import {
  Credential,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { AzureKnowledge, LivingSecret } from '../client/azure/AzureKnowledge';
import { ServiceConnection } from '../client/wire';
import { SOURCE, parameter } from './connections';

type Kind = Credential['kind'];

const FEDERATION = 'workload identity federation';

function ofAzure(
  connection: ServiceConnection,
  scheme: string,
): Pick<Credential, 'kind' | 'longLived' | 'alternative'> | undefined {
  switch (scheme) {
    case 'workloadidentityfederation':
      return { kind: 'federated', longLived: false };
    case 'managedserviceidentity':
      return { kind: 'managed-identity', longLived: false };
    case 'serviceprincipal': {
      const certificate =
        parameter(connection, 'authenticationtype')?.toLowerCase() ===
        'spncertificate';
      return {
        kind: certificate ? 'certificate' : 'secret',
        longLived: true,
        alternative: FEDERATION,
      };
    }
    case 'publishprofile':
      return { kind: 'password', longLived: true, alternative: FEDERATION };
    default:
      return undefined;
  }
}

const OTHERS: Record<string, Kind> = {
  usernamepassword: 'password',
  token: 'token',
  oauth: 'token',
  oauth2: 'token',
  personalaccesstoken: 'token',
  certificate: 'certificate',
  installationtoken: 'app-installation',
  jwt: 'token',
  kubernetes: 'token',
  serviceprincipal: 'secret',
  workloadidentityfederation: 'federated',
  managedserviceidentity: 'managed-identity',
};

/** What could be used in place of a key, by the type of the connection and where it leads. */
function alternativeOf(connection: ServiceConnection): string | undefined {
  const address = `${connection.url ?? ''} ${
    parameter(connection, 'registry') ?? ''
  }`;
  switch (connection.type.toLowerCase()) {
    case 'aws':
      return 'OpenID Connect';
    case 'github':
    case 'githubenterprise':
      return 'the Azure Pipelines GitHub App';
    case 'kubernetes':
      return 'an Azure Resource Manager connection with workload identity federation';
    case 'dockerregistry':
      return /\.azurecr\.io/i.test(address) ? FEDERATION : undefined;
    default:
      return undefined;
  }
}

/**
 * When the oldest secret or certificate that still works was made, and when
 * the last one ends: any copy of any of them works.
 */
function timesOf(
  secrets: Fact<LivingSecret[]> | undefined,
): Pick<Credential, 'changedAt' | 'expiresAt'> {
  if (!secrets?.known || secrets.value.length === 0) return {};
  const since = secrets.value.flatMap(each => each.since ?? []).sort();
  const until = secrets.value.flatMap(each => each.until ?? []).sort();
  const endless = until.length < secrets.value.length;
  return {
    ...(since.length > 0 && { changedAt: since[0] }),
    ...(!endless && { expiresAt: until.at(-1) }),
  };
}

/**
 * How the identity behind a connection proves itself. A scheme that is not
 * known is unknown, never bad or good.
 *
 * @param told - what the directory says of its application, where Azure is connected
 */
export function credentialOf(
  connection: ServiceConnection,
  told?: { azure?: AzureKnowledge; now: Date },
): Fact<Credential> {
  const scheme = (connection.authorization?.scheme ?? '').toLowerCase();
  const type = connection.type.toLowerCase();
  const changedAt = connection.modificationDate ?? connection.creationDate;
  const evidence = {
    source: SOURCE,
    field: 'authorization.scheme',
    observed: [
      connection.authorization?.scheme,
      parameter(connection, 'authenticationtype'),
    ]
      .filter(Boolean)
      .join(', '),
  };
  let found: Pick<Credential, 'kind' | 'longLived' | 'alternative'> | undefined;
  if (type === 'azurerm') found = ofAzure(connection, scheme);
  else if (type === 'azure') {
    // Azure Classic: its rights cannot be limited, and it has no federation.
    found = {
      kind: scheme === 'certificate' ? 'certificate' : 'password',
      longLived: true,
      alternative:
        'an Azure Resource Manager connection with workload identity federation',
    };
  } else if (type === 'aws') {
    const federated =
      parameter(connection, 'useoidc')?.toLowerCase() === 'true';
    found = federated
      ? { kind: 'federated', longLived: false }
      : { kind: 'access-key', longLived: true, alternative: 'OpenID Connect' };
  } else if (type === 'ssh') found = { kind: 'ssh-key', longLived: true };
  else if (OTHERS[scheme]) {
    const kind = OTHERS[scheme];
    const longLived = ![
      'app-installation',
      'federated',
      'managed-identity',
    ].includes(kind);
    found = {
      kind,
      longLived,
      ...(longLived && { alternative: alternativeOf(connection) }),
    };
  } else if (scheme === 'none') {
    // "None" can still carry a key: NuGet and Service Bus put one into it.
    return unknown({
      code: 'not-supported',
      message: `The connection ${connection.name} (type ${connection.type}) has the scheme "None", under which some types keep a key.`,
      actor: 'service-owner',
      action: 'Look at the connection in the project settings.',
    });
  }
  if (!found) {
    return unknown({
      code: 'not-supported',
      message: `The authentication scheme "${
        connection.authorization?.scheme ?? 'none given'
      }" of the connection ${connection.name} is not known to this product.`,
      actor: 'platform-team',
      action: 'Update the plugin, or report the scheme to its maintainers.',
    });
  }
  const secrets =
    found.longLived && told?.azure?.covers(connection)
      ? told.azure.livingSecrets(connection, told.now)
      : undefined;
  return known(
    { ...found, ...(changedAt && { changedAt }), ...timesOf(secrets) },
    [evidence, ...(secrets?.known ? secrets.evidence : [])],
  );
}
