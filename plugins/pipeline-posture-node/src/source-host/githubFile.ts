import { z } from 'zod';

/** The text of one file. */
export const fileQuery = `query File($owner: String!, $repository: String!, $expression: String!) {
  repository(owner: $owner, name: $repository) {
    object(expression: $expression) { ... on Blob { text isBinary isTruncated } }
  }
}`;

const answer = z.object({
  data: z.object({
    repository: z
      .object({
        object: z
          .object({
            text: z.string().nullish(),
            isBinary: z.boolean().nullish(),
            isTruncated: z.boolean().nullish(),
          })
          .nullable(),
      })
      .nullable(),
  }),
});

/** A file, or why its text cannot be told. */
export type GithubFile =
  | { text: string | null }
  | { unreadable: 'binary' | 'truncated' };

/**
 * Reads the answer of {@link fileQuery}.
 *
 * @returns undefined if the repository does not exist for the caller
 * @throws ZodError if it is no answer of GitHub
 */
export function fileAnswer(value: unknown): GithubFile | undefined {
  const { repository } = answer.parse(value).data;
  if (!repository) return undefined;
  const { object } = repository;
  if (!object) return { text: null };
  if (object.isTruncated) return { unreadable: 'truncated' };
  // A folder has no text either: it is not the file that is asked for.
  if (object.isBinary) return { unreadable: 'binary' };
  return { text: object.text ?? null };
}
