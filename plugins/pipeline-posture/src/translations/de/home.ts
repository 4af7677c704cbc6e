import { homeMessages as english } from '../en/home';
import { InOtherWords } from '../InOtherWords';

/** Widgets on the home page. */
export const homeMessages: InOtherWords<typeof english> = {
  mine: {
    title: 'Pipelines meiner Dienste',
    description: 'Wie sicher die Pipelines dessen sind, was Ihnen gehört',
    none: 'Nichts, was Ihnen gehört, ist mit einer Pipeline verknüpft.',
    compliant:
      '{{compliant}} von {{all}} Pipelines sind konform ({{percent}}).',
    all_one: '{{count}} Pipeline zeigen',
    all_other: 'Alle {{count}} Pipelines zeigen',
  },
  fixes: {
    title: 'Zuerst beheben',
    description:
      'Was den Pipelines dessen, was Ihnen gehört, am meisten bringt',
    none: 'In den Pipelines dessen, was Ihnen gehört, fällt nichts durch.',
    pipelines_one: 'fällt in {{count}} Pipeline durch',
    pipelines_other: 'fällt in {{count}} Pipelines durch',
  },
};
