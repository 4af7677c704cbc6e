import { AwsError } from '../errors';
import { page, Service, text } from './operation';

/** AWS CodeCommit, API version 2015-04-13. */
export const codecommit: Service = {
  ListAssociatedApprovalRuleTemplatesForRepository(input, context) {
    const name = text(input, 'repositoryName');
    const repository = context.regional.repositories.find(
      item => item.name === name,
    );
    if (!repository) {
      throw new AwsError(
        'RepositoryDoesNotExistException',
        `${name} does not exist`,
      );
    }
    const { items, next } = page(repository.approvalRuleTemplates, context, {
      token: input.nextToken,
      size: input.maxResults,
      max: 1000,
      invalidToken: 'InvalidContinuationTokenException',
    });
    return { approvalRuleTemplateNames: items, nextToken: next };
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
