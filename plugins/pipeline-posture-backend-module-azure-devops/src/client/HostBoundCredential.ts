import { IRequestHandler } from 'azure-devops-node-api/interfaces/common/VsoBaseInterfaces';
import { RequestOptions } from 'node:http';

/**
 * Sends the credential to its own host and nowhere else. The handlers of the
 * library pin themselves to whichever host is asked first.
 */
export class HostBoundCredential implements IRequestHandler {
  header: string | undefined;
  readonly #host: string;
  readonly #port: number;

  constructor({ hostname, port, protocol }: URL) {
    this.#host = hostname;
    this.#port = Number(port) || (protocol === 'https:' ? 443 : 80);
  }

  prepareRequest(options: RequestOptions): void {
    const headers = options.headers as Record<string, string>;
    const own =
      options.host === this.#host && Number(options.port) === this.#port;
    if (this.header && own) headers.Authorization = this.header;
    // Without it, a refusal is a redirect to the sign-in page.
    headers['X-TFS-FedAuthRedirect'] = 'Suppress';
  }

  canHandleAuthentication(): boolean {
    return false;
  }

  handleAuthentication(): Promise<never> {
    return Promise.reject(new Error('not supported'));
  }
}
