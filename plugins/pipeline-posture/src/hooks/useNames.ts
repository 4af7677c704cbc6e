import { useMemo } from 'react';
import { Text, useText } from './useText';

const PROVIDERS = ['azure-devops', 'aws-codepipeline'] as const;

function known<T extends string>(words: readonly T[], word: string) {
  return words.find(one => one === word);
}

const namesIn = (t: Text) => ({
  /** Name of a platform; the id of one that this plugin has no name for. */
  platform(provider: string): string {
    const id = known(PROVIDERS, provider);
    return id ? t(`provider.${id}`) : provider;
  },
  /** Name of the place where a pipeline is looked at. */
  source(provider: string): string {
    const id = known(PROVIDERS, provider);
    return id ? t(`source.${id}`) : provider;
  },
  /** Name of the site that a documentation link goes to. */
  site(address: string): string {
    let host: string;
    try {
      host = new URL(address).hostname;
    } catch {
      return address;
    }
    if (host === 'learn.microsoft.com') return t('finding.docs.learn');
    if (host === 'docs.aws.amazon.com') return t('finding.docs.aws');
    return host;
  },
});

/** Names of platforms and sites in the viewer's language. */
export function useNames() {
  const t = useText();
  return useMemo(() => namesIn(t), [t]);
}
