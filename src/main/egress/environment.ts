/**
 * Variables that would send a key elsewhere, bill another account, log headers or switch off certificate checks.
 * SDKs read theirs even when everything is passed to them explicitly.
 */
const UNWANTED =
  /^(?:ANTHROPIC|OPENAI|AZURE_OPENAI|GOOGLE|GEMINI|OTEL|CLAUDE)_|^(?:NODE_TLS_REJECT_UNAUTHORIZED|SSLKEYLOGFILE)$/i

/**
 * Deletes them. Must run before any SDK is loaded, since some are read once, at import. NODE_EXTRA_CA_CERTS is not
 * among them because Node has read it before any code of ours runs: the start script takes it away, and so does a fuse
 * of the packaged app.
 */
export function neutraliseEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (UNWANTED.test(name)) delete environment[name]
  }
  // With NODE_USE_ENV_PROXY Node has set its proxies up already, and would hand them the key of a plain http request.
  // This exception list it reads anew for every request. A proxy will be a setting, never a surprise.
  for (const name of ['no_proxy', 'NO_PROXY']) environment[name] = '*'
}
