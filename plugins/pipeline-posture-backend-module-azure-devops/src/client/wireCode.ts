import { z } from 'zod';
import { flag, nothing, text } from './wireBasics';

export const repository = z.object({
  id: text,
  name: text,
  defaultBranch: nothing(text),
  size: nothing(z.number()),
  webUrl: nothing(text),
  remoteUrl: nothing(text),
  isDisabled: flag,
  isFork: flag,
});

export const policy = z.object({
  id: z.number(),
  isEnabled: flag,
  isBlocking: flag,
  isDeleted: flag,
  type: z.object({ id: text, displayName: nothing(text) }),
  settings: z.looseObject({
    scope: nothing(
      z.array(
        z.object({
          repositoryId: nothing(text),
          refName: nothing(text),
          matchKind: nothing(text),
        }),
      ),
    ),
    minimumApproverCount: nothing(z.number()),
    creatorVoteCounts: flag,
    resetOnSourcePush: flag,
    requireVoteOnLastIteration: flag,
    requireVoteOnEachIteration: flag,
    blockLastPusherVote: flag,
    requiredReviewerIds: nothing(z.array(text)),
    filenamePatterns: nothing(z.array(text)),
    addedFilesOnly: flag,
    policyApplicability: nothing(z.union([z.number(), text])),
    buildDefinitionId: nothing(z.number()),
    manualQueueOnly: flag,
    displayName: nothing(text),
    statusName: nothing(text),
    statusGenre: nothing(text),
  }),
});

export const item = z.object({
  objectId: nothing(text),
  path: nothing(text),
  gitObjectType: nothing(text),
  isFolder: flag,
  content: nothing(text),
});

export type Repository = z.output<typeof repository>;

export type Policy = z.output<typeof policy>;

/** Newer answers hold the features for secrets in a member of their own. */
export const advancedSecurity = z.object({
  reposEnablementStatus: nothing(
    z.array(
      z.object({
        repositoryId: nothing(text),
        blockPushes: flag,
        advSecEnabled: flag,
        secretProtectionFeatures: nothing(
          z.object({ blockPushes: flag, secretProtectionEnabled: flag }),
        ),
      }),
    ),
  ),
});

export type AdvancedSecurity = z.output<typeof advancedSecurity>;
