import {
  CodeCommitClient,
  FileDoesNotExistException,
  GetApprovalRuleTemplateCommand,
  GetFileCommand,
  ListAssociatedApprovalRuleTemplatesForRepositoryCommand,
} from '@aws-sdk/client-codecommit';
import {
  allFacts,
  Fact,
  known,
  unknown,
} from 'backstage-plugin-pipeline-posture-common';
import { z } from 'zod';
import { AwsConnection } from './AwsConnection';
import { required } from './refusal';

/** What an approval rule template asks for. */
export interface ApprovalRule {
  name: string;
  /** Branches that it holds for; empty = all. */
  branches: string[];
  approvalsNeeded: number;
  /** Who may approve; empty = anybody who can see the repository. */
  pool: string[];
}

const template = z.object({
  DestinationReferences: z.array(z.string()).optional(),
  Statements: z.array(
    z.object({
      NumberOfApprovalsNeeded: z.number(),
      ApprovalPoolMembers: z.array(z.string()).optional(),
    }),
  ),
});

function readTemplate(name: string, content: string): Fact<ApprovalRule> {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    value = undefined;
  }
  const parsed = template.safeParse(value);
  if (!parsed.success) {
    return unknown({
      code: 'malformed',
      message: `The approval rule template ${name} of CodeCommit cannot be understood.`,
      call: 'codecommit:GetApprovalRuleTemplate',
      actor: 'cloud-administrator',
      action: `Correct the content of the approval rule template ${name}.`,
    });
  }
  const { DestinationReferences = [], Statements } = parsed.data;
  return known({
    name,
    branches: DestinationReferences.map(ref =>
      ref.replace(/^refs\/heads\//, ''),
    ),
    approvalsNeeded: Math.max(
      0,
      ...Statements.map(statement => statement.NumberOfApprovalsNeeded),
    ),
    pool: Statements.flatMap(statement => statement.ApprovalPoolMembers ?? []),
  });
}

/** Reads the review rules of CodeCommit in one account and region; each repository and template once. */
export class CodeCommitReader {
  static create(connection: AwsConnection): CodeCommitReader {
    return new CodeCommitReader(connection);
  }

  readonly #rules = new Map<string, Promise<Fact<ApprovalRule[]>>>();
  readonly #templates = new Map<string, Promise<Fact<ApprovalRule>>>();

  private constructor(private readonly connection: AwsConnection) {}

  approvalRules(repository: string): Promise<Fact<ApprovalRule[]>> {
    let rules = this.#rules.get(repository);
    if (!rules) {
      rules = this.#readRules(repository);
      this.#rules.set(repository, rules);
    }
    return rules;
  }

  async #readRules(repositoryName: string): Promise<Fact<ApprovalRule[]>> {
    const codecommit = this.connection.client(CodeCommitClient);
    const names = await this.connection.listAll(
      'codecommit:ListAssociatedApprovalRuleTemplatesForRepository',
      `repository ${repositoryName}`,
      async (nextToken, options) => {
        const page = await codecommit.send(
          new ListAssociatedApprovalRuleTemplatesForRepositoryCommand({
            repositoryName,
            nextToken,
          }),
          options,
        );
        return {
          items: page.approvalRuleTemplateNames ?? [],
          next: page.nextToken,
        };
      },
    );
    if (!names.known) return names;
    const rules = allFacts(
      await Promise.all(names.value.map(name => this.#template(name))),
    );
    return rules.known ? known(rules.value, names.evidence) : rules;
  }

  /** Text of a file on a branch; null if there is none. */
  async file(
    repositoryName: string,
    branch: string,
    path: string,
  ): Promise<Fact<string | null>> {
    const codecommit = this.connection.client(CodeCommitClient);
    return this.connection.call(
      'codecommit:GetFile',
      `file ${path} of repository ${repositoryName}`,
      async options => {
        try {
          const { fileContent } = await codecommit.send(
            new GetFileCommand({
              repositoryName,
              commitSpecifier: `refs/heads/${branch}`,
              filePath: path,
            }),
            options,
          );
          return new TextDecoder().decode(required(fileContent));
        } catch (error) {
          if (error instanceof FileDoesNotExistException) return null;
          throw error;
        }
      },
    );
  }

  #template(name: string): Promise<Fact<ApprovalRule>> {
    let rule = this.#templates.get(name);
    if (!rule) {
      rule = this.#readTemplate(name);
      this.#templates.set(name, rule);
    }
    return rule;
  }

  async #readTemplate(name: string): Promise<Fact<ApprovalRule>> {
    const codecommit = this.connection.client(CodeCommitClient);
    const answer = await this.connection.call(
      'codecommit:GetApprovalRuleTemplate',
      `approval rule template ${name}`,
      options =>
        codecommit.send(
          new GetApprovalRuleTemplateCommand({
            approvalRuleTemplateName: name,
          }),
          options,
        ),
    );
    return answer.known
      ? readTemplate(
          name,
          answer.value.approvalRuleTemplate?.approvalRuleTemplateContent ?? '',
        )
      : answer;
  }
}
