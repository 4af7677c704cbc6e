import {
  Identity,
  UnknownReason,
} from 'backstage-plugin-pipeline-posture-common';
import { azureNotConnected } from '../client/azure/failures';
import { ServiceConnection } from '../client/wire';

export const SOURCE = 'GET {project}/_apis/serviceendpoint/endpoints';

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

export const parameter = (connection: ServiceConnection, name: string) => {
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

export const notConnected = (
  connection: ServiceConnection,
  what: string,
): UnknownReason =>
  azureNotConnected(`${what} of the connection ${connection.name}`);
