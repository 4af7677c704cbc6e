import { AzureDevOpsCredentialsProvider } from '@backstage/integration';
import { AzureTenantReader } from './azure/AzureTenantReader';
import { Remembered } from '../collect/Remembered';
import { AzureDevOpsSourceConfig } from '../config/AzureDevOpsConfig';
import { Pacer } from './Pacer';
import { Source } from './Source';

/** One configured organisation, with what all of its readers share: their limits, and what they remember. */
export interface Organisation {
  config: AzureDevOpsSourceConfig;
  pacer: Pacer;
  remembered: Remembered;
  /** Set where the Azure behind it is connected. */
  azure?: AzureTenantReader;
}

/** Every configured organisation. */
export class Organisations {
  readonly #all: ReadonlyMap<string, Organisation>;
  readonly #credentials: AzureDevOpsCredentialsProvider;

  /** @throws InputError that names the key of a file that cannot be read */
  static create(options: {
    configs: AzureDevOpsSourceConfig[];
    credentials: AzureDevOpsCredentialsProvider;
  }): Organisations {
    return new Organisations(options.configs, options.credentials);
  }

  private constructor(
    configs: AzureDevOpsSourceConfig[],
    credentials: AzureDevOpsCredentialsProvider,
  ) {
    this.#credentials = credentials;
    this.#all = new Map(
      configs.map(config => {
        const limits = {
          maxConcurrency: config.maxConcurrency,
          maxWaitMs: config.maxWaitSeconds * 1000,
        };
        const { azureResourceManager: azure } = config;
        return [
          config.id,
          {
            config,
            pacer: Pacer.create(limits),
            remembered: new Remembered(),
            ...(azure && { azure: AzureTenantReader.create(azure, limits) }),
          },
        ];
      }),
    );
  }

  get all(): Organisation[] {
    return [...this.#all.values()];
  }

  /** @param id - of the configured source */
  find(id: string): Organisation | undefined {
    return this.#all.get(id);
  }

  /** For the calls of one run. */
  open({ config, pacer }: Organisation, signal: AbortSignal): Source {
    const { core } = config.urls;
    return new Source({
      urls: config.urls,
      pacer,
      signal,
      authorisation: async () => {
        const credentials = await this.#credentials.getCredentials({
          url: core,
        });
        return credentials?.headers.Authorization;
      },
    });
  }
}
