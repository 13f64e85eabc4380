'use strict';
(() => {
  const { plot, curves, sum, millis, said, time, bySecond, plain, logarithmic, spans } = draw;
  const report = JSON.parse(document.getElementById('report').textContent);
  const seconds = report.seconds.map((second) => second.second + 1);
  const names = Object.keys(report.actions);

  plot('Answered each second', [
    seconds,
    ...names.map((name) => report.seconds.map((second) => second.answered[name] || 0)),
    report.seconds.map((second) => sum(second.errors)),
  ], [time, ...names.map((label) => ({ label })), { label: 'errors', stroke: '#c9403a', dash: [5, 4] }], plain, bySecond);

  plot('Latency over time', [
    seconds,
    ...['p50', 'p99', 'max'].map((key) => report.seconds.map((second) => millis(second[key]))),
  ], [time, ...['p50', 'p99', 'max'].map((label) => ({ label, value: (u, v) => said(v) }))], logarithmic, [bySecond[0], spans]);

  curves('Latency by percentile (dashed: once sent)', names.flatMap((name, i) => [
    [name, report.actions[name].latency, undefined, i],
    [name + ' once sent', report.actions[name].service, [4, 4], i],
  ]));

  plot('In flight, and disks in Detaching', [
    seconds,
    report.seconds.map((second) => second.inFlight),
    report.seconds.map((second) => second.detaching),
  ], [time, { label: 'in flight' }, { label: 'detaching' }], plain, bySecond);

  curves('Time in Detaching by percentile', [['Detaching', report.detaching]]);
})();
