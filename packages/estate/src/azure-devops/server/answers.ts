/** An answer before it is put on the wire. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string and a buffer as they are. */
  body?: object | string | Buffer;
  contentType?: string;
}

/** A page of a list in the envelope that Azure DevOps uses. */
export function listOf(value: object[], continuationToken?: string): Answer {
  return {
    status: 200,
    body: { count: value.length, value },
    ...(continuationToken && {
      headers: { 'x-ms-continuationtoken': continuationToken },
    }),
  };
}

export function one(body: object): Answer {
  return { status: 200, body };
}

/** An error as the service words it: the message for people, `typeKey` for programs. */
export function failure(
  status: number,
  typeKey: string,
  message: string,
  headers?: Record<string, string>,
): Answer {
  return {
    status,
    headers,
    body: {
      $id: '1',
      innerException: null,
      message,
      typeName: `Microsoft.VisualStudio.Services.${typeKey}, Microsoft.VisualStudio.Services`,
      typeKey,
      errorCode: 0,
      eventId: 3000,
    },
  };
}

const SIGN_IN_PAGE = `<!DOCTYPE html>
<html lang="en-US"><head><title>Azure DevOps Services | Sign In</title></head>
<body><form id="signin" action="https://login.microsoftonline.com/common/oauth2/authorize"></form></body></html>
`;

/** What a dead token gets for a GET: a page for people, on a status that looks like success. */
export function signInPage(status = 203): Answer {
  return {
    status,
    body: SIGN_IN_PAGE,
    contentType: 'text/html; charset=utf-8',
  };
}

export function notFoundPage(): Answer {
  return {
    status: 404,
    body: '<!DOCTYPE html><html><head><title>The resource cannot be found.</title></head></html>',
    contentType: 'text/html; charset=utf-8',
  };
}

export function projectNotFound(name: string): Answer {
  return failure(
    404,
    'ProjectDoesNotExistWithNameException',
    `TF200016: The following project does not exist: ${name}. Verify that the name of the project is correct and that the project exists on the specified Azure DevOps Server.`,
  );
}

export function unauthorised(message: string): Answer {
  return {
    ...failure(401, 'UnauthorizedRequestException', message),
    headers: {
      'www-authenticate':
        'Bearer authorization_uri=https://login.microsoftonline.com/common',
      'x-vss-authorizationendpoint': 'https://vssps.dev.azure.com/',
    },
  };
}
