import { ANNOTATION_SOURCE_LOCATION, Entity } from '@backstage/catalog-model';
import { PipelineAnnotation } from '../api';
import { PipelineSnapshot } from '../model';
import {
  AWS_CODEPIPELINE_ARN_ANNOTATION,
  AWS_CODEPIPELINE_TAGS_ANNOTATION,
  AZURE_BUILD_DEFINITION_ANNOTATION,
  AZURE_HOST_ORG_ANNOTATION,
  AZURE_PROJECT_ANNOTATION,
  AZURE_PROJECT_REPO_ANNOTATION,
} from './annotations';
import { normaliseRepositoryUrl } from './repositoryUrl';

/**
 * One way in which an entity points at pipelines: a pipeline belongs to it if it has all the keys.
 *
 * @public
 */
export interface LinkTarget {
  /** The annotation to name when nothing is found. */
  annotation: PipelineAnnotation;
  keys: string[];
}

/**
 * How an entity points at pipelines.
 *
 * @public
 */
export interface EntityLinks {
  targets: LinkTarget[];
  /** Annotations whose value cannot be read. */
  malformed: PipelineAnnotation[];
  /** True if the targets come from annotations that people wrote for this purpose, not from the source location. */
  explicit: boolean;
}

/**
 * A value of an annotation as it is compared: whatever its case.
 *
 * @public
 */
export const linkKey = (annotation: string, value: string) =>
  `${annotation}=${value.trim().toLocaleLowerCase('en-US')}`;

const valuesOf = (text: string) =>
  text
    .split(',')
    .map(value => value.trim())
    .filter(value => value !== '');

const ARN = /^arn:aws[a-z-]*:codepipeline:[a-z0-9-]+:\d{12}:[A-Za-z0-9.@_-]+$/;

function azureTargets(annotations: Record<string, string>, links: EntityLinks) {
  const projectRepo = annotations[AZURE_PROJECT_REPO_ANNOTATION];
  const project = annotations[AZURE_PROJECT_ANNOTATION];
  const definitions = valuesOf(
    annotations[AZURE_BUILD_DEFINITION_ANNOTATION] ?? '',
  );
  const organisation = annotations[AZURE_HOST_ORG_ANNOTATION];
  const host = organisation
    ? [linkKey(AZURE_HOST_ORG_ANNOTATION, organisation)]
    : [];
  const withDefinitions = (base: PipelineAnnotation, baseKey: string) =>
    definitions.length === 0
      ? links.targets.push({ annotation: base, keys: [baseKey, ...host] })
      : definitions.forEach(definition =>
          links.targets.push({
            annotation: {
              annotation: AZURE_BUILD_DEFINITION_ANNOTATION,
              value: definition,
            },
            keys: [
              baseKey,
              linkKey(AZURE_BUILD_DEFINITION_ANNOTATION, definition),
              ...host,
            ],
          }),
        );

  if (projectRepo !== undefined) {
    const annotation = {
      annotation: AZURE_PROJECT_REPO_ANNOTATION,
      value: projectRepo,
    };
    if (/^[^/]+\/[^/]+$/.test(projectRepo.trim())) {
      withDefinitions(
        annotation,
        linkKey(AZURE_PROJECT_REPO_ANNOTATION, projectRepo),
      );
    } else {
      links.malformed.push({
        ...annotation,
        problem: 'Write it as <project>/<repository>.',
      });
    }
  } else if (project !== undefined || definitions.length > 0) {
    if (project === undefined) {
      links.malformed.push({
        annotation: AZURE_BUILD_DEFINITION_ANNOTATION,
        value: definitions.join(','),
        problem: `Add ${AZURE_PROJECT_ANNOTATION} with the project that the definition is in.`,
      });
    } else if (definitions.length === 0) {
      links.malformed.push({
        annotation: AZURE_PROJECT_ANNOTATION,
        value: project,
        problem: `Add ${AZURE_BUILD_DEFINITION_ANNOTATION} with the name of the pipeline.`,
      });
    } else {
      withDefinitions(
        { annotation: AZURE_PROJECT_ANNOTATION, value: project },
        linkKey(AZURE_PROJECT_ANNOTATION, project),
      );
    }
  }
}

function awsTargets(annotations: Record<string, string>, links: EntityLinks) {
  for (const value of valuesOf(
    annotations[AWS_CODEPIPELINE_ARN_ANNOTATION] ?? '',
  )) {
    const annotation = { annotation: AWS_CODEPIPELINE_ARN_ANNOTATION, value };
    if (ARN.test(value)) {
      links.targets.push({
        annotation,
        keys: [linkKey(AWS_CODEPIPELINE_ARN_ANNOTATION, value)],
      });
    } else {
      links.malformed.push({
        ...annotation,
        problem:
          'Write it as arn:aws:codepipeline:<region>:<account>:<pipeline>.',
      });
    }
  }
  const tags = annotations[AWS_CODEPIPELINE_TAGS_ANNOTATION];
  if (tags !== undefined) {
    const annotation = {
      annotation: AWS_CODEPIPELINE_TAGS_ANNOTATION,
      value: tags,
    };
    const pairs = valuesOf(tags);
    if (pairs.length > 0 && pairs.every(pair => /^[^=]+=[^=]*$/.test(pair))) {
      links.targets.push({
        annotation,
        keys: pairs.map(pair =>
          linkKey(AWS_CODEPIPELINE_TAGS_ANNOTATION, pair),
        ),
      });
    } else {
      links.malformed.push({
        ...annotation,
        problem: 'Write it as <key>=<value>, several separated by commas.',
      });
    }
  }
}

/**
 * How an entity points at pipelines: by the annotations that people already have, else by its source location.
 *
 * @public
 */
export function linksOfEntity(entity: Entity): EntityLinks {
  const annotations = entity.metadata.annotations ?? {};
  const links: EntityLinks = { targets: [], malformed: [], explicit: true };
  azureTargets(annotations, links);
  awsTargets(annotations, links);
  if (links.targets.length > 0 || links.malformed.length > 0) return links;
  const location = annotations[ANNOTATION_SOURCE_LOCATION];
  const repository = location && normaliseRepositoryUrl(location);
  if (!repository) return { ...links, explicit: false };
  return {
    targets: [
      {
        annotation: { annotation: ANNOTATION_SOURCE_LOCATION, value: location },
        keys: [linkKey(ANNOTATION_SOURCE_LOCATION, repository)],
      },
    ],
    malformed: [],
    explicit: false,
  };
}

/**
 * The keys of a pipeline that {@link LinkTarget} keys are compared with.
 *
 * @public
 */
export function linkKeysOfPipeline(
  snapshot: Pick<PipelineSnapshot, 'locators' | 'sources'>,
): string[] {
  const keys = new Set<string>();
  for (const {
    annotation,
    value,
    hostOrganisation,
    definition,
  } of snapshot.locators) {
    keys.add(linkKey(annotation, value));
    if (hostOrganisation)
      keys.add(linkKey(AZURE_HOST_ORG_ANNOTATION, hostOrganisation));
    if (definition)
      keys.add(linkKey(AZURE_BUILD_DEFINITION_ANNOTATION, definition));
  }
  if (snapshot.sources.known) {
    for (const source of snapshot.sources.value) {
      const repository =
        source.role === 'application' && source.url
          ? normaliseRepositoryUrl(source.url)
          : undefined;
      if (repository) keys.add(linkKey(ANNOTATION_SOURCE_LOCATION, repository));
    }
  }
  return [...keys].sort();
}
