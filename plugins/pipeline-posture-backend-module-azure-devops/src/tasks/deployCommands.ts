/** A tool with what it must be told, in the same line, to change something that runs. */
const COMMANDS: Array<[tool: RegExp, verb: RegExp]> = [
  [
    /\b(kubectl|oc)\s(?!\s*config\b)/i,
    /\s(apply|set|rollout|create|replace|patch|scale)(\s|$)/i,
  ],
  [
    /\bhelm\s(?!\s*(plugin|repo|dependency)\b)/i,
    /\s(upgrade|install|rollback)(\s|$)/i,
  ],
  [/\b(terraform|terragrunt|tofu)\s/i, /\s(apply|destroy)(\s|$)/i],
  [/\baz\s/i, /\b(deploy|deployment|up)\b/i],
  [/\bazd\s/i, /\s(up|deploy|provision)(\s|$)/i],
  [/\bfunc\s+azure\s/i, /\spublish(\s|$)/i],
  [
    /\baws\s/i,
    /\s(cloudformation\s+(deploy|create-stack|update-stack|execute-change-set)|ecs\s+update-service|lambda\s+update-function-code|deploy\s+create-deployment)(\s|$)/i,
  ],
  [/\bpulumi\s/i, /\s(up|destroy)(\s|$)/i],
  [
    /\b(cdk|serverless|sls|sam|gcloud|docker\s+stack|firebase|netlify|flyctl|databricks\s+bundle)\s/i,
    /\sdeploy(\s|$)/i,
  ],
  [/\bcf\s/i, /\spush(\s|$)/i],
  [/\bansible-playbook\s/i, /\s/],
];

/** True if a script surely deploys. Looked for line by line, since one pattern for all takes the square of a line's length. */
export function deploysByScript(script: string): boolean {
  return script
    .replace(/[\\`^]\r?\n/g, ' ')
    .split('\n')
    .some(
      line =>
        !/--dry-run\b|--check\b/.test(line) &&
        COMMANDS.some(([tool, verb]) => {
          const at = line.search(tool);
          return at >= 0 && verb.test(line.slice(at));
        }),
    );
}
