import { Fact } from 'backstage-plugin-pipeline-posture-common';
import { AccountEntrance } from './AccountEntrance';
import { AwsConnection } from './AwsConnection';

/** The connections that one piece of work opens in a region, so that all of them are closed after it. */
export class AccountSession {
  static open(
    entrance: AccountEntrance,
    region: string,
    signal: AbortSignal,
  ): AccountSession {
    return new AccountSession(entrance, region, signal);
  }

  readonly #opened: AwsConnection[] = [];

  private constructor(
    private readonly entrance: AccountEntrance,
    private readonly region: string,
    private readonly signal: AbortSignal,
  ) {}

  enter = async (accountId: string): Promise<Fact<AwsConnection>> => {
    const entered = await this.entrance.enter(
      accountId,
      this.region,
      this.signal,
    );
    if (entered.known) this.#opened.push(entered.value);
    return entered;
  };

  close(): void {
    for (const connection of this.#opened.splice(0)) connection.close();
  }
}
