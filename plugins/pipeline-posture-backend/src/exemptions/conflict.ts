import { ConflictError } from '@backstage/errors';
import { ExemptionConflict } from 'backstage-plugin-pipeline-posture-common';

/** An error whose reason a client can tell without reading its message. */
export const conflict = (
  code: ExemptionConflict,
  message: string,
): ConflictError => Object.assign(new ConflictError(message), { code });
