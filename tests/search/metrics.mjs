/*
 * How good a list of results is, against grades that people gave: 0 is of no use, 3 is the best
 * answer. Pure functions; what was not judged counts as 0. After Järvelin and Kekäläinen,
 * https://doi.org/10.1145/582415.582418, with gains of 2^grade - 1.
 */
const DEPTH = 10; /* results that are looked at */
const ANSWER = 2; /* the least grade that answers a query */

export const classes = ['exact', 'inflection', 'compound', 'synonym', 'typo', 'question'];
export const metrics = ['nDCG@10', 'MRR', 'recall@10', 'success@1', 'zero'];

const gain = (grade) => 2 ** grade - 1;
const discounted = (grades) =>
  grades.reduce((sum, grade, i) => sum + gain(grade) / Math.log2(i + 2), 0);
const mean = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/*
 * The metrics of one query: `keys` are what was found, best first; `grades` is { key: grade }, of
 * which one at least is above 0. A key that comes again is worth nothing the second time.
 */
export function judge(keys, grades) {
  const first = keys.slice(0, DEPTH);
  const found = first.map((key, i) => (first.indexOf(key) < i ? 0 : (grades[key] ?? 0)));
  const ideal = Object.values(grades)
    .filter((grade) => grade > 0)
    .sort((a, b) => b - a);
  const answer = found.findIndex((grade) => grade >= ANSWER);
  return {
    'nDCG@10': discounted(found) / discounted(ideal.slice(0, DEPTH)),
    MRR: answer < 0 ? 0 : 1 / (answer + 1),
    'recall@10': found.filter((grade) => grade > 0).length / Math.min(DEPTH, ideal.length),
    'success@1': answer === 0 ? 1 : 0,
    zero: keys.length === 0 ? 1 : 0,
  };
}

/* The means by class, { class: { metric: number } }, of `judged`: [{ class, ...metrics }]. */
export function summarise(judged) {
  const groups = classes.map((name) => [name, judged.filter((one) => one.class === name)]);
  return Object.fromEntries(
    [...groups, ['all', judged]]
      .filter(([, ones]) => ones.length > 0)
      .map(([name, ones]) => [
        name,
        Object.fromEntries(metrics.map((metric) => [metric, mean(ones.map((one) => one[metric]))])),
      ]),
  );
}

/*
 * The 95% interval of the mean of differences between pairs: [mean, low, high], by drawing as many
 * again, with replacement, `times` over. `random` gives numbers from 0 to 1.
 */
export function bootstrap(differences, random, times = 10000) {
  const means = Array.from({ length: times }, () =>
    mean(differences.map(() => differences[Math.floor(random() * differences.length)])),
  ).sort((a, b) => a - b);
  const at = (share) => means[Math.min(times - 1, Math.floor(share * times))];
  return [mean(differences), at(0.025), at(0.975)];
}

/* What must not fall, { name: number }, of a summary: all metrics, and nDCG by class. */
export function guarded(summary) {
  const figures = { ...summary.all };
  for (const name of classes.filter((one) => one in summary)) {
    figures[`nDCG@10 ${name}`] = summary[name]['nDCG@10'];
  }
  return figures;
}

/* Above 0 when `value` is better than `floor`: of queries without a result, fewer is. */
const ahead = (name, value, floor) => (name === 'zero' ? floor - value : value - floor);

/* Which figures are worse than their floor by more than `tolerance`, as [{ name, floor, value }]. */
export function falls(floor, figures, tolerance = 0.005) {
  const names = [...new Set([...Object.keys(figures), ...Object.keys(floor)])];
  return names
    .map((name) => ({ name, floor: floor[name], value: figures[name] }))
    .filter(
      /* What is on one side only cannot be compared: that is a fall too. */
      (one) => !(ahead(one.name, one.value, one.floor) >= -tolerance - Number.EPSILON),
    );
}

/* The floor from now on: each figure where it was, or where it is now when that is better. */
export function raise(floor, figures, { lower = false } = {}) {
  const round = (number) => Math.round(number * 10000) / 10000;
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => {
      const stays = !lower && name in floor && ahead(name, value, floor[name]) <= 0;
      return [name, stays ? floor[name] : round(value)];
    }),
  );
}
