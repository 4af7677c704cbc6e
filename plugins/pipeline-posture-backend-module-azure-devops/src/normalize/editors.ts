import {
  chainFact,
  Editor,
  Fact,
  known,
  mapFact,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { administrationOf } from '../collect/readAdministration';
import { holdersOf, unseenAmong } from '../collect/readPermissions';
import { PipelineDraft } from './PipelineDraft';
import { Resources } from './Resources';

const EDIT_BUILD = [
  'EditBuildDefinition',
  'DeleteBuildDefinition',
  'AdministerBuildPermissions',
  'EditPipelineQueueConfigurationPermission',
];

const EDIT_RELEASE = [
  'EditReleaseDefinition',
  'DeleteReleaseDefinition',
  'EditReleaseEnvironment',
  'ManageReleaseApprovers',
  'AdministerReleasePermissions',
];

/** Editors are known only if none of them may be a group that practically every builder is in. */
const seen = (editors: Fact<Editor[]>): Fact<Editor[]> =>
  chainFact(editors, all => {
    const unseen = unseenAmong(
      all
        .filter(each => each.principal.kind !== 'service')
        .map(each => each.principal),
    );
    return unseen ? unknown(unseen) : known(all);
  });

/** Who can change the pipeline, its settings, or the task groups that it runs. */
export function editorsFact(
  draft: PipelineDraft,
  resources: Resources,
): Fact<Editor[]> {
  const {
    buildPermissions,
    releasePermissions,
    taskGroupPermissions,
    project,
    collectionEditors,
  } = resources.state;
  const release = draft.kind === 'azure-classic-release';
  const rights = release ? EDIT_RELEASE : EDIT_BUILD;
  const listed = mapFact(
    release ? releasePermissions : buildPermissions,
    table =>
      holdersOf(table, draft.securityToken).flatMap((holder): Editor[] => {
        const held = rights.filter(each => holder.allowed.has(each));
        if (held.length === 0) return [];
        const administration = administrationOf(
          holder,
          resources.state.administration,
        );
        return [{ principal: holder.principal, rights: held, administration }];
      }),
  );
  const own = mapFact(listed, editors => [
    ...editors,
    // Those that administer by permissions of their own are judged by these.
    ...collectionEditors.filter(
      each =>
        !editors.some(
          ({ principal, administration }) =>
            principal.name === each.principal.name &&
            !(administration?.known && administration.value === 'none'),
        ),
    ),
  ]);
  const groups = draft.code.known
    ? [
        ...new Set(
          draft.code.value.stages
            .flatMap(each => each.jobs)
            .flatMap(job => job.steps)
            .flatMap(step => step.taskGroup ?? []),
        ),
      ]
    : [];
  // Only classic pipelines run task groups; which ones is not known where their steps are not. A group of practically
  // every builder is too many already.
  const tooMany =
    own.known && own.value.some(({ principal }) => principal.broad);
  if (!draft.code.known && draft.kind !== 'azure-yaml' && !tooMany)
    return draft.code;
  if (groups.length === 0) return seen(own);
  const all = chainFact(own, editors =>
    mapFact(taskGroupPermissions, table => [
      ...editors,
      ...groups.flatMap(id =>
        holdersOf(table, `${project.id}/${id}`).flatMap(
          ({ principal, allowed }): Editor[] => {
            const held = ['Edit', 'Administer'].filter(each =>
              allowed.has(each),
            );
            return held.length > 0
              ? [
                  {
                    principal,
                    rights: held.map(each => `${each} task group ${id}`),
                    administration: known('none' as const),
                  },
                ]
              : [];
          },
        ),
      ),
    ]),
  );
  return seen(all);
}
