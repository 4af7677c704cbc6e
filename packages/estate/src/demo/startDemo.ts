import { createAwsEstate, loadContosoAws } from '../aws';
import { createAzureDevOpsEstate, loadContosoAzure } from '../azure-devops';
import { Behaviour, CallLog, listen } from '../engine';
import { createControlHandler } from './control';

/** Ports of the demo. Its configuration names them, so they are fixed. */
export const DEMO_PORTS = {
  control: 8930,
  core: 8931,
  release: 8932,
  graph: 8933,
  audit: 8934,
  aws: 8940,
} as const;

/** The demo's clouds, running. */
export interface Demo {
  behaviour: Behaviour;
  calls: CallLog;
  close(): Promise<void>;
}

/**
 * Starts Contoso's Azure DevOps and AWS on their fixed ports, and a control address by which a test makes them misbehave.
 *
 * @throws the error of a port that is taken
 */
export async function startDemo(): Promise<Demo> {
  const behaviour = new Behaviour();
  const calls = new CallLog();
  const { core, release, graph, audit } = DEMO_PORTS;
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
        behaviour,
        calls,
        ports: { core, release, graph, audit },
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
