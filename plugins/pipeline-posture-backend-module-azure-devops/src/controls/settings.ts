import { UnknownReason } from 'backstage-plugin-pipeline-posture-common';

/** An older server answers without settings that it does not have. */
export const NOT_OFFERED: UnknownReason = {
  code: 'not-supported',
  message: 'This Azure DevOps server does not tell this setting.',
  call: 'GET {project}/_apis/build/generalsettings',
  actor: 'platform-team',
  action:
    'Look it up in Project settings > Pipelines > Settings, or update the server.',
};
