// Makes the articles of .ci/reports, and compares what each format says of them with jsonl, and
// jsonl with the files.
//
//     node reports.mjs articles FOLDER
//     node reports.mjs check WORK
import { createRequire } from 'node:module'
import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { pathToFileURL } from 'node:url'

const [action, folder] = process.argv.slice(2)
const read = file => fs.readFileSync(file, 'utf8')
const lines = text => text.split('\n').filter(line => line)

const matterOf = '---\r\ntitle: "微信🙂a"\r\ntags: {a: 1, 作者👨‍👩‍👧: 2,\t作者👨‍👩‍👧: 3}\r\ndate: Fri, 22 Jul 2022 22:48:17 GMT\r\n---\r\n\r\n雨 <b onclick="x()">下</b>'
const twice = '---\ntitle: A\ntitle: B\n---\n'
const articles = {
  'posts/雨 天.md': matterOf,
  'posts/a,b:c %0A %25 ::error::.md': twice,
  'posts/esc\x1b[31m#.md': '---\n"x ::error file=b::##[error]\\e[31m": 1\n"x ::error file=b::##[error]\\e[31m": 2\n---\n',
  'posts/new\nline\r.md': twice,
  'posts/toml.md': '+++\n作者 = "雨"\ntitle = "a\u0301é"\t# 注\ndate = "22 Jul 2022 22:48 GMT"\n+++\n\n{{< x >}} [a](javascript:1)\n',
  'posts/json.md': '{"title": "🇨🇳", "tags": ["a", "A"],\t"title": "{0}"}\n\n<a href="javascript:a[0](1)">x</a>\n',
  'posts/cr.md': '---\rtitle: 下\rtitle: 雨\r---\rtext\r',
  'bad.md': Buffer.from('---\ntitle: \xff\xfe\n---\n', 'latin1'),
  'long.md': '---\ntitle: A\n---\n\n' + '很长🙂'.repeat(5000) + '<a href="javascript:1">x</a>' + ' long'.repeat(20000) + '\n',
  'clean.md': '---\ntitle: A\n---\n\nText\n',
  '../site-outside/雨.md': matterOf,
}
for (let i = 0; i < 40; i++) articles[`many/${i}.md`] = `---\ntitle: A\ntitle: ${i}\ndate: Fri, 22 Jul 2022 22:48:17 GMT\n---\n\nText\n`

if (action === 'articles') {
  for (const [name, text] of Object.entries(articles)) {
    const file = path.join(folder, name)
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  }
  process.exit(0)
}

const modules = path.join(folder, 'npm/node_modules')
const require = createRequire(path.join(modules, 'x.js'))
const load = name => import(pathToFileURL(path.join(modules, name)))
const ajv = new (require('ajv-draft-04').default)({ strict: false, validateFormats: false, unicodeRegExp: false })
const sarifSchema = ajv.compile(JSON.parse(read(path.join(modules, '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'))))
const ownSchema = new (require('ajv/dist/2020').default)({ allowUnionTypes: true }).compile(JSON.parse(read(path.join(folder, 'findings.json'))))
const rdf = path.join(folder, 'rdf.json')
const rdfSchema = fs.existsSync(rdf) && ajv.compile(JSON.parse(read(rdf)))
const { issueCommand } = await load('@actions/core/lib/command.js')
const { parse: parseJUnit } = await load('junit2json/dist/esm/index.js')

let bad = false
const check = (name, want, got) => {
  const same = isDeepStrictEqual(got, want)
  bad ||= !same
  console.log(same ? 'PASS' : 'FAIL', name)
  if (same) return
  const at = Array.isArray(want) && Array.isArray(got) ? [...want, 'nothing'].findIndex((w, i) => !isDeepStrictEqual(w, got[i])) : -1
  const [g, w] = at < 0 ? [got, want] : [got[at], want[at]]
  console.log(`  got  ${JSON.stringify(g)?.slice(0, 500)}\n  want ${JSON.stringify(w)?.slice(0, 500)}`)
}

// place counts slowly what copydesk counts fast: line and columns of a byte offset.
function place (bytes, offset) {
  const before = bytes.subarray(0, offset).toString()
  const crlf = bytes[offset - 1] === 13 && bytes[offset] === 10 ? before.slice(0, -1) : before
  const rows = crlf.split(/\r\n|\n|\r/)
  const row = rows.at(-1) + before.slice(crlf.length)
  return { line: rows.length, column: [...row].length + 1, bytes: Buffer.byteLength(row) + 1 }
}

const apply = (bytes, edits) => {
  const sorted = edits.map((e, i) => ({ ...e, i })).sort((a, b) => a.start - b.start || a.end - b.end || a.i - b.i)
  let at = 0
  const parts = []
  for (const e of sorted) {
    parts.push(bytes.subarray(at, e.start), Buffer.from(e.text))
    at = e.end
  }
  return Buffer.concat([...parts, bytes.subarray(at)]).toString()
}

// offset is the byte offset of a line and a column in code points or bytes.
function offset (bytes, line, column, unit) {
  for (let i = 0; i <= bytes.length; i++) {
    if ((bytes[i] & 0xC0) === 0x80) continue
    const at = place(bytes, i)
    if (at.line === line && at[unit] === column) return i
  }
  throw new Error(`no ${line}:${column}`)
}

const visible = s => s.replaceAll('\x1b', '\\x1b') // XML can't hold it.
const brief = e => `${e.path}:${e.line}:${e.column}: ${e.severity}: ${e.code}: ${e.message}`
const unescapeData = s => s.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
const unescapeProperty = s => unescapeData(s.replaceAll('%3A', ':').replaceAll('%2C', ','))

for (const run of fs.readdirSync(path.join(folder, 'out'))) await checkRun(run)

async function checkRun (run) {
  const file = format => path.join(folder, 'out', run, format)
  const site = path.join(folder, 'site')
  const all = lines(read(file('jsonl'))).map(line => JSON.parse(line))
  check(`${run}: json and jsonl are valid by copydesk's schema`, [], [JSON.parse(read(file('json'))), ...all].filter(e => !ownSchema(e)))
  check(`${run}: json is jsonl in an array`, all, JSON.parse(read(file('json'))))
  const clean = p => p.startsWith(site + '/') ? p.slice(site.length + 1) : p
  const entries = all.map(e => {
    const named = path.join('/', e.path).startsWith(folder) ? e.path : path.join(site, e.path)
    const known = fs.existsSync(named) ? named : path.join(site, 'posts/雨 天.md') // Standard input.
    return { ...e, path: clean(e.path), line: e.start?.line ?? 0, column: e.start?.column ?? 0, file: known, bytes: fs.readFileSync(known) }
  })
  const found = entries.filter(e => e.start)
  const failed = entries.filter(e => !e.start)
  const small = found.filter(e => e.bytes.length < 5000)
  check(`${run}: jsonl has the places of its offsets`, found.map(e => [place(e.bytes, e.start.offset), place(e.bytes, e.end.offset)].map(({ line, column }) => [line, column])),
    found.map(e => [e.start, e.end].map(({ line, column }) => [line, column])))
  check(`${run}: concise has a line for each`, entries.length, lines(read(file('concise'))).length)

  checkSARIF()
  await checkReviewdog()
  checkGitHub()
  checkGitLab()
  await checkJUnit()

  function checkSARIF () {
    const log = JSON.parse(read(file('sarif')))
    check(`${run}: sarif is valid by the schema of OASIS`, true, sarifSchema(log) || sarifSchema.errors)
    const [{ results, invocations: [invocation], columnKind }] = log.runs
    check(`${run}: sarif counts code points`, 'unicodeCodePoints', columnKind)
    const plain = s => s.replaceAll('{{', '{').replaceAll('}}', '}').replaceAll('] (', '](')
    const name = uri => decodeURIComponent(uri).replace(/^file:\/\//, '')
    const told = results.map(r => {
      const { artifactLocation: { uri }, region: at } = r.locations[0].physicalLocation
      return [name(uri), r.ruleId, r.level, plain(r.message.text), at.startLine, at.startColumn, at.endLine, at.endColumn]
    })
    check(`${run}: sarif tells the same`, found.map(e => [e.path, e.code, e.severity === 'info' ? 'note' : e.severity, plain(e.message), e.line, e.column, e.end.line, e.end.column]), told)
    check(`${run}: sarif tells what could not be done`, [failed.length === 0, failed.map(e => e.path)],
      [invocation.executionSuccessful, (invocation.toolExecutionNotifications ?? []).map(n => name(n.locations[0].physicalLocation.artifactLocation.uri))])
    const repaired = small.map(e => e.fixes.map(fix => apply(e.bytes, fix.edits)))
    check(`${run}: sarif's fixes give the same text`, repaired, small.map(e => (results[found.indexOf(e)].fixes ?? []).map(fix =>
      apply(e.bytes, fix.artifactChanges[0].replacements.map(r => edit(e.bytes, r.deletedRegion, r.insertedContent.text))))))
  }

  function edit (bytes, r, text) {
    return { start: offset(bytes, r.startLine, r.startColumn, 'column'), end: offset(bytes, r.endLine, r.endColumn, 'column'), text }
  }

  async function checkReviewdog () {
    const own = lines(read(file('rdjsonl'))).map(line => JSON.parse(line))
    if (rdfSchema) check(`${run}: rdjsonl is valid by reviewdog's schema`, [], own.filter(e => !rdfSchema(e)))
    const range = (e, start, end) => ({ start: inBytes(e, start), end: inBytes(e, end) })
    const inBytes = (e, at) => { const { line, bytes } = place(e.bytes, at.offset); return { line, column: bytes } }
    check(`${run}: rdjsonl has columns in bytes`, found.map(e => range(e, e.start, e.end)), own.filter(e => e.location.range).map(e => e.location.range))
    check(`${run}: rdjsonl's suggestions give the same text`, small.map(e => e.fixes.map(fix => apply(e.bytes, fix.edits))), small.map(e =>
      (own[entries.indexOf(e)].suggestions ?? []).map(({ range: { start, end }, text }) =>
        apply(e.bytes, [{ start: offset(e.bytes, start.line, start.column, 'bytes'), end: offset(e.bytes, end.line, end.column, 'bytes'), text }]))))
    const wants = {
      rdjsonl: entries.map(e => e.start ? { ...e, column: inBytes(e, e.start).column } : { ...e, code: '' }),
      checkstyle: entries.map(e => ({ ...e, path: visible(e.path), code: `copydesk.${e.code ?? 'not-done'}` })),
      sarif: found,
    }
    for (const [format, want] of Object.entries(wants)) {
      if (!fs.existsSync(file(format + '.read'))) continue
      const got = lines(read(file(format + '.read'))).map(line => JSON.parse(line)).map(({ location: l, ...d }) => brief({
        path: l.path.startsWith('../') ? path.join(site, l.path) : l.path, line: l.range?.start?.line ?? 0,
        column: l.range?.start?.column ?? (format === 'sarif' ? 1 : 0), // Of a log it leaves out a first column.
        severity: d.severity.toLowerCase(), code: d.code?.value ?? '', message: format === 'sarif' ? d.message.replaceAll('{{', '{').replaceAll('}}', '}').replaceAll('] (', '](') : d.message
      }))
      check(`${run}: reviewdog sees in ${format} the same at the same places`, want.map(brief).sort(), got.sort())
    }
  }

  function checkGitHub () {
    const commands = lines(read(file('github'))).map(line => ({ line, ...parseCommand(line) }))
    check(`${run}: github's commands are those of @actions/core`, commands.map(c => [...c.line].sort().join('')), commands.map(c => [...reissued(c)].sort().join('')))
    const kinds = commands.map(c => ['error', 'warning', 'notice'].indexOf(c.command))
    check(`${run}: github has the worst first`, [...kinds].sort(), kinds)
    const count = kind => commands.filter(c => c.command === kind).length
    const has = severity => entries.filter(e => e.severity === severity).length
    const shown = commands.filter(c => c.properties.file)
    check(`${run}: github has ten of a kind at most, and all that fit`, [Math.min(has('error'), 10), Math.min(has('warning'), 10), true], [count('error'), count('warning'), count('notice') <= 10])
    const summary = fs.existsSync(file('summary.md')) ? read(file('summary.md')) : ''
    check(`${run}: github's summary has the rest`, entries.length - shown.length, lines(summary).filter(line => line.startsWith('    ')).length)
    const titles = new Set(entries.map(e => JSON.stringify([e.path, e.message.replace(/[\x00-\x1f\x7f]/g, ''), e.line])))
    check(`${run}: github names files and lines as they are`, [], shown.filter(c => !/[\x1b\\]/.test(c.data + c.properties.file) &&
      !titles.has(JSON.stringify([c.properties.file, c.data, Number(c.properties.line ?? 0)]))).map(c => c.line))
  }

  function parseCommand (line) {
    const [, command, list, data] = /^::(\S+) (.*?)::(.*)$/.exec(line)
    const properties = Object.fromEntries(list.split(',').map(p => [p.slice(0, p.indexOf('=')), unescapeProperty(p.slice(p.indexOf('=') + 1))]))
    return { command, properties, data: unescapeData(data) }
  }

  function reissued ({ command, properties, data }) {
    let out = ''
    const write = process.stdout.write
    process.stdout.write = text => { out += text; return true }
    try { issueCommand(command, properties, data) } finally { process.stdout.write = write }
    return out.trimEnd()
  }

  function checkGitLab () {
    const issues = JSON.parse(read(file('gitlab')))
    const words = { error: 'major', warning: 'minor', info: 'info' }
    check(`${run}: gitlab tells the same`, entries.map(e => [e.path, e.start ? e.line : 1, e.start ? words[e.severity] : 'blocker', e.message]),
      issues.map(i => [i.location.path, i.location.lines.begin, i.severity, i.description]))
    check(`${run}: gitlab's fingerprints differ`, issues.length, new Set(issues.map(i => i.fingerprint)).size)
    const source = path.join(folder, 'npm', `${run}.ts`)
    fs.writeFileSync(source, `import type { Issue } from 'codeclimate-types'\nexport const report: Pick<Issue, 'description' | 'check_name' | 'fingerprint' | 'severity' | 'location'>[] = ${JSON.stringify(issues)}\n`)
    let fault = ''
    try {
      execFileSync(path.join(modules, '.bin/tsc'), ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', source], { cwd: path.join(folder, 'npm') })
    } catch (error) { fault = error.stdout.toString() }
    check(`${run}: gitlab has the types of Code Climate's issues`, '', fault)
  }

  async function checkJUnit () {
    const report = await parseJUnit(read(file('junit')))
    const cases = report.testsuite.flatMap(s => s.testcase ?? [])
    const failures = cases.flatMap(c => (c.failure ?? c.error ?? []).map(f => [c.classname, f.type, f.message.replace(/\s/g, ' ')]))
    const oneLine = s => visible(s).replace(/\s/g, ' ')
    check(`${run}: junit2json reads the same failures`, entries.filter(e => e.severity !== 'info').map(e => [oneLine(e.path), e.start ? e.severity : 'not-done', oneLine(e.message)]),
      failures.map(([name, type, message]) => [oneLine(name), type, message]))
    const suites = report.testsuite
    const sum = key => suites.reduce((n, s) => n + Number(s[key] ?? 0), 0)
    check(`${run}: junit counts right`, [sum('tests'), sum('failures') + sum('errors')], [cases.length, failures.length])
  }
}
process.exit(bad ? 1 : 0)
