import { accessMessages as english } from '../en/access';
import { InOtherWords } from '../InOtherWords';

/** Who can see what. */
export const accessMessages: InOtherWords<typeof english> = {
  open: 'Wer kann das sehen?',
  enforced:
    'Sichtbar für alle, die die Entität und die Sicherheit ihrer Pipelines lesen dürfen.',
  everybody:
    'Sichtbar für alle, die angemeldet sind: Dieses Backstage setzt keine Berechtigungen durch.',
  part: {
    posture: 'Sicherheit',
    evidence: 'Rohe Nachweise',
    exemptions: 'Entscheidungen über Ausnahmen',
    collector: 'Datenlage',
  },
  ask: 'Fragen: {{who}}',
};
