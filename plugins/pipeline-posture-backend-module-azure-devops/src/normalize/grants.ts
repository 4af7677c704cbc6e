import {
  Credential,
  Fact,
  Grant,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { AzureKnowledge } from '../client/azure/AzureKnowledge';
import { ServiceConnection } from '../client/wire';
import { SOURCE, isAzure, notConnected, parameter } from './connections';

/**
 * What the principal may do: as Azure tells it where it is connected, else as
 * far as Azure DevOps itself set it up.
 */
export function grantsOf(
  connection: ServiceConnection,
  azure?: AzureKnowledge,
): Fact<Grant[]> {
  if (azure?.covers(connection)) return azure.grantsOf(connection);
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
        risk: 'whole-service',
      },
    ],
    evidence('data.scopeLevel', 'Subscription'),
  );
}

/** Who besides pipelines that may use the connection can become the principal. */
export function openTrustOf(
  connection: ServiceConnection,
  credential: Fact<Credential>,
  told?: { azure?: AzureKnowledge; now: Date },
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
  const directory = told?.azure?.covers(connection)
    ? trustInDirectory(connection, told.azure, told.now)
    : undefined;
  // Also a principal that Azure DevOps made for this one connection may have been given further ones since.
  return (
    directory ??
    unknown(notConnected(connection, 'Who else the principal trusts'))
  );
}

/** What Microsoft Graph says of an application that should be used by federation alone. */
function trustInDirectory(
  connection: ServiceConnection,
  azure: AzureKnowledge,
  now: Date,
): Fact<string[]> | undefined {
  const others = azure.otherSubjects(connection);
  const secrets = azure.livingSecrets(connection, now);
  if (!others?.known) return others;
  if (!secrets?.known) return secrets;
  const { length } = secrets.value;
  return known(
    [
      ...(length > 0
        ? [
            `Whoever has a copy of one of the ${length} secrets or certificates that its application still has can use it from anywhere.`,
          ]
        : []),
      ...others.value.map(
        subject => `Another federated subject can act as it: ${subject}.`,
      ),
    ],
    [...others.evidence, ...secrets.evidence],
  );
}
