import { Behaviour, CallLog, listen, Listening } from '../engine';
import { AzureHost } from './server/locations';
import { RouteRequest } from './server/request';
import { AzureDevOpsService } from './server/service';
import { AzureOrganisation } from './state';

/** What a local Azure DevOps is started with. */
export interface AzureDevOpsEstateOptions {
  state: AzureOrganisation;
  behaviour?: Behaviour;
  calls?: CallLog;
  /** Ports by host; without one, any that is free. */
  ports?: Partial<Record<AzureHost, number>>;
}

/** A running local Azure DevOps. */
export interface AzureDevOpsEstate {
  /** Address of the organisation on each of its hosts. */
  urls: Record<AzureHost, string>;
  behaviour: Behaviour;
  calls: CallLog;
  close(): Promise<void>;
}

const HOSTS: AzureHost[] = [
  'core',
  'release',
  'graph',
  'audit',
  'advancedSecurity',
];

/**
 * Starts a local Azure DevOps organisation: one listener each for what the
 * real service has on dev.azure.com, vsrm, vssps, auditservice and advsec.
 *
 * @throws the error of a port that is taken
 */
export async function createAzureDevOpsEstate(
  options: AzureDevOpsEstateOptions,
): Promise<AzureDevOpsEstate> {
  const {
    state,
    behaviour = new Behaviour(),
    calls = new CallLog(),
    ports = {},
  } = options;
  const listening = new Map<AzureHost, Listening>();
  const urls = (): RouteRequest['urls'] =>
    Object.fromEntries(
      HOSTS.map(host => [
        host,
        `${listening.get(host)?.url ?? ''}/${state.organisation}`,
      ]),
    ) as RouteRequest['urls'];
  const close = async () => {
    await Promise.all([...listening.values()].map(each => each.close()));
  };
  try {
    for (const host of HOSTS) {
      const service = new AzureDevOpsService({
        host,
        state,
        behaviour,
        calls,
        urls,
      });
      listening.set(
        host,
        await listen((request, response) => {
          service.handle(request, response).catch((error: Error) => {
            response.statusCode = 500;
            response.end(error.stack);
          });
        }, ports[host] ?? 0),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { urls: urls(), behaviour, calls, close };
}
