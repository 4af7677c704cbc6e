import {
  Credential,
  Fact,
  Grant,
  Identity,
  known,
  unknown,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { ServiceConnection } from '../client/wire';

const SOURCE = 'GET {project}/_apis/serviceendpoint/endpoints';

/** Connections that only fetch code. */
const SOURCE_TYPES = new Set([
  'github',
  'githubenterprise',
  'bitbucket',
  'git',
  'subversion',
  'externalgit',
  'gitlab',
]);
/** Connections that store what a build makes, or report on it. */
const BUILD_TYPES = new Set([
  'dockerregistry',
  'externalnugetfeed',
  'externalnpmregistry',
  'externalpythondownloadfeed',
  'externalpythonuploadfeed',
  'sonarqube',
  'sonarcloud',
  'snykauth',
  'generic',
  'incomingwebhook',
  'azureservicebus',
  'jenkins',
  'mavenrepository',
  'nuget',
  'npm',
]);

/** What the type of a connection says it is for. */
export function purposesOf({ type }: ServiceConnection): Identity['purposes'] {
  const name = type.toLowerCase().replace(/^externalnugetfeed$/, 'nuget');
  if (SOURCE_TYPES.has(name)) return ['source'];
  return BUILD_TYPES.has(name) ? ['build'] : ['deploy'];
}

export const isAzure = ({ type }: ServiceConnection) =>
  type.toLowerCase() === 'azurerm';

const parameter = (connection: ServiceConnection, name: string) => {
  const found = Object.entries(connection.authorization?.parameters ?? {}).find(
    ([key]) => key.toLowerCase() === name,
  );
  return found?.[1];
};

/** The principal behind a connection: the same for two connections that share one. */
export function principalId(
  connection: ServiceConnection,
  organisation: string,
): string {
  const tenant = parameter(connection, 'tenantid');
  const application = parameter(connection, 'serviceprincipalid');
  if (isAzure(connection) && application) {
    return `entra:${(
      tenant ?? 'unknown'
    ).toLowerCase()}/${application.toLowerCase()}`;
  }
  return `azure-devops:${organisation.toLowerCase()}/endpoint/${connection.id.toLowerCase()}`;
}

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

/** How the identity behind a connection proves itself. A scheme that is not known is unknown, never bad or good. */
export function credentialOf(connection: ServiceConnection): Fact<Credential> {
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
  return known({ ...found, ...(changedAt && { changedAt }) }, evidence);
}

const notConnected = (
  connection: ServiceConnection,
  what: string,
): UnknownReason => ({
  code: 'not-connected',
  message: `${what} of the connection ${connection.name} is kept in Azure, not in Azure DevOps.`,
  actor: 'platform-team',
  action:
    'Look it up in the Azure portal: the role assignments of the principal, and the federated credentials of its application.',
});

/** What the principal may do, as far as Azure DevOps itself set it up. */
export function grantsOf(connection: ServiceConnection): Fact<Grant[]> {
  const data = connection.data ?? {};
  const level = (data.scopeLevel ?? '').toLowerCase();
  const scope = parameter(connection, 'scope');
  const evidence = (field: string, observed: string) => ({
    source: SOURCE,
    field,
    observed,
  });
  if (!isAzure(connection)) {
    return unknown({
      code: 'not-supported',
      message: `What the connection ${connection.name} (type ${connection.type}) may do is decided outside Azure DevOps.`,
      actor: 'service-owner',
      action: 'Review its rights at the service that it leads to.',
    });
  }
  const scheme = (connection.authorization?.scheme ?? '').toLowerCase();
  if (scheme === 'publishprofile') {
    return known(
      [{ breadth: 'narrow', title: 'publishing to one web app', actions: [] }],
      evidence('authorization.scheme', 'PublishProfile'),
    );
  }
  if (level === 'managementgroup') {
    const group =
      data.managementGroupName ?? data.managementGroupId ?? 'of unknown name';
    return known(
      [
        {
          breadth: 'administrator',
          title: `a scope of the whole management group ${group}`,
          origin: 'scope of the service connection',
          actions: [],
        },
      ],
      evidence('data.scopeLevel', 'ManagementGroup'),
    );
  }
  if ((data.creationMode ?? '').toLowerCase() !== 'automatic') {
    return unknown(notConnected(connection, 'The role'));
  }
  if (scope && /\/resourcegroups\//i.test(scope)) {
    const group = scope.split('/').at(-1) ?? scope;
    return known(
      [
        {
          breadth: 'narrow',
          title: `Contributor on resource group ${group}`,
          origin: 'created with the service connection',
          actions: [],
        },
      ],
      evidence('authorization.parameters.scope', scope),
    );
  }
  if (level === 'azuremlworkspace') {
    return known(
      [
        {
          breadth: 'narrow',
          title: 'one machine learning workspace',
          actions: [],
        },
      ],
      evidence('data.scopeLevel', 'AzureMLWorkspace'),
    );
  }
  const subscription =
    data.subscriptionName ?? data.subscriptionId ?? 'of unknown name';
  return known(
    [
      {
        breadth: 'wide',
        title: `Contributor on the whole subscription ${subscription}`,
        origin: 'created with the service connection',
        actions: ['*'],
        risk: 'unconstrained-write',
      },
    ],
    evidence('data.scopeLevel', 'Subscription'),
  );
}

/** Who besides pipelines that may use the connection can become the principal. */
export function openTrustOf(
  connection: ServiceConnection,
  credential: Fact<Credential>,
): Fact<string[]> {
  if (!credential.known) return credential;
  const evidence = {
    source: SOURCE,
    field: 'authorization',
    observed: connection.authorization?.scheme,
  };
  if (credential.value.longLived) {
    return known(
      [
        `Whoever has a copy of its ${credential.value.kind} can use it from anywhere.`,
      ],
      evidence,
    );
  }
  if (credential.value.kind === 'managed-identity') {
    return known(
      [
        'Every process on the agent machine can use its managed identity, whatever pipeline it belongs to.',
      ],
      evidence,
    );
  }
  const subject = parameter(connection, 'workloadidentityfederationsubject');
  if (subject?.includes('*'))
    return known([`The federated subject is a pattern: ${subject}.`], evidence);
  const automatic =
    (connection.data?.creationMode ?? '').toLowerCase() === 'automatic';
  // Azure DevOps made the principal for this one connection, with its subject as the only one.
  return automatic
    ? known([], evidence)
    : unknown(notConnected(connection, 'Who else the principal trusts'));
}
