import { writeFileSync } from 'node:fs';
import { createAwsEstate, loadContosoAws } from '../aws';
import { createAzureEstate, loadContosoTenant } from '../azure';
import {
  createAzureDevOpsEstate,
  loadContosoAzure,
  loadContosoLabs,
} from '../azure-devops';
import { Behaviour, CallLog, listen } from '../engine';
import { createGithubEstate, loadContosoGithub } from '../github';
import { createControlHandler } from './control';

/** Ports of the demo. Its configuration names them, so they are fixed. */
export const DEMO_PORTS = {
  control: 8930,
  core: 8931,
  release: 8932,
  graph: 8933,
  audit: 8934,
  advancedSecurity: 8939,
  azureAuthority: 8935,
  azureResourceManager: 8936,
  azureGraph: 8937,
  github: 8938,
  aws: 8940,
} as const;

/** The demo's clouds, running. */
export interface Demo {
  behaviour: Behaviour;
  calls: CallLog;
  close(): Promise<void>;
}

/**
 * Starts Contoso's Azure DevOps, Azure, GitHub and AWS on their fixed ports, and a control address by which a test makes them misbehave.
 *
 * @param certificateFile - where the certificate goes that clients of the local Azure must trust
 * @throws the error of a port that is taken
 */
export async function startDemo(certificateFile?: string): Promise<Demo> {
  const behaviour = new Behaviour();
  const calls = new CallLog();
  const { core, release, graph, audit, advancedSecurity } = DEMO_PORTS;
  const running: Array<{ close(): Promise<void> }> = [];
  const close = async () => {
    await Promise.all(running.map(part => part.close()));
  };
  try {
    running.push(
      await listen(createControlHandler(behaviour, calls), DEMO_PORTS.control),
    );
    running.push(
      await createAzureDevOpsEstate({
        state: loadContosoAzure(),
        others: [loadContosoLabs()],
        behaviour,
        calls,
        ports: { core, release, graph, audit, advancedSecurity },
      }),
    );
    const azure = await createAzureEstate({
      tenant: loadContosoTenant(),
      behaviour,
      calls,
      ports: {
        authority: DEMO_PORTS.azureAuthority,
        resourceManager: DEMO_PORTS.azureResourceManager,
        graph: DEMO_PORTS.azureGraph,
      },
    });
    running.push(azure);
    if (certificateFile) writeFileSync(certificateFile, azure.certificate);
    running.push(
      await createGithubEstate({
        state: loadContosoGithub(),
        behaviour,
        calls,
        port: DEMO_PORTS.github,
      }),
    );
    running.push(
      await createAwsEstate({
        state: loadContosoAws(),
        behaviour,
        calls,
        port: DEMO_PORTS.aws,
      }),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { behaviour, calls, close };
}
