// Every environment variable the stand-in listens to, in one place.
const { env } = process

/** Runs for a person instead of a test: no TCP debugging port, nothing of the page on disk, a visible window. */
export const preview = env.ELECTRON_STANDIN_PREVIEW === '1'

/** Tests run headless and a preview does not, unless told otherwise. */
export const headed = env.ELECTRON_STANDIN_HEADED ? env.ELECTRON_STANDIN_HEADED !== '0' : preview

/** gnome_libsecret, kwallet*, basic_text, none or locked. A preview has no business with anybody's keyring. */
export const keyring = preview ? 'basic_text' : (env.ELECTRON_STANDIN_KEYRING ?? 'gnome_libsecret')

/** Another value is another keyring: what was sealed under the first one no longer opens. */
export const keyringSecret = env.ELECTRON_STANDIN_KEYRING_SECRET ?? 'electron stand-in keyring'

/** How long a page may say nothing before it counts as hung; Electron waits 30 seconds for an answer to an input. */
export const hangMs = Number(env.ELECTRON_STANDIN_HANG_MS ?? 30_000)

export const chromiumPath = env.ELECTRON_STANDIN_CHROMIUM
export const userDataOverride = env.ELECTRON_STANDIN_USER_DATA
