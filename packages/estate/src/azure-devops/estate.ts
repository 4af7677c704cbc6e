import { Behaviour, CallLog, listen, Listening } from '../engine';
import { AzureHost } from './server/locations';
import { RouteRequest } from './server/request';
import { AzureDevOpsService } from './server/service';
import { AzureOrganisation } from './state';

/** What a local Azure DevOps is started with. */
export interface AzureDevOpsEstateOptions {
  state: AzureOrganisation;
  /** More organisations on the same hosts: the first part of a path says which one is meant. */
  others?: AzureOrganisation[];
  behaviour?: Behaviour;
  calls?: CallLog;
  /** Ports by host; without one, any that is free. */
  ports?: Partial<Record<AzureHost, number>>;
}

/** A running local Azure DevOps. */
export interface AzureDevOpsEstate {
  /** Address of the (first) organisation on each of its hosts. */
  urls: Record<AzureHost, string>;
  /** The same of any organisation. */
  urlsOf(organisation: string): Record<AzureHost, string>;
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
    others = [],
    behaviour = new Behaviour(),
    calls = new CallLog(),
    ports = {},
  } = options;
  const listening = new Map<AzureHost, Listening>();
  const urlsOf = (organisation: string): RouteRequest['urls'] =>
    Object.fromEntries(
      HOSTS.map(host => [
        host,
        `${listening.get(host)?.url ?? ''}/${organisation}`,
      ]),
    ) as RouteRequest['urls'];
  const close = async () => {
    await Promise.all([...listening.values()].map(each => each.close()));
  };
  try {
    for (const host of HOSTS) {
      const services = [state, ...others].map(
        each =>
          [
            each.organisation.toLowerCase(),
            new AzureDevOpsService({
              host,
              state: each,
              behaviour,
              calls,
              urls: () => urlsOf(each.organisation),
            }),
          ] as const,
      );
      const [[, first]] = services;
      const byName = new Map(services);
      listening.set(
        host,
        await listen((request, response) => {
          const name = (request.url ?? '').split(/[/?]/)[1] ?? '';
          const service = byName.get(name.toLowerCase()) ?? first;
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
  return {
    urls: urlsOf(state.organisation),
    urlsOf,
    behaviour,
    calls,
    close,
  };
}
