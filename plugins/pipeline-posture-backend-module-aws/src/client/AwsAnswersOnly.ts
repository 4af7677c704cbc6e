import { NodeHttpHandler } from '@smithy/node-http-handler';
import { UnexpectedAnswerError } from './refusal';

/**
 * Lets through what may be an answer of AWS. A proxy or a sign-in page answers 200 with
 * HTML, which some deserialisers read as an answer without any member: as if nothing were set.
 */
export class AwsAnswersOnly extends NodeHttpHandler {
  override async handle(
    ...args: Parameters<NodeHttpHandler['handle']>
  ): ReturnType<NodeHttpHandler['handle']> {
    const result = await super.handle(...args);
    const { statusCode, headers } = result.response;
    const type = Object.entries(headers).find(
      ([name]) => name.toLowerCase() === 'content-type',
    )?.[1];
    if (statusCode < 300 && /^text\/html\b/i.test(type ?? '')) {
      throw new UnexpectedAnswerError();
    }
    return result;
  }
}
