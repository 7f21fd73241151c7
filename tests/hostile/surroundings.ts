import type { Spelling } from './spelling'

/** Where in an answer a payload may stand. Each is read by another part of a Markdown parser. */
export const SURROUNDINGS: readonly Spelling[] = [
  (text) => text,
  (text) => `Some words before ${text} and after.`,
  (text) => `> ${text}`,
  (text) => `- one\n- ${text}\n- three`,
  (text) => `1. ${text}`,
  (text) => `- [ ] ${text}`,
  (text) => `# ${text}`,
  (text) => `${text}\n===`,
  (text) => `| a | b |\n| - | - |\n| ${text} | c |`,
  (text) => `| ${text} | b |\n| - | - |\n| c | d |`,
  (text) => `**${text}**`,
  (text) => `*~~${text}~~*`,
  (text) => `[${text}](https://example.com)`,
  (text) => `![${text}](https://example.com/a.png)`,
  (text) => `[a](https://example.com "${text}")`,
  (text) => `[a][b]\n\n[b]: https://example.com "${text}"`,
  (text) => `<div>\n\n${text}\n\n</div>`,
  (text) => `<div>\n${text}\n</div>`,
  (text) => `<!-- a -->${text}<!--`,
  (text) => `\`\`\`html\n${text}\n\`\`\``,
  (text) => `~~~${text}\ncode\n~~~`,
  (text) => `    ${text}`,
  (text) => `\`${text}\``,
  (text) => `\`\`\`\n\n\`\`\`${text}`,
  (text) => `a[^1]\n\n[^1]: ${text}`,
  (text) => `$$\n${text}\n$$`,
  (text) => `<${text}>`,
  (text) => `\u202E${text}\u202C`,
  (text) => `a\\\n${text}`,
  (text) => `<details open><summary>a</summary>${text}</details>`,
]

/** A few of them, where there are many texts to put in. */
export const FEW_SURROUNDINGS: readonly Spelling[] = [0, 2, 8, 11, 12, 17].flatMap((at) => SURROUNDINGS[at] ?? [])
