// Opens every page in a folder in Chromium: nothing in it runs, nothing is fetched from elsewhere by the page
// itself, its linked data is JSON, it does not overflow a narrow window, and text stands out from its ground.
//
//     node pages.mjs FOLDER [SCREENSHOTS]
import { chromium } from 'playwright-core'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const [folder, shots] = process.argv.slice(2)
const pages = fs.readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.html'))
if (pages.length < 8) throw new Error(`only ${pages.length} pages`)
let bad = 0
const check = (ok, what) => { if (!ok) { console.log('FAIL ' + what); bad++ } }

// The contrast of WCAG 2 between the ink and the paper of the page.
const contrast = () => {
  const light = color => color.match(/[\d.]+/g).slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
  const paper = light(getComputedStyle(document.body).backgroundColor)
  return [...document.querySelectorAll('body, a[href], .byline, figcaption, blockquote, .tags li')].map(e => {
    const ink = light(getComputedStyle(e).color)
    return [(Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05), e.tagName]
  }).reduce((a, b) => a[0] < b[0] ? a : b)
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const name of pages) {
  for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']]) {
    const at = `${name} at ${width}, ${colorScheme}`
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
    page.on('dialog', d => { check(false, `${at}: dialog ${d.message()}`); d.dismiss() })
    page.on('pageerror', e => check(false, `${at}: ${e.message}`))
    page.on('request', r => check(['document', 'image', 'media'].includes(r.resourceType()), `${at}: asks for ${r.url()}`))
    await page.route(/^https?:/, route => route.abort())
    await page.goto(pathToFileURL(path.join(folder, name)).href)
    check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${at}: wider than the window`)
    const data = await page.evaluate(() => [...document.scripts].map(s => [s.type, s.text]))
    check(data.length === 1 && data[0][0] === 'application/ld+json' && JSON.parse(data[0][1]).headline === await page.title(), `${at}: linked data`)
    const [least, tag] = await page.evaluate(contrast)
    check(least >= 4.5, `${at}: contrast of ${tag} is ${least.toFixed(2)}`)
    if (shots) await page.screenshot({ path: path.join(shots, `${name.replaceAll('/', '-')}-${width}-${colorScheme}.png`), fullPage: true })
    await page.close()
  }
  if (shots) {
    const page = await browser.newPage()
    await page.goto(pathToFileURL(path.join(folder, name)).href)
    await page.pdf({ path: path.join(shots, `${name.replaceAll('/', '-')}.pdf`), format: 'A4' })
    await page.close()
  }
}
await browser.close()
if (!bad) console.log(`PASS ${pages.length} pages in a browser`)
process.exit(bad ? 1 : 0)
