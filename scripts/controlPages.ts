// Writes docs/controls: a page for each control, from the same object that is evaluated.
// With --check it writes nothing and fails if a page is not what it would write.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  DIMENSIONS,
  Remediation,
} from 'backstage-plugin-pipeline-posture-common';
import { neutralControls } from 'backstage-plugin-pipeline-posture-controls';
import { Control } from 'backstage-plugin-pipeline-posture-node';
import prettier from 'prettier';
import { parse } from 'yaml';
import { requiredPermissions as awsPermissions } from '../plugins/pipeline-posture-backend-module-aws/src/client/plan';
import { awsControls } from '../plugins/pipeline-posture-backend-module-aws/src/controls';
import { requiredPermissions as azureDevOpsPermissions } from '../plugins/pipeline-posture-backend-module-azure-devops/src/AzureDevOpsPipelineProvider';
import { azureDevOpsControls } from '../plugins/pipeline-posture-backend-module-azure-devops/src/controls';

const FOLDER = 'docs/controls';
const FRAMEWORKS = 'plugins/pipeline-posture-controls/frameworks';
const PROVIDERS: Record<string, string> = {
  'azure-devops': 'Azure DevOps',
  'aws-codepipeline': 'AWS CodePipeline',
};
const WORDS: Record<string, string> = {
  'service-owner': 'the service owner',
  'platform-team': 'the platform team',
  'security-team': 'the security team',
  'cloud-administrator': 'the administrator of the cloud',
};

const PERMISSIONS = {
  'azure-devops': azureDevOpsPermissions(),
  'aws-codepipeline': awsPermissions(),
};

/** What the reader must be allowed so that the control can be decided, as tests find it by refusing calls. */
function permissionsOf(controlId: string): string {
  const lines = Object.entries(PERMISSIONS).flatMap(([provider, all]) => {
    const needed = all.filter(({ controls }) => controls.includes(controlId));
    const names = new Set(needed.map(({ permission }) => `\`${permission}\``));
    return names.size > 0
      ? [`- ${PROVIDERS[provider]}: ${[...names].join(', ')}`]
      : [];
  });
  return lines.length > 0
    ? `## Permissions it needs\n\nBeside those that find pipelines at all.\n\n${lines.join(
        '\n',
      )}\n`
    : '';
}

const inWords = (dimension: string) => dimension.replace(/-/g, ' ');
const code = (language: string, text: string) =>
  `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`;

function fix(provider: string, remediation: Remediation): string {
  const { docsUrl, steps, cli, terraform, template } = remediation;
  return [
    `### ${PROVIDERS[provider] ?? provider}\n`,
    steps.map((step, i) => `${i + 1}. ${step}`).join('\n'),
    `\nMore: <${docsUrl}>\n`,
    ...(cli ? [code('sh', cli)] : []),
    ...(terraform ? [code('hcl', terraform)] : []),
    ...(template
      ? [code(template.language === 'bicep' ? 'bicep' : 'yaml', template.code)]
      : []),
  ].join('\n');
}

function page(control: Control, mappings: string[]): string {
  const providers = Object.keys(control.remediation).map(
    id => PROVIDERS[id] ?? id,
  );
  return `# ${control.title}

\`${control.id}\` · ${inWords(control.dimension)} · **${
    control.severity
  }** · ${providers.join(', ')}

${control.why}

## How it is measured

${control.measure}

Usually ${WORDS[control.actor]} has to act. Answers ${control.answers.join(
    ', ',
  )}.

${permissionsOf(control.id)}
## How to fix it

${Object.entries(control.remediation)
  .map(([id, remediation]) => fix(id, remediation))
  .join('\n')}
${
  mappings.length > 0
    ? `## In public frameworks\n\n${mappings.map(m => `- ${m}`).join('\n')}\n`
    : ''
}`;
}

function frameworkMappings(): Map<string, string[]> {
  const mappings = new Map<string, string[]>();
  for (const file of readdirSync(FRAMEWORKS).sort()) {
    const framework = parse(readFileSync(join(FRAMEWORKS, file), 'utf8'));
    for (const [id, entries] of Object.entries<string[]>(
      framework.controls ?? {},
    )) {
      const line = `${framework.title ?? file.replace('.yaml', '')}: ${[entries]
        .flat()
        .join(', ')}`;
      mappings.set(id, [...(mappings.get(id) ?? []), line]);
    }
  }
  return mappings;
}

async function main(check: boolean): Promise<void> {
  const controls = [...neutralControls, ...azureDevOpsControls, ...awsControls];
  const mappings = frameworkMappings();
  const files = new Map<string, string>();
  for (const control of controls) {
    files.set(
      `${control.id}.md`,
      page(control, mappings.get(control.id) ?? []),
    );
  }
  const index = DIMENSIONS.map(dimension => {
    const rows = controls.filter(c => c.dimension === dimension);
    const lines = rows.map(
      c =>
        `| [${c.title}](${c.id}.md) | ${c.severity} | ${Object.keys(
          c.remediation,
        )
          .map(p => PROVIDERS[p] ?? p)
          .join(', ')} | ${c.answers.join(' ')} |`,
    );
    return `## ${inWords(
      dimension,
    )}\n\n| control | severity | platforms | answers |\n| --- | --- | --- | --- |\n${lines.join(
      '\n',
    )}\n`;
  });
  files.set(
    'README.md',
    `# Controls\n\n${
      controls.length
    } controls. These pages are written from the controls themselves (\`yarn docs:controls\`).\n\n${index.join(
      '\n',
    )}`,
  );
  const stale: string[] = [];
  if (!check) {
    rmSync(FOLDER, { recursive: true, force: true });
    mkdirSync(FOLDER, { recursive: true });
  }
  for (const [name, text] of files) {
    const path = join(FOLDER, name);
    const formatted = await prettier.format(text, {
      parser: 'markdown',
      singleQuote: true,
    });
    if (!check) writeFileSync(path, formatted);
    else if (!existsSync(path) || readFileSync(path, 'utf8') !== formatted)
      stale.push(path);
  }
  if (check) {
    for (const name of readdirSync(FOLDER))
      if (!files.has(name)) stale.push(join(FOLDER, name));
  }
  if (stale.length > 0) {
    throw new Error(
      `Not up to date; run yarn docs:controls:\n${stale.join('\n')}`,
    );
  }
  process.stdout.write(
    `${files.size} pages ${check ? 'are up to date' : 'written'}\n`,
  );
}

main(process.argv.includes('--check')).catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
