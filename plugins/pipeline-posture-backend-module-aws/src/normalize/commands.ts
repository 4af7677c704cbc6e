/** Commands that change a running system. */
const DEPLOYING =
  /\b(terraform|tofu|terragrunt)\b[^\n;&|]*\bapply\b|\bcdk\s+deploy\b|\bpulumi\s+up\b|\bkubectl\b[^\n;&|]*\s(apply|create|replace|patch|set\s+image|rollout\s+restart)\b|\bhelm\b[^\n;&|]*\s(upgrade|install)\b|\baws\s+cloudformation\s+(deploy|create-stack|update-stack|execute-change-set)\b|\bsam\s+deploy\b|\b(serverless|sls)\s+deploy\b|\baws\s+(ecs\s+(update-service|deploy)|lambda\s+update-function-code|deploy\s+create-deployment|elasticbeanstalk\s+update-environment)\b|\beb\s+deploy\b|\bcopilot\b[^\n;&|]*\sdeploy\b/i;

/** Commands that build or test what is in the repository: they run its code. */
const BUILDING =
  /\b(npm|yarn|pnpm)\s+(ci|install|i|test|run)\b|\bmvnw?\b|\bgradlew?\b|\b(docker|podman|buildah)\s+(buildx\s+)?build\b|\bgo\s+(build|test)\b|\bdotnet\s+(build|test|publish)\b|\bpytest\b|\bpip3?\s+install\b|\bcargo\s+(build|test)\b|\bmake\b|\b(bundle|rake|tox|sbt|bazel)\b/i;

/** Lines that only a person reads. */
const withoutComments = (text: string) => text.replace(/^\s*#.*$/gm, '');

/** What the commands of an action do, as far as their names say it. */
export function workOf(text: string): { deploys: boolean; builds: boolean } {
  const commands = withoutComments(text);
  return { deploys: DEPLOYING.test(commands), builds: BUILDING.test(commands) };
}
