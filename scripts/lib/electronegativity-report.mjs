/** What counts: HIGH, at FIRM or CERTAIN. Its TENTATIVE findings include code that is hardened as it should be. */
const SEVERITIES = ['HIGH']
const CONFIDENCES = ['FIRM', 'CERTAIN']

/**
 * @typedef {object} Finding
 * @property {string} issue
 * @property {string} severity
 * @property {string} confidence
 * @property {string} file
 * @property {string} location line and column
 * @property {string} sample
 */

/**
 * The findings that count, of the CSV that electronegativity writes. Its own `--severity` and `--confidence` leave other
 * rows in the file, and its exit code is 0 whatever it finds.
 *
 * @param {string} csv
 * @returns {{ readonly all: number, readonly serious: readonly Finding[] }}
 */
export function readReport(csv) {
  const rows = rowsOf(csv).filter((row) => row.length > 1 && row[0] !== 'issue')
  const findings = rows.map(toFinding)
  const serious = findings.filter(
    ({ severity, confidence }) => SEVERITIES.includes(severity) && CONFIDENCES.includes(confidence),
  )
  return { all: findings.length, serious }
}

/**
 * @param {readonly string[]} row
 * @returns {Finding}
 */
function toFinding(row) {
  const [issue = '', severity = '', confidence = '', file = '', location = '', sample = ''] = row
  // A table whose columns have moved would otherwise have nothing serious in it.
  if (!/^(?:INFORMATIONAL|LOW|MEDIUM|HIGH)$/.test(severity) || !/^(?:TENTATIVE|FIRM|CERTAIN)$/.test(confidence)) {
    throw new Error(`not a row of electronegativity's report: ${row.join(', ').slice(0, 200)}`)
  }
  return { issue, severity, confidence, file, location, sample }
}

/**
 * CSV with quoted cells, in which a quote is doubled and anything may stand, line breaks too.
 *
 * @param {string} csv
 * @returns {string[][]}
 */
function rowsOf(csv) {
  /** @type {string[][]} */
  const rows = [[]]
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^,"\r\n]*))(,|\r?\n|$)/g)) {
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
    if (end !== ',') rows.push([])
  }
  return rows
}

/**
 * Why there is no report to believe, from what was written to the terminal.
 *
 * @param {string} output
 */
export function explainFailedRun(output) {
  if (
    /npm err/i.test(output) &&
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)
  ) {
    return 'electronegativity could not be downloaded: the package server cannot be reached; check the connection and try again'
  }
  if (/\bE404\b|ETARGET/.test(output))
    return 'electronegativity could not be downloaded: its version is not where npm looks for it'
  return 'electronegativity did not find the bad example it was given, so that what it says of the app counts for nothing'
}
