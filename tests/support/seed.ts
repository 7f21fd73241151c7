import fc from 'fast-check'

/**
 * Properties are tried on the same values in every run, so that a check says the same of the same source. `LATCHKEY_SEED`
 * names another beginning: a number, or `random` to look for what nobody has seen yet.
 */
const wanted = process.env['LATCHKEY_SEED']
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted ?? 20_261_123) })
