import { Ending } from 'backstage-plugin-pipeline-posture-node';
import { booleanOf } from '../yaml/nodes';
import { bareTaskName } from './catalogue';

/**
 * What a task of PowerShell, or a step `pwsh`, takes for the result of its
 * script: it appends `exit $LASTEXITCODE` unless it is told to ignore that.
 * The task AzurePowerShell does not.
 *
 * @param input - the value of an input, by its name in lower case
 */
export function endingOf(
  task: string,
  input: (name: string) => string | undefined,
): Ending {
  const ends = (ignores: string | undefined): Ending =>
    // What the run decides may be that it is ignored.
    booleanOf(ignores || 'false') === false ? 'last program' : 'ignored';
  switch (bareTaskName(task).toLowerCase()) {
    case 'powershell':
    case 'pwsh':
      return ends(input('ignorelastexitcode'));
    case 'azurecli':
      return /^(ps|pscore)$/i.test(input('scripttype') ?? '')
        ? ends(input('powershellignorelastexitcode'))
        : 'last command';
    case 'azurepowershell':
      return 'last statement';
    default:
      return 'last command';
  }
}
