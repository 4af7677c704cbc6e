import { dirname, join } from 'node:path';
import { AwsState } from './state/accountSchema';
import { loadAwsState } from './state/load';

/** Access key of the demo, in the main account. */
export const CONTOSO_AWS_ACCESS_KEY = {
  accessKeyId: 'CONTOSODEMOKEY',
  secretAccessKey: 'contoso-demo-secret',
} as const;

/** The AWS accounts of the demo organisation. */
export function loadContosoAws(): AwsState {
  const root = dirname(require.resolve('pipeline-posture-estate/package.json'));
  return loadAwsState(join(root, 'contoso', 'aws'));
}
