// What pages do where scripts may run: charts to zoom and read off, a running run followed.
// Without scripts every page works: tables are as they came, charts are pictures, a running run's page loads again.
"use strict";

const colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#777777"];

// The library's own legend sets colours in a way that the page's policy forbids.
function makeLegend(list, labels) {
  list.replaceChildren(...labels.slice(1).map((label, i) => {
    const entry = document.createElement("li"), line = document.createElement("i"), value = document.createElement("b");
    line.style.background = colours[i % colours.length];
    entry.append(line, label + " ", value);
    return entry;
  }));
}

function showValues(list, labels, epoch, points) {
  list.querySelectorAll("b").forEach((value, i) => {
    const point = points && points.find((each) => each.name === labels[i + 1]);
    value.textContent = point && point.yval !== undefined && !Number.isNaN(point.yval)
      ? point.yval.toPrecision(4) + " at epoch " + epoch : "";
  });
}

function wholeEpochs(from, to) {
  const step = Math.max(1, Math.ceil((to - from) / 12)), ticks = [];
  for (let epoch = Math.ceil(from / step) * step; epoch <= to; epoch += step) ticks.push({ v: epoch, label: String(epoch) });
  return ticks;
}

function drawCurves(figure, curves) {
  const drawn = figure.charts || (figure.charts = {});
  for (const [metric, data] of Object.entries(curves)) {
    const rows = data.rows.map((row) => row.map((value, i) => (i > 0 && value === null ? [null, null, null] : value)));
    if (drawn[metric]) {
      makeLegend(drawn[metric].legendList, data.labels);
      drawn[metric].updateOptions({ file: rows, labels: data.labels });
      continue;
    }
    const title = document.createElement("p"), list = document.createElement("ul"), chart = document.createElement("div");
    title.className = "chart-title";
    title.textContent = metric === "accuracy" ? "accuracy (%), drag to zoom, double-click to see all" : "loss (nats)";
    list.className = "chart-legend";
    chart.className = "chart";
    makeLegend(list, data.labels);
    figure.append(title, list, chart);
    drawn[metric] = new Dygraph(chart, rows, {
      labels: data.labels, customBars: true, colors: colours, legend: "never", drawPoints: true, pointSize: 3,
      strokeWidth: 2, xlabel: "epoch", xRangePad: 8, gridLineColor: "#9999", axisLineColor: "#999",
      axes: { x: { ticker: (from, to) => wholeEpochs(from, to) } },
      highlightCallback: (event, epoch, points) => showValues(list, data.labels, epoch, points),
      unhighlightCallback: () => showValues(list, data.labels, 0, null),
    });
    drawn[metric].legendList = list;
  }
}

function loadCurves(figure) {
  return fetch(figure.dataset.curves).then((answer) => (answer.ok ? answer.json() : {})).then((curves) => {
    if (Object.keys(curves).length === 0) return;
    const picture = figure.querySelector("img");
    if (picture) picture.hidden = true;
    drawCurves(figure, curves);
  });
}

window.addEventListener("DOMContentLoaded", () => {
  for (const figure of document.querySelectorAll("figure.curves")) {
    if (typeof Dygraph === "undefined") continue;
    loadCurves(figure).catch(() => {});
    if (!figure.dataset.live) continue;
    const events = new EventSource(figure.dataset.live);
    events.addEventListener("epoch", (event) => {
      const picture = figure.querySelector("img");
      if (picture) picture.hidden = true;
      drawCurves(figure, JSON.parse(event.data));
    });
    events.addEventListener("output", (event) => {
      document.getElementById("written").textContent = JSON.parse(event.data);
    });
    events.addEventListener("end", () => {
      events.close();
      window.location.reload();
    });
  }
});
