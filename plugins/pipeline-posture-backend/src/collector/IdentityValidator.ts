import { LoggerService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  PipelineRef,
  PolicyValidation,
  stringifyPipelineRef,
} from 'backstage-plugin-pipeline-posture-common';
import { PipelineProvider } from 'backstage-plugin-pipeline-posture-node';
import { PipelineStore } from '../store/PipelineStore';
import { scopeKey } from '../store/keys';
import { ScopeStore } from '../store/ScopeStore';

/** A source that does not answer must not hold a request for ever. */
const LONGEST_MS = 60_000;

/** Lets a source check the policies of one identity of a pipeline, when a person asks for it. */
export class IdentityValidator {
  readonly #providers: readonly PipelineProvider[];
  readonly #scopes: ScopeStore;
  readonly #pipelines: PipelineStore;
  readonly #logger: LoggerService;
  readonly #now: () => Date;

  constructor(options: {
    providers: readonly PipelineProvider[];
    scopes: ScopeStore;
    pipelines: PipelineStore;
    logger: LoggerService;
    now: () => Date;
  }) {
    this.#providers = options.providers;
    this.#scopes = options.scopes;
    this.#pipelines = options.pipelines;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /**
   * @throws NotFoundError if the pipeline has no such identity or its source is no longer configured
   * @throws InputError if its source cannot check policies
   */
  async validate(
    ref: PipelineRef,
    identityId: string,
  ): Promise<PolicyValidation> {
    const provider = this.#providers.find(({ id }) => id === ref.provider);
    const scope = await this.#scopes.get(
      scopeKey({ provider: ref.provider, id: ref.scope }),
    );
    if (!provider || !scope) {
      throw new NotFoundError(
        'The source of this pipeline is no longer configured',
      );
    }
    if (!provider.validateIdentity) {
      throw new InputError(
        `${provider.title} cannot check the policies of an identity`,
      );
    }
    // Only what the pipeline really uses: this is no way to look at any role of an account.
    const [pipeline] = await this.#pipelines.getMany([
      stringifyPipelineRef(ref),
    ]);
    const identities = pipeline?.snapshot.identities;
    if (
      !identities?.known ||
      !identities.value.some(({ id }) => id === identityId)
    ) {
      throw new NotFoundError('The pipeline has no identity with this id');
    }
    const policies = await provider.validateIdentity(scope, identityId, {
      logger: this.#logger,
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    return { identityId, checkedAt: this.#now().toISOString(), policies };
  }
}
