import type { IncomingMessage, ServerResponse } from "node:http";

type Headers = Readonly<Record<string, string>>;

const inTwoMinutes = () => String(Math.floor(Date.now() / 1000) + 120);

function refuse(status: number, message: string, headers: Headers = {}) {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
    response.end(JSON.stringify({ message, documentation_url: "https://docs.github.com/rest" }));
  };
}

function answer(body: string, contentType = "application/json; charset=utf-8", status = 200) {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "content-type": contentType });
    response.end(body);
  };
}

/** What can go wrong between us and GitHub, as GitHub says it. */
export const faults = {
  unauthorized: refuse(401, "Bad credentials"),
  scope: refuse(403, "Resource not accessible by personal access token", {
    "x-oauth-scopes": "",
    "x-accepted-oauth-scopes": "repo",
  }),
  sso: refuse(403, "Resource protected by organization SAML enforcement.", {
    "x-github-sso": "required; url=https://github.com/orgs/acme/sso?authorization_request=1",
  }),
  rate: (request: IncomingMessage, response: ServerResponse) =>
    refuse(403, "API rate limit exceeded", {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": inTwoMinutes(),
    })(request, response),
  secondary: refuse(429, "You have exceeded a secondary rate limit", { "retry-after": "120" }),
  graphRate: answer(
    JSON.stringify({ errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }),
  ),
  notFound: refuse(404, "Not Found"),
  conflict: refuse(409, "Conflict"),
  unprocessable: refuse(422, "Validation Failed"),
  broken: refuse(500, "Server Error"),
  gateway: answer("<html><body>502 Bad Gateway</body></html>", "text/html", 502),
  loginPage: answer("<html><body>Welcome to the hotel network</body></html>", "text/html; charset=utf-8"),
  otherShape: answer(JSON.stringify({ data: { repository: { open: { totalCount: "many", nodes: 7 } } } })),
  /** Its clock is a day ahead of ours. */
  skewed: refuse(403, "API rate limit exceeded", {
    date: new Date(Date.now() + 86_400_000).toUTCString(),
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 86_400 + 120),
  }),
  silent: () => {},
  cut: (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": "5000" });
    response.write('{"data":{"repository":{"open":');
    setTimeout(() => response.destroy(), 20);
  },
  hangUp: (_request: IncomingMessage, response: ServerResponse) => {
    response.destroy();
  },
} satisfies Record<string, (request: IncomingMessage, response: ServerResponse) => void>;

export type FaultName = keyof typeof faults;
