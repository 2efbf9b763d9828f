// Makes the articles of .ci/forms, writes their trees as Markdown, and compares.
//
//     node forms.mjs articles WORK SPECS TESTDATA
//     node forms.mjs write WORK FORMAT
//     node forms.mjs check WORK
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [action, work, ...rest] = process.argv.slice(2)
const read = file => fs.readFileSync(file, 'utf8')
const folder = name => { fs.mkdirSync(path.join(work, name), { recursive: true }); return path.join(work, name) }

if (action === 'articles') {
  const [specs, testdata] = rest
  const put = (format, name, text) => fs.writeFileSync(path.join(folder(format), name + (format === 'html' ? '.html' : '.md')), text)
  for (const spec of ['commonmark/spec.json', 'cmark-gfm/gfm-spec.json']) {
    if (!fs.existsSync(path.join(specs, spec))) { console.log(`left out: ${spec} is not here`); continue }
    for (const e of JSON.parse(read(path.join(specs, spec)))) {
      // A blank line and a word keep an example from being taken for front matter.
      put('markdown', `${path.dirname(spec)}-${e.example}`, 'x\n\n' + e.markdown)
    }
  }
  for (const kind of ['forms', 'markdown', 'markup']) {
    for (const file of fs.readdirSync(path.join(testdata, kind))) {
      const parts = read(path.join(testdata, kind, file)).split(/^-- (.*) --\n/m)
      for (let i = 1; i < parts.length; i += 2) {
        const ext = path.extname(parts[i])
        const name = `${kind}-${path.basename(file, '.txtar')}-${path.basename(parts[i], ext)}`
        if (ext === '.md' || ext === '.html') put(ext === '.md' ? 'markdown' : 'html', name, parts[i + 1].replace(/^---\n[^]*?\n---\n/, ''))
      }
    }
  }
  process.exit(0)
}

if (action === 'write') {
  const [format] = rest
  const load = name => import(pathToFileURL(path.join(work, 'npm/node_modules', name, 'index.js')))
  const { toMarkdown } = await load('mdast-util-to-markdown')
  const { gfmToMarkdown } = await load('mdast-util-gfm')
  const out = folder(format + '-written')
  for (const file of fs.readdirSync(path.join(work, format + '-trees'))) {
    const tree = JSON.parse(read(path.join(work, format + '-trees', file)))
    fs.writeFileSync(path.join(out, file.replace('.json', '.md')), toMarkdown(tree, { extensions: [gfmToMarkdown()] }))
  }
  process.exit(0)
}

let bad = 0
const compare = (wanted, shown, normal, allowed) => {
  let all = 0
  const differ = []
  for (const file of fs.readdirSync(path.join(work, wanted))) {
    all++
    const [want, got] = [wanted, shown].map(f => normal(read(path.join(work, f, file))))
    if (want !== got) differ.push([file, want, got])
  }
  const news = differ.filter(([file]) => !allowed.includes(file.replace(/\.\w+$/, '')))
  console.log(`${wanted}: ${all} articles, ${differ.length} differ, ${news.length} of them where they should not`)
  for (const [file, want, got] of news) console.log(`FAIL ${file}\n  got  ${JSON.stringify(got.slice(0, 600))}\n  want ${JSON.stringify(want.slice(0, 600))}`)
  bad += news.length
}
// What mdast-util-to-markdown itself can't write: a line break before raw HTML, *in* *itself*, marks that touch
// marks, a backslash in an autolink, a line break that is a character reference, a reference in an address, marks
// beside text in Chinese, and the box of a task before a heading.
const limits = [
  'markdown-dial-never-addresses', 'markdown-dial-cjk-emphasis', 'markdown-dial-tags-cjk', 'markdown-dial-never-blocks',
  'cmark-gfm-118', 'commonmark-148', 'cmark-gfm-156', 'commonmark-189', 'commonmark-170',
  'cmark-gfm-470', 'cmark-gfm-472', 'commonmark-463', 'commonmark-465', 'markdown-inline-marks',
  'cmark-gfm-316', 'cmark-gfm-611', 'commonmark-20', 'commonmark-605', 'cmark-gfm-335', 'commonmark-39',
]
compare('markdown-wanted', 'markdown-shown', html => html, limits)
// Of HTML the text is compared.
compare('html-wanted', 'html-text', text => text.replace(/\s+/g, ' ').trim(), limits)
process.exit(bad ? 1 : 0)
