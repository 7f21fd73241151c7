// What was launched. Set once, before any module of api/ is loaded; they read it while they are being evaluated.

/**
 * @typedef {object} Launched
 * @property {string} executable
 * @property {string[]} args
 * @property {Map<string, string>} switches
 * @property {string} root the app's folder
 * @property {Record<string, any>} manifest its package.json
 * @property {string} main its entry file
 * @property {boolean} isPackaged
 */

/** @type {Launched} */
export let launched

export function setLaunched(value) {
  launched = value
}
