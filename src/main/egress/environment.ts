/**
 * Variables that would send a key elsewhere, bill another account, log headers or switch off certificate checks.
 * SDKs read theirs even when everything is passed to them explicitly.
 */
const UNWANTED =
  /^(?:ANTHROPIC|OPENAI|AZURE_OPENAI|GOOGLE|GEMINI|OTEL|CLAUDE)_|^(?:NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|SSLKEYLOGFILE)$/i

/** Deletes them. Must run before any SDK is loaded, since some are read once, at import. */
export function neutraliseEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (UNWANTED.test(name)) delete environment[name]
  }
}
