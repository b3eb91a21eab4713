// Adds up what the test projects covered, line by line, and prints the share per project and in all.
// usage: node tests/coverage.mjs RESULTS_DIRECTORY [LEAST_PERCENT]; exits with 1 below the least.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const [results, least = '0'] = process.argv.slice(2);
const hits = new Map();

// The test runner copies each report a second time, below In/.
const reports = readdirSync(results)
  .map((entry) => join(results, entry, 'coverage.cobertura.xml'))
  .filter((file) => existsSync(file));

for (const report of reports) {
  let source = '';
  let file = '';
  for (const line of readFileSync(report, 'utf8').split('\n')) {
    const element = /<(source)>(.*)<|<(class) .*filename="([^"]*)"|<(line) number="(\d+)" hits="(\d+)"/.exec(line);
    if (element?.[1]) source ||= element[2];
    else if (element?.[3]) file = join(source, element[4]);
    else if (element?.[5]) {
      const key = `${file}:${element[6]}`;
      hits.set(key, (hits.get(key) ?? 0) + Number(element[7]));
    }
  }
}

const projects = new Map();
for (const [key, count] of hits) {
  const project = /Vedette\.\w+(?=\/)/.exec(key)?.[0] ?? 'other';
  for (const name of [project, 'all']) {
    const sum = projects.get(name) ?? { lines: 0, covered: 0 };
    sum.lines++;
    if (count > 0) sum.covered++;
    projects.set(name, sum);
  }
}

const percent = ({ lines, covered }) => ((100 * covered) / lines).toFixed(1);
const parts = [...projects].filter(([name]) => name !== 'all').sort().map(([name, sum]) => `${name} ${percent(sum)}%`);
const all = projects.get('all') ?? { lines: 1, covered: 0 };
console.log(`line coverage ${percent(all)}% (${parts.join(', ')})`);
process.exit(Number(percent(all)) < Number(least) ? 1 : 0);
