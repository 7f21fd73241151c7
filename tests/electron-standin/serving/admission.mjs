// Who may talk to the app server: only the Chromium of this run. Loopback is open to every program and user of the
// machine, so each request must bring a secret that only our browser context was given.
import { randomBytes } from 'node:crypto'
import { browser } from '../chromium/devtools.mjs'
import { isPageHost } from './page-address.mjs'

const COOKIE = 'electron-standin'
const secret = randomBytes(32).toString('hex')

/** @param {string | undefined} browserContextId the default context when undefined */
export async function giveAdmission(browserContextId) {
  const cookie = {
    name: COOKIE,
    value: secret,
    domain: '.standin.localhost',
    path: '/',
    httpOnly: true,
    sameSite: 'Lax',
  }
  await browser.send('Storage.setCookies', { cookies: [cookie], browserContextId })
}

/** @param {import('node:http').IncomingMessage} request */
export function isAdmitted({ headers }) {
  // The Host check keeps out pages of other sites whose name was made to point here.
  return isPageHost(headers.host) && (headers.cookie ?? '').split('; ').includes(`${COOKIE}=${secret}`)
}
