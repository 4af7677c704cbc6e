import { deploysByScript } from 'backstage-plugin-pipeline-posture-node';

/** Commands that build or test what is in the repository: they run its code. */
const BUILDING =
  /\b(npm|yarn|pnpm)\s+(ci|install|i|test|run)\b|\bmvnw?\b|\bgradlew?\b|\b(docker|podman|buildah)\s+(buildx\s+)?build\b|\bgo\s+(build|test)\b|\bdotnet\s+(build|test|publish)\b|\bpytest\b|\bpip3?\s+install\b|\bcargo\s+(build|test)\b|\bmake\b|\b(bundle|rake|tox|sbt|bazel)\b/i;

/** Lines that only a person reads. */
const withoutComments = (text: string) => text.replace(/^[ \t]*#.*$/gm, '');

/** The items of lists in a build file as the commands that they are. */
const asScript = (text: string) =>
  text.replace(/^[ \t]*-[ \t]+(?:(["'])(.*)\1[ \t\r]*$)?/gm, '$2');

/** What the commands of an action do, as far as their names say it. */
export function workOf(text: string): { deploys: boolean; builds: boolean } {
  return {
    deploys: deploysByScript(asScript(text)),
    builds: BUILDING.test(withoutComments(text)),
  };
}
