import { catalogMessages } from './en/catalog';
import { entityMessages } from './en/entity';
import { findingMessages } from './en/finding';
import { fleetMessages } from './en/fleet';
import { stateMessages } from './en/states';
import { wordMessages } from './en/words';

/** All text of the plugin in English. */
export const messages = {
  ...wordMessages,
  catalog: catalogMessages,
  entity: entityMessages,
  finding: findingMessages,
  fleet: fleetMessages,
  state: stateMessages,
} as const;
