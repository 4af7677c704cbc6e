import { catalogMessages } from './en/catalog';
import { controlsMessages } from './en/controls';
import { entityMessages } from './en/entity';
import { findingMessages } from './en/finding';
import { fleetMessages } from './en/fleet';
import { healthMessages } from './en/health';
import { historyMessages } from './en/history';
import { stateMessages } from './en/states';
import { wordMessages } from './en/words';

/** All text of the plugin in English. */
export const messages = {
  ...wordMessages,
  catalog: catalogMessages,
  controls: controlsMessages,
  entity: entityMessages,
  finding: findingMessages,
  fleet: fleetMessages,
  health: healthMessages,
  history: historyMessages,
  state: stateMessages,
} as const;
