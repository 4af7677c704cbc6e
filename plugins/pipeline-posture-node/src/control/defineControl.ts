import {
  ControlMetadata,
  FactName,
  ProviderFacts,
} from 'backstage-plugin-pipeline-posture-common';
import { Control, ControlDefinition, ProviderControlDefinition } from './types';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

function check(control: ControlMetadata): void {
  const complain = (what: string) => {
    throw new Error(`Control '${control.id}': ${what}`);
  };
  if (!ID.test(control.id)) complain('the id must be kebab case');
  if (Object.keys(control.remediation).length === 0) {
    complain('remediation must name at least one provider');
  }
  for (const [provider, { docsUrl, steps }] of Object.entries(
    control.remediation,
  )) {
    if (!docsUrl.startsWith('https://')) {
      complain(`remediation.${provider}.docsUrl must be an https address`);
    }
    if (steps.length === 0) complain(`remediation.${provider}.steps is empty`);
  }
}

/**
 * Declares a control that asks every provider the same question. It applies to the providers that its remediation names.
 *
 * @throws Error if the metadata is not complete
 * @public
 */
export function defineControl<const N extends FactName>(
  definition: ControlDefinition<N>,
): Control {
  check(definition);
  return {
    ...definition,
    needsOfProvider: [],
    evaluate: definition.evaluate as unknown as Control['evaluate'],
  };
}

/**
 * Declares a control that reads facts of one provider: `defineProviderControl<AzureFacts>()({ … })`.
 *
 * @throws Error if the metadata is not complete
 * @public
 */
export function defineProviderControl<P extends ProviderFacts>() {
  return <const M extends keyof P & string, const N extends FactName = never>(
    definition: ProviderControlDefinition<P, M, N>,
  ): Control => {
    check(definition);
    return {
      ...definition,
      evaluate: definition.evaluate as unknown as Control['evaluate'],
    };
  };
}
