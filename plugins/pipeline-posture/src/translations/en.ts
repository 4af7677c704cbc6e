import { accessMessages } from './en/access';
import { blastMessages } from './en/blast';
import { catalogMessages } from './en/catalog';
import { homeMessages } from './en/home';
import { searchMessages } from './en/search';
import { controlsMessages } from './en/controls';
import { entityMessages } from './en/entity';
import { exemptionsMessages } from './en/exemptions';
import { findingMessages } from './en/finding';
import { fleetMessages } from './en/fleet';
import { groupsMessages } from './en/groups';
import { healthMessages } from './en/health';
import { historyMessages } from './en/history';
import { stateMessages } from './en/states';
import { wordMessages } from './en/words';

/** All text of the plugin in English. */
export const messages = {
  ...wordMessages,
  access: accessMessages,
  blast: blastMessages,
  catalog: catalogMessages,
  home: homeMessages,
  search: searchMessages,
  controls: controlsMessages,
  entity: entityMessages,
  exemptions: exemptionsMessages,
  finding: findingMessages,
  fleet: fleetMessages,
  groups: groupsMessages,
  health: healthMessages,
  history: historyMessages,
  state: stateMessages,
} as const;
