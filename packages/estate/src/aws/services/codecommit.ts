import { createHash } from 'node:crypto';
import { AwsError } from '../errors';
import {
  Input,
  OperationContext,
  optionalText,
  page,
  Service,
  text,
} from './operation';

function repositoryOf(input: Input, { regional }: OperationContext) {
  const name = text(input, 'repositoryName');
  const found = regional.repositories.find(item => item.name === name);
  if (found) return found;
  throw new AwsError(
    'RepositoryDoesNotExistException',
    `${name} does not exist`,
  );
}

/** AWS CodeCommit, API version 2015-04-13. */
export const codecommit: Service = {
  ListAssociatedApprovalRuleTemplatesForRepository(input, context) {
    const repository = repositoryOf(input, context);
    const { items, next } = page(repository.approvalRuleTemplates, context, {
      token: input.nextToken,
      size: input.maxResults,
      max: 1000,
      invalidToken: 'InvalidContinuationTokenException',
    });
    return { approvalRuleTemplateNames: items, nextToken: next };
  },

  GetFile(input, context) {
    const { defaultBranch, files } = repositoryOf(input, context);
    const commit = optionalText(input, 'commitSpecifier') ?? defaultBranch;
    const filePath = text(input, 'filePath').replace(/^\//, '');
    if (commit.replace(/^refs\/heads\//, '') !== defaultBranch) {
      throw new AwsError(
        'CommitDoesNotExistException',
        `Could not find ${commit}`,
      );
    }
    const content = files[filePath];
    if (content === undefined) {
      throw new AwsError(
        'FileDoesNotExistException',
        `Could not find path ${filePath}`,
      );
    }
    const bytes = Buffer.from(content);
    const id = createHash('sha1').update(bytes).digest('hex');
    return {
      commitId: id,
      blobId: id,
      filePath,
      fileMode: 'NORMAL',
      fileSize: bytes.length,
      fileContent: bytes,
    };
  },

  GetApprovalRuleTemplate(input, context) {
    const name = text(input, 'approvalRuleTemplateName');
    const template = context.regional.approvalRuleTemplates.find(
      item => item.name === name,
    );
    if (!template) {
      throw new AwsError(
        'ApprovalRuleTemplateDoesNotExistException',
        `The approval rule template ${name} does not exist`,
      );
    }
    return {
      approvalRuleTemplate: {
        approvalRuleTemplateName: template.name,
        approvalRuleTemplateContent: template.content,
        creationDate: template.created,
        lastModifiedDate: template.created,
      },
    };
  },
};
