import { accessMessages } from './de/access';
import { blastMessages } from './de/blast';
import { catalogMessages } from './de/catalog';
import { homeMessages } from './de/home';
import { searchMessages } from './de/search';
import { controlsMessages } from './de/controls';
import { entityMessages } from './de/entity';
import { exemptionsMessages } from './de/exemptions';
import { findingMessages } from './de/finding';
import { fleetMessages } from './de/fleet';
import { groupsMessages } from './de/groups';
import { healthMessages } from './de/health';
import { historyMessages } from './de/history';
import { stateMessages } from './de/states';
import { wordMessages } from './de/words';
import { flatMessages, PathOf } from './flatMessages';

const messages = {
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
};

/** All text of the plugin in German. */
const german: Record<PathOf<typeof messages>, string> = flatMessages(messages);

export default german;
