import { FindingInstance } from 'backstage-plugin-pipeline-posture-common';
import { Text } from '../../hooks/useText';
import { Result } from './results';

const section = (heading: string, lines: string[]) =>
  lines.length === 0 ? [] : [`**${heading}**`, '', ...lines, ''];

const fenced = (language: string, code?: string) =>
  code ? [`\`\`\`${language}`, code, '```', ''] : [];

const open = ({ status }: FindingInstance) =>
  status === 'fail' || status === 'unknown';

/** A result as Markdown, to paste into an issue or a message. */
export function markdownOf(
  result: Result,
  options: { t: Text; address: string },
): string {
  const { t, address } = options;
  const { control, finding, provider } = result;
  const instances = finding?.instances.filter(open) ?? [];
  const fix = control?.remediation[provider];
  const expected = [...new Set(instances.map(({ expected: one }) => one))];
  const lines = [
    `## ${result.title}`,
    '',
    `${t(`status.${result.status}`)} · ${t(`severity.${result.severity}`)} · ${
      result.pipelineName
    }`,
    '',
    ...section(
      t('finding.observed'),
      instances.map(({ subject, observed }) => `- ${subject}: ${observed}`),
    ),
    ...section(
      t('finding.expected'),
      expected.map(one => `- ${one}`),
    ),
    ...section(t('finding.why'), control ? [control.why] : []),
    ...section(t('finding.who'), finding ? [t(`actor.${finding.actor}`)] : []),
    ...section(
      t('finding.fix'),
      fix ? fix.steps.map((step, i) => `${i + 1}. ${step}`) : [],
    ),
    ...fenced('sh', fix?.cli),
    ...(fix ? [fix.docsUrl, ''] : []),
    address,
  ];
  return `${lines.join('\n')}\n`;
}
