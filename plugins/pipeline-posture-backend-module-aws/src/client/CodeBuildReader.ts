import {
  CodeBuildClient,
  BatchGetProjectsCommand,
  ListSourceCredentialsCommand,
} from '@aws-sdk/client-codebuild';
import { Fact, known, unknown } from 'backstage-plugin-pipeline-posture-common';
import { BuildProject } from '../collect/definition';
import { AwsConnection } from './AwsConnection';
import { consoleUrls } from './consoleUrls';
import { readProject } from './readProject';

/** Names in one call, the most that CodeBuild takes. */
const PROJECTS_PER_CALL = 100;

/** A Git credential that CodeBuild keeps for a whole account and region. */
export interface SourceCredential {
  serverType: string;
  authType: string;
}

/** Reads CodeBuild in one account and region. */
export class CodeBuildReader {
  static create(connection: AwsConnection): CodeBuildReader {
    return new CodeBuildReader(connection);
  }

  private constructor(private readonly connection: AwsConnection) {}

  /** The projects of these names; each name gets an answer. */
  async getProjects(
    names: readonly string[],
  ): Promise<Map<string, Fact<BuildProject>>> {
    const found = new Map<string, Fact<BuildProject>>();
    const chunks: string[][] = [];
    for (let i = 0; i < names.length; i += PROJECTS_PER_CALL) {
      chunks.push(names.slice(i, i + PROJECTS_PER_CALL));
    }
    await Promise.all(chunks.map(chunk => this.#readChunk(chunk, found)));
    return found;
  }

  async #readChunk(
    names: string[],
    found: Map<string, Fact<BuildProject>>,
  ): Promise<void> {
    const { region, accountId } = this.connection;
    const codebuild = this.connection.client(CodeBuildClient);
    const answer = await this.connection.call(
      'codebuild:BatchGetProjects',
      names.length === 1
        ? `build project ${names[0]}`
        : `${names.length} build projects`,
      options =>
        codebuild.send(new BatchGetProjectsCommand({ names }), options),
    );
    if (!answer.known) {
      names.forEach(name => found.set(name, answer));
      return;
    }
    for (const project of answer.value.projects ?? []) {
      const name = project.name ?? '';
      const url = consoleUrls.project(region, accountId, name);
      found.set(
        name,
        known(readProject(project, url), {
          source: 'codebuild:BatchGetProjects',
          url,
        }),
      );
    }
    for (const name of names) {
      if (!found.has(name))
        found.set(name, unknown(missing(name, accountId, region)));
    }
  }

  async listSourceCredentials(): Promise<Fact<SourceCredential[]>> {
    const { region } = this.connection;
    const codebuild = this.connection.client(CodeBuildClient);
    const answer = await this.connection.call(
      'codebuild:ListSourceCredentials',
      `the source credentials of CodeBuild in ${region}`,
      options => codebuild.send(new ListSourceCredentialsCommand({}), options),
    );
    if (!answer.known) return answer;
    return known(
      (answer.value.sourceCredentialsInfos ?? []).map(
        ({ serverType = '', authType = '' }) => ({ serverType, authType }),
      ),
      answer.evidence,
    );
  }
}

function missing(name: string, accountId: string, region: string) {
  return {
    code: 'not-found' as const,
    message: `The build project ${name} does not exist in account ${accountId} (${region}).`,
    call: 'codebuild:BatchGetProjects',
    actor: 'service-owner' as const,
    action: `Create the build project ${name}, or correct its name in the pipeline.`,
  };
}
