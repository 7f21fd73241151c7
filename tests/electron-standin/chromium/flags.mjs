// How Chromium is started.
import { headed, preview } from '../launch/options.mjs'

const quietFeatures = [
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'AutofillServerCommunication',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

const always = [
  '--no-startup-window',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-pings',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-default-apps',
  '--disable-breakpad',
  '--disable-field-trial-config',
  '--disable-search-engine-choice-screen',
  '--disable-popup-blocking', // popups are the app's to allow or refuse
  '--disable-dev-shm-usage',
  `--disable-features=${quietFeatures.join(',')}`,
  '--password-store=basic',
  '--use-mock-keychain',
]

// Steady pictures and timers, which a person at the window would not want.
const forTests = [
  '--disable-gpu',
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--force-color-profile=srgb',
  // Headless Chromium believes it has no mouse; a desktop has one (2: hovers, 4: fine pointer).
  '--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4',
  '--autoplay-policy=no-user-gesture-required',
]

const handedOn = ['lang', 'force-device-scale-factor', 'force-prefers-reduced-motion']

/** @param {{ profile: string, serverPort: number, switches: Map<string, string> }} options */
export function chromiumFlags({ profile, serverPort, switches }) {
  return [
    ...always,
    ...(headed ? [] : ['--headless=new']),
    ...(preview ? [] : [...forTests, `--remote-debugging-port=${switches.get('remote-debugging-port') || 0}`]),
    // Our own line to it. It also ties Chromium's life to ours: when the pipe breaks, even by kill -9, it leaves.
    '--remote-debugging-pipe',
    // Chromium's sandbox cannot start as root; everybody else keeps it. --test-type hides the warning bar about it.
    ...(process.getuid?.() === 0 ? ['--no-sandbox', '--test-type'] : []),
    `--user-data-dir=${profile}`,
    `--host-resolver-rules=MAP *.standin.localhost 127.0.0.1:${serverPort}`,
    ...handedOn.filter((name) => switches.has(name)).map((name) => `--${name}=${switches.get(name)}`),
  ]
}
