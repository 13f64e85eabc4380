'use strict';
(() => {
  const { plot, curves, sum, time, bySecond, plain, colours } = draw;
  const variants = JSON.parse(document.getElementById('report').textContent);

  // One line for each, as long as it took.
  const overTime = (title, value) => plot(title, uPlot.join(variants.map(({ report }) => [
    report.seconds.map((second) => second.second + 1), report.seconds.map(value),
  ])), [time, ...variants.map(({ name }, i) => ({ label: name, stroke: colours[i % colours.length] }))], plain, bySecond);

  const percentiles = (title, which) => curves(title, variants.map(({ name, report }, i) => [name, which(report), undefined, i]));

  overTime('In flight', (second) => second.inFlight);
  overTime('Disks in Detaching', (second) => second.detaching);
  overTime('Answered each second', (second) => sum(second.answered));
  const errors = (second) => sum(second.errors);
  if (variants.some(({ report }) => report.seconds.some(errors))) overTime('Errors each second', errors);
  percentiles('Latency of DetachDisk by percentile', (report) => report.actions.DetachDisk && report.actions.DetachDisk.latency);
  percentiles('Time in Detaching by percentile', (report) => report.detaching);
})();
