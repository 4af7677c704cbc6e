import {
  AZURE_PROJECT_ANNOTATION,
  AZURE_PROJECT_REPO_ANNOTATION,
  Leak,
  PipelineLocator,
} from 'backstage-plugin-pipeline-posture-common';
import { SecretScanner } from 'backstage-plugin-pipeline-posture-node';
import * as wire from '../client/wire';
import { RepositoryCatalogue } from './RepositoryCatalogue';
import { Resources } from './Resources';

const scanner = new SecretScanner();

export const PROVIDER_ID = 'azure-devops';

/** What every draft of a project needs. */
export interface DraftContext {
  scope: string;
  hostOrganisation: string;
  resources: Resources;
  catalogue: RepositoryCatalogue;
}

type Variables = Record<string, wire.Variable & { leak?: string }> | undefined;

export function leaksIn(
  variables: Variables,
  where: string,
  url: string,
): Leak[] {
  return Object.entries(variables ?? {}).flatMap(
    ([name, { value, isSecret, leak }]) => {
      if (isSecret) return [];
      const pattern = leak ?? scanner.matchSetting(name, value)?.pattern;
      return pattern
        ? [
            {
              where: `variable ${name}${where}`,
              pattern,
              in: 'setting' as const,
              url,
            },
          ]
        : [];
    },
  );
}

/** A secret one may be set to anything as well: only its value is hidden. */
export const settable = (variables: Variables) =>
  Object.entries(variables ?? {}).flatMap(([name, { allowOverride }]) =>
    allowOverride ? [name] : [],
  );

export function locatorsOf(
  context: DraftContext,
  name: string,
  repository?: { project: string; name: string },
): PipelineLocator[] {
  const { hostOrganisation, resources } = context;
  const common = { hostOrganisation, definition: name };
  return [
    ...(repository
      ? [
          {
            annotation: AZURE_PROJECT_REPO_ANNOTATION,
            value: `${repository.project}/${repository.name}`,
            ...common,
          },
        ]
      : []),
    {
      annotation: AZURE_PROJECT_ANNOTATION,
      value: resources.state.project.name,
      ...common,
    },
  ];
}

export const webLink = (
  links: { web?: { href?: string } } | undefined,
  fallback: string,
) => links?.web?.href ?? fallback;
