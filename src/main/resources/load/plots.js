'use strict';
const draw = (() => {
  const place = document.getElementById('plots');
  const colours = ['#3b7dd8', '#d9822b', '#2f9e5b', '#b04bc2', '#c9403a', '#5f6f85', '#008c95', '#8a6d00'];
  const ink = () => getComputedStyle(document.body).color;
  const plots = [];

  const millis = (micros) => (micros > 0 ? micros / 1000 : null);
  const said = (ms) => (ms === null || ms === undefined ? ''
    : ms >= 1000 ? +(ms / 1000).toPrecision(4) + ' s' : ms >= 1 ? +ms.toPrecision(4) + ' ms' : +(ms * 1000).toPrecision(4) + ' µs');
  // A scale of logarithms offers more marks than there is room to name: those it does not name are null.
  const spans = { size: 64, values: (u, marks) => marks.map(said) };
  const width = () => Math.min(1060, place.clientWidth);

  // A scale of logarithms has no place for nothing at all.
  function plot(title, data, series, scales, axes) {
    if (data.length < 2 || data[0].length === 0) return;
    // The heading is in the figure, so that no page ends between them.
    const heading = document.createElement('h2');
    heading.textContent = title;
    const figure = document.createElement('figure');
    figure.style.margin = '0';
    figure.append(heading);
    place.append(figure);
    const lines = { stroke: ink, grid: { stroke: 'rgba(128,128,128,.25)' }, ticks: { stroke: 'rgba(128,128,128,.4)' } };
    plots.push(new uPlot({
      width: width(),
      height: 260,
      scales,
      axes: axes.map((axis) => ({ ...lines, ...axis })),
      series: [series[0], ...series.slice(1).map((one, i) => ({
        stroke: colours[i % colours.length], width: 1.5, points: { show: data[0].length < 60 }, ...one,
      }))],
    }, data, figure));
  }

  const time = { label: 'second' };
  const bySecond = [{ label: 's', value: (u, v) => (v === null ? '' : v + ' s') }, { size: 84 }];
  const plain = { x: { time: false } };
  const logarithmic = { x: { time: false }, y: { distr: 3 } };
  const sum = (counts) => Object.values(counts).reduce((a, b) => a + b, 0);

  function curves(title, all) {
    const drawn = all.filter(([, latency]) => latency && latency.count > 0);
    if (drawn.length === 0) return;
    const tables = drawn.map(([, latency]) => {
      const points = new Map();
      for (const point of latency.curve) {
        if (point.percentile < 100 && point.micros > 0) points.set(1 / (1 - point.percentile / 100), point.micros / 1000);
      }
      return [[...points.keys()], [...points.values()]];
    });
    const shares = (u, values) => values.map((v) => {
      const share = 100 - 100 / v;
      const nines = Math.log10(v);
      return Math.abs(nines - Math.round(nines)) < 1e-6 ? share.toFixed(Math.max(0, Math.round(nines) - 2)) : '';
    });
    plot(title, uPlot.join(tables), [
      { label: 'percentile', value: (u, v) => (v === null ? '' : (100 - 100 / v).toFixed(4)) },
      ...drawn.map(([label, , dash, colour = 0]) => (
        { label, dash, value: (u, v) => said(v), spanGaps: true, stroke: colours[colour % colours.length], points: { show: false } })),
    ], { x: { time: false, distr: 3 }, y: { distr: 3 } }, [{ values: shares }, spans]);
  }

  addEventListener('resize', () => plots.forEach((one) => one.setSize({ width: width(), height: 260 })));
  for (const media of ['(prefers-color-scheme: dark)', 'print']) {
    matchMedia(media).addEventListener('change', () => plots.forEach((one) => one.redraw()));
  }

  return { plot, curves, sum, millis, said, time, bySecond, plain, logarithmic, spans, colours };
})();
