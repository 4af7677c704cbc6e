import {
  ControlMetadata,
  FactName,
  FindingInstance,
  PipelineFacts,
  PipelineSnapshot,
  ProviderFacts,
} from 'backstage-plugin-pipeline-posture-common';

/**
 * The value of a fact, once it is known.
 *
 * @public
 */
export type FactValue<F> = F extends { known: true; value: infer T }
  ? T
  : never;

/**
 * Says that a control does not apply to this pipeline. It takes a known fact to prove it.
 *
 * @public
 */
export interface NotApplicable {
  notApplicable: string;
}

/**
 * What a control answers: one entry for each thing that it looked at, never an empty list, or that it does not apply.
 *
 * @public
 */
export type Verdict = NotApplicable | FindingInstance[];

/**
 * What a control may know beyond the facts that it needs.
 *
 * @public
 */
export interface ControlContext {
  pipeline: Pick<
    PipelineSnapshot,
    'ref' | 'name' | 'url' | 'kind' | 'collectedAt' | 'enabled'
  >;
}

/**
 * A control, ready to be evaluated.
 *
 * @public
 */
export interface Control extends ControlMetadata {
  /** Facts that must be known before `evaluate` runs. */
  needs: readonly FactName[];
  /** Facts of one provider that must be known before `evaluate` runs. */
  needsOfProvider: readonly string[];
  evaluate(
    facts: { [name in FactName]?: unknown } & {
      provider: { [name: string]: unknown };
    },
    context: ControlContext,
  ): Verdict;
}

/**
 * A control as its author writes it.
 *
 * @public
 */
export interface ControlDefinition<N extends FactName> extends ControlMetadata {
  needs: readonly N[];
  /** Pure: no network, no clock, no state. */
  evaluate(
    facts: { [name in N]: FactValue<PipelineFacts[name]> },
    context: ControlContext,
  ): Verdict;
}

/**
 * A control of one provider as its author writes it.
 *
 * @public
 */
export interface ProviderControlDefinition<
  P extends ProviderFacts,
  M extends keyof P & string,
  N extends FactName,
> extends ControlMetadata {
  needs: readonly N[];
  needsOfProvider: readonly M[];
  /** Pure: no network, no clock, no state. */
  evaluate(
    facts: { [name in N]: FactValue<PipelineFacts[name]> } & {
      provider: { [name in M]: FactValue<P[name]> };
    },
    context: ControlContext,
  ): Verdict;
}
