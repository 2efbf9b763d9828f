// Compares what copydesk made of each picture in a folder with what Chromium does with it.
//
//     node gallery.mjs WORK    with in/, out/, names (number, tab, path) and findings (jsonl) in it
import { chromium } from 'playwright-core'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const work = process.argv[2]
const lines = name => fs.readFileSync(path.join(work, name), 'utf8').split('\n').filter(Boolean)
const findings = new Map()
for (const line of lines('findings')) {
  const f = JSON.parse(line)
  if (f.code === 'IM009') findings.set(path.basename(f.path, '.md'), f)
}
const files = new Map(fs.readdirSync(path.join(work, 'in')).filter(f => !f.endsWith('.md')).map(f => [f.replace(/\.[^.]*$/, ''), f]))

// The format of a file by its first bytes.
const format = file => {
  const head = fs.readFileSync(file).subarray(0, 4096)
  const at = (i, text) => head.toString('latin1', i, i + text.length) === text
  if (at(0, '\xff\xd8\xff')) return 'JPEG'
  if (at(0, '\x89PNG')) return 'PNG'
  if (at(0, 'GIF8')) return 'GIF'
  if (at(0, 'RIFF') && at(8, 'WEBP')) return 'WebP'
  if (at(4, 'ftypavif') || at(4, 'ftypavis')) return 'AVIF'
  if (head.includes('<svg')) return 'SVG'
  return 'other'
}

// What the program did: made, damaged (made of what there is), left (as it is, for a reason), or refused.
const outcome = name => {
  const f = findings.get(name)
  const text = fs.readFileSync(path.join(work, 'out', name + '.md'), 'utf8')
  const made = /\]\(assets\/([^)]*)\)/.exec(text)
  if (made && !fs.statSync(path.join(work, 'out/assets', made[1])).size) throw new Error(`${name}: an empty picture`)
  if (f?.severity === 'error') return 'refused'
  if (made) return f?.severity === 'warning' ? 'damaged' : 'made'
  return 'left'
}

// In Chromium a picture is shown, shown in part (it loads, and decode() says that it is broken), or not.
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage()
fs.writeFileSync(path.join(work, 'in', 'page.html'), '<!doctype html>')
await page.goto(pathToFileURL(path.join(work, 'in', 'page.html')).href)
const shown = file => page.evaluate(src => new Promise(resolve => {
  const img = new Image()
  const late = setTimeout(() => resolve('late'), 30000)
  const end = what => { clearTimeout(late); resolve(what) }
  img.onerror = () => end('not')
  img.onload = () => img.decode().then(() => end(img.naturalWidth > 0 ? 'shown' : 'not'), () => end(img.naturalWidth > 0 ? 'part' : 'not'))
  img.src = src
}), file)

const table = new Map()
const told = []
const reasons = new Map() // why pictures were left as they are
let bad = 0
for (const line of lines('names')) {
  const [name, from] = line.split('\t')
  const kind = format(path.join(work, 'in', files.get(name)))
  const ours = outcome(name)
  const theirs = await shown(files.get(name))
  const row = table.get(kind) ?? { count: 0, made: 0, damaged: 0, left: 0, refused: 0, shown: 0, part: 0, not: 0, late: 0 }
  row.count++
  row[ours]++
  row[theirs]++
  table.set(kind, row)
  const why = (findings.get(name)?.message ?? '').replace(/^picture "[^"]*"(: | not made: )/, '')
  if (ours === 'left') {
    const reason = why || (kind === 'SVG' ? 'an SVG is referred to, and its copy is clean' : 'no reason')
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  const meant = /not supported; save|more than the limit|MiB of memory/.test(why)
  const fault = ours === 'refused' && (theirs === 'shown' || theirs === 'part') && !meant
  if (fault) bad++
  if (ours !== 'made' && ours !== 'left' || theirs !== 'shown' && theirs !== 'late') told.push(`${fault ? 'FAIL' : '    '} ${kind.padEnd(6)} ${ours.padEnd(8)} Chromium: ${theirs.padEnd(6)} ${from.replace(/.*corpus\//, '')}: ${why}`)
}
await browser.close()

const columns = ['count', 'made', 'damaged', 'left', 'refused', 'shown', 'part', 'not', 'late']
console.log('                           copydesk                    |        Chromium')
console.log('format ' + columns.map(c => c.padStart(8)).join(''))
for (const [kind, row] of [...table].sort()) console.log(kind.padEnd(7) + columns.map(c => String(row[c]).padStart(8)).join(''))
for (const [why, n] of reasons) console.log(`left: ${n} x ${why}`)
console.log(told.sort().join('\n'))
if (!bad) console.log(`PASS ${lines('names').length} pictures: none is refused that Chromium shows, but for formats and limits`)
process.exit(bad ? 1 : 0)
