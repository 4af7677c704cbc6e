import { bareTaskName } from '../tasks/catalogue';
import { booleanOf } from '../yaml/nodes';
import { InputOf } from './taskInputs';
import { SecurityStep } from './types';

const DECIDED_ELSEWHERE: Record<string, string> = {
  Sonar: 'the quality gate in Sonar',
  'GitHub Advanced Security': 'the status checks of the repository',
  'Microsoft Security Code Analysis': 'the settings of its post-analysis',
  Mend: 'the policies in Mend',
  Checkmarx: 'the thresholds in Checkmarx',
  Veracode: 'the policies in Veracode',
  Fortify: 'the settings of Fortify',
  'Black Duck': 'the policies in Black Duck',
  Aqua: 'the policies in Aqua',
  'Prisma Cloud': 'the policies in Prisma Cloud',
  'Component Governance': 'the settings of Component Governance',
  'Sonatype Lifecycle': 'the policies in Sonatype Lifecycle',
  'JFrog Xray': 'the watches in JFrog Xray',
  Anchore: 'the policies in Anchore',
  Terrascan: 'the settings of Terrascan',
  'HCL AppScan': 'the settings of HCL AppScan',
  StackHawk: 'the settings of StackHawk',
};

/** Whether a task with a security tool can fail, by its documented inputs. */
export function stopsByTask(
  tool: string,
  task: string,
  input: InputOf,
): SecurityStep {
  const reports = (because: string): SecurityStep => ({
    tool,
    canFail: false,
    because: `it only reports: ${because}`,
  });
  switch (tool) {
    case 'Microsoft Security DevOps':
      return booleanOf(input('break')) === true
        ? { tool, canFail: true }
        : reports('its input "break" is not true');
    case 'Snyk':
      return booleanOf(input('failonissues') ?? 'true') === true
        ? { tool, canFail: true }
        : reports('its input "failOnIssues" is not true');
    case 'Trivy':
      return /^[1-9]\d*$/.test((input('exitcode') ?? '1').trim())
        ? { tool, canFail: true }
        : reports('its input "exitCode" is not above 0');
    case 'tfsec': {
      const args = input('args') ?? '';
      if (/(^|\s)(--soft-fail(?!-)|-s(\s|$))/.test(args))
        return reports('its input "args" says so');
      return args.includes('$')
        ? { tool, canFail: 'unknown', because: 'its input "args" is open' }
        : { tool, canFail: true };
    }
    case 'OWASP Dependency-Check':
      if (/--failOnCVSS/i.test(input('additionalarguments') ?? ''))
        return {
          tool,
          canFail: 'unknown',
          because: 'its input "additionalArguments" says when it fails',
        };
      // Scores end at 10, and without the input the task takes 11.
      return Number(input('failoncvss') || 11) <= 10
        ? { tool, canFail: true }
        : reports('its input "failOnCVSS" is not set');
    default: {
      const by = DECIDED_ELSEWHERE[tool];
      return by
        ? {
            tool,
            canFail: 'unknown',
            because: `whether ${bareTaskName(task)} fails is decided by ${by}`,
          }
        : { tool, canFail: true };
    }
  }
}
