/**
 * Variables that would send a key elsewhere, bill another account, log headers or switch off certificate checks, in this
 * process or in those it starts. SDKs read theirs even when everything is passed to them explicitly.
 */
const UNWANTED =
  /^(?:ANTHROPIC|OPENAI|AZURE_OPENAI|GOOGLE|GEMINI|OTEL|CLAUDE)_|^(?:NODE_(?:TLS_REJECT_UNAUTHORIZED|EXTRA_CA_CERTS|USE_SYSTEM_CA|USE_ENV_PROXY|OPTIONS|DEBUG)|SSLKEYLOGFILE)$/i

/**
 * With NODE_USE_ENV_PROXY Node has set its proxies up already, and would hand them the key of a plain http request. This
 * exception list it reads anew for every request. A proxy is a setting, never a surprise.
 */
const NO_PROXY: ReadonlySet<PropertyKey> = new Set(['no_proxy', 'NO_PROXY'])

/**
 * The environment without them, to stand in the place of `process.env`. Must do so before any SDK is loaded, since some
 * are read once, at import. The environment itself stays as it is: programs that are opened, such as the browser, get what
 * their user has set. Of what Node has read before any code of ours runs, egress/dial undoes what NODE_EXTRA_CA_CERTS,
 * NODE_USE_SYSTEM_CA and NODE_USE_ENV_PROXY do, the start script takes all of them away, and a packaged app refuses the
 * rest: `unsafeStart`.
 */
export function neutralEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // Not a copy: on Windows names are found whatever their case.
  return new Proxy(environment, {
    has: (real, name) => NO_PROXY.has(name) || (!isHidden(name) && Reflect.has(real, name)),
    get: (real, name) => (NO_PROXY.has(name) ? '*' : isHidden(name) ? undefined : Reflect.get(real, name)),
    set: (real, name, value) => NO_PROXY.has(name) || isHidden(name) || Reflect.set(real, name, value),
    ownKeys: (real) => [
      ...new Set([...Reflect.ownKeys(real).filter((name) => !isHidden(name)), 'no_proxy', 'NO_PROXY']),
    ],
    getOwnPropertyDescriptor: (real, name) => {
      if (NO_PROXY.has(name)) return { value: '*', writable: true, enumerable: true, configurable: true }
      return isHidden(name) ? undefined : Reflect.getOwnPropertyDescriptor(real, name)
    },
  })
}

function isHidden(name: PropertyKey): boolean {
  return typeof name === 'string' && UNWANTED.test(name)
}

/** Switches that would write keys to a log, lead requests astray, lift the sandbox or hand the app to a debugger. */
const UNSAFE_SWITCHES = [
  'inspect',
  'inspect-brk',
  'inspect-wait',
  'inspect-port',
  'inspect-publish-uid',
  'inspect-brk-node',
  'debug-port',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-debugging-io-pipes',
  'remote-debugging-socket-name',
  'remote-allow-origins',
  'auto-open-devtools-for-tabs',
  // A keychain of Chromium's own on macOS whose password is public.
  'use-mock-keychain',
  'log-net-log',
  'net-log-capture-mode',
  'ssl-key-log-file',
  'enable-logging',
  'log-file',
  'trace-startup',
  'trace-config-file',
  'enable-tracing',
  'proxy-server',
  'proxy-pac-url',
  'host-rules',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'allow-running-insecure-content',
  'unsafely-treat-insecure-origin-as-secure',
  'js-flags',
  'disable-web-security',
  'load-extension',
  'single-process',
  'browser-subprocess-path',
  'zygote-cmd-prefix',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
]
/**
 * Variables that make Chromium or Node write a log with headers in it, or write the secrets of TLS, from the first moment
 * on. That certificates are not checked is decided at each connection, so the deletion is in time for it; still nobody
 * who set it expects it to be ignored.
 */
const UNSAFE_VARIABLES = [
  'ELECTRON_ENABLE_LOGGING',
  'ELECTRON_LOG_FILE',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_TLS_REJECT_UNAUTHORIZED',
  'SSLKEYLOGFILE',
]

/** Of Node's options those that run foreign code, open a debugger or write keys; many developers have others set. */
const UNSAFE_OPTIONS = /(?:^|\s)(?:-r\b|--(?:require|import|loader|experimental-loader|inspect|tls-keylog|trace))/

/** What a packaged app must not honour, by the name it was given under; null when there is nothing. */
export function unsafeStart(hasSwitch: (name: string) => boolean, environment: NodeJS.ProcessEnv): string | null {
  const found = UNSAFE_SWITCHES.find(hasSwitch)
  if (found !== undefined) return `--${found}`
  if (UNSAFE_OPTIONS.test(environment['NODE_OPTIONS'] ?? '')) return 'NODE_OPTIONS'
  return UNSAFE_VARIABLES.find((name) => (environment[name] ?? '') !== '') ?? null
}
