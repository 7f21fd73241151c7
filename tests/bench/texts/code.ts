import type { Random } from './random'
import { nameOf, wordsOf } from './words'

type Snippet = (random: Random) => string

const number = (random: Random) => String(random.below(900) + 1)

const SNIPPETS: Readonly<Record<string, Snippet>> = {
  typescript(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `/** ${wordsOf(random, 9)}. */\nexport function ${name}(${from}: readonly number[], limit = ${number(random)}): Map<string, number> {\n  const ${to} = new Map<string, number>()\n  for (const value of ${from}) {\n    if (value > limit) continue // ${wordsOf(random, 4)}\n    ${to}.set(\`${name}-\${value}\`, value * ${number(random)})\n  }\n  return ${to}\n}\n`
  },
  python(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `def ${name}(${from}: list[int], limit: int = ${number(random)}) -> dict[str, int]:\n    """${wordsOf(random, 8)}."""\n    ${to} = {}\n    for value in ${from}:\n        if value > limit:\n            continue  # ${wordsOf(random, 4)}\n        ${to}[f"${name}-{value}"] = value * ${number(random)}\n    return ${to}\n`
  },
  sql(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `-- ${wordsOf(random, 7)}\nSELECT ${from}.id, sum(${from}.amount) AS ${to}\nFROM ${name} AS ${from}\nJOIN totals ON totals.id = ${from}.total_id\nWHERE ${from}.day BETWEEN '2026-01-01' AND '2026-11-30'\n  AND ${from}.amount > ${number(random)}\nGROUP BY ${from}.id\nORDER BY ${to} DESC\nLIMIT ${number(random)};\n`
  },
  rust(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `/// ${wordsOf(random, 8)}.\npub fn ${name}(${from}: &[u64], limit: u64) -> Vec<(String, u64)> {\n    let mut ${to} = Vec::with_capacity(${number(random)});\n    for value in ${from}.iter().filter(|value| **value <= limit) {\n        ${to}.push((format!("${name}-{value}"), value * ${number(random)}));\n    }\n    ${to} // ${wordsOf(random, 3)}\n}\n`
  },
  go(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `// ${wordsOf(random, 8)}.\nfunc ${name}(${from} []int, limit int) map[string]int {\n\t${to} := make(map[string]int, ${number(random)})\n\tfor _, value := range ${from} {\n\t\tif value > limit {\n\t\t\tcontinue\n\t\t}\n\t\t${to}[fmt.Sprintf("${name}-%d", value)] = value * ${number(random)}\n\t}\n\treturn ${to}\n}\n`
  },
  json(random) {
    const [name, from, to] = [nameOf(random), nameOf(random), nameOf(random)]
    return `{\n  "${name}": { "${from}": ${number(random)}, "${to}": "${wordsOf(random, 5)}", "on": true },\n  "limits": [${number(random)}, ${number(random)}, null]\n}\n`
  },
}

/** Languages in which code can be made. */
export const LANGUAGES = Object.keys(SNIPPETS)

/** Code of about so many characters, whole lines, without the newline at its end. */
export function codeOf(random: Random, language: string, length: number): string {
  const snippet = SNIPPETS[language]
  if (snippet === undefined) throw new RangeError(`no code in ${language}`)
  const lines: string[] = []
  for (let made = 0; made < length;) {
    const more = `${snippet(random)}\n`
    lines.push(...more.split('\n').slice(0, -1))
    made += more.length
  }
  let size = 0
  const kept = lines.filter((line) => (size += line.length + 1) <= length)
  return kept.join('\n').trimEnd()
}
