import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { evaluateControls } from 'backstage-plugin-pipeline-posture-node';
import {
  AzureDevOpsEstate,
  AzureEstate,
  createAzureDevOpsEstate,
  createAzureEstate,
  loadContosoAzure,
  loadContosoLabs,
  loadContosoTenant,
} from 'pipeline-posture-estate';
import { azureDevOpsControls } from '../controls';
import { azureSource } from './azure';
import { collect, Collected, providerForSources } from './collecting';

/** Every control that can be asked of a pipeline of Azure DevOps. */
export const CONTROLS = [...neutralControls, ...azureDevOpsControls];

/** Projects of the demo, by the source that they are read from. */
export const PROJECTS: Array<[source: string, project: string]> = [
  ['contoso', 'Payments'],
  ['contoso', 'Storefront'],
  ['contoso', 'Logistics'],
  ['contoso', 'Platform'],
  ['contoso-labs', 'Experiments'],
];

/** Both organisations of the demo with the Azure behind the first, all collected once. */
export class CollectedContoso {
  readonly projects = new Map<string, Collected>();
  readonly #devops: AzureDevOpsEstate;
  readonly #azure: AzureEstate;

  static async create(): Promise<CollectedContoso> {
    const devops = await createAzureDevOpsEstate({
      state: loadContosoAzure(),
      others: [loadContosoLabs()],
    });
    const azure = await createAzureEstate({ tenant: loadContosoTenant() });
    const contoso = new CollectedContoso(devops, azure);
    const provider = providerForSources([
      { id: 'contoso', urls: devops.urls, ...azureSource(azure) },
      { id: 'contoso-labs', urls: devops.urlsOf('contoso-labs') },
    ]);
    for (const [source, project] of PROJECTS) {
      contoso.projects.set(
        project,
        await collect(provider, project, { source }),
      );
    }
    return contoso;
  }

  private constructor(devops: AzureDevOpsEstate, azure: AzureEstate) {
    this.#devops = devops;
    this.#azure = azure;
  }

  /** Results of one pipeline by control. */
  resultsOf(project: string, pipeline: string): Record<string, string> {
    const snapshot = this.projects.get(project)?.snapshots.get(pipeline);
    if (!snapshot) throw new Error(`${pipeline} was not collected`);
    return Object.fromEntries(
      evaluateControls(CONTROLS, snapshot).map(each => [
        each.controlId,
        each.status,
      ]),
    );
  }

  /** What a control says anywhere in the demo. */
  resultsFor(control: string): Set<string> {
    return new Set(
      [...this.projects].flatMap(([project, { snapshots }]) =>
        [...snapshots.keys()].map(
          name => this.resultsOf(project, name)[control],
        ),
      ),
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#devops.close(), this.#azure.close()]);
  }
}
