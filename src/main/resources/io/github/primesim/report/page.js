"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("main");
  const contents = document.getElementById("contents");
  // Okabe and Ito: told apart by people with any colour vision; patterns tell them apart in grey.
  const PALETTE = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999"];
  const SHOWN = 7;
  const OTHERS = "others";
  // A browser takes seconds for more.
  const MOST_ROWS = 1000;
  const charts = [];

  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name === "onclick") made.addEventListener("click", value);
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  };
  const digits = (count) => {
    const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: count });
    return (value) => format.format(value);
  };
  const amount = digits(4);
  const amountOfKey = digits(5);
  const scaled = (value, unit) => {
    if (value === 0) return "0 " + unit;
    const prefixes = ["f", "p", "n", "u", "m", "", "k", "M", "G", "T"];
    let at = 5;
    let shown = value;
    while (Math.abs(shown) >= 1000 && at < prefixes.length - 1) { shown /= 1000; at++; }
    while (Math.abs(shown) < 1 && at > 0) { shown *= 1000; at--; }
    return amount(shown) + " " + prefixes[at] + unit;
  };
  const picojoules = (value) => scaled(value * 1e-12, "J");
  const cyclesText = (value) => value.toLocaleString("en-US") + " cycles";
  const areaText = (value) => amount(value / 1e6) + " mm2";
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
  const union = (lists) => [...new Set(lists.flat())];
  const label = (run) => run.mapping + " " + run.crossbar;
  const labels = data.runs.map(label);

  const csvField = (value) => /[",\n]/.test(String(value)) ? '"' + String(value).replaceAll('"', '""') + '"' : String(value);
  const csv = (head, rows) => [head, ...rows].map((row) => row.map(csvField).join(",")).join("\n") + "\n";
  const download = (name, type, text) => {
    const address = URL.createObjectURL(new Blob([text], { type }));
    const link = element("a", { href: address, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };

  const section = (id, title, note) => {
    const made = element("section", { id, "aria-labelledby": id + "-title" }, element("h2", { id: id + "-title" }, title));
    if (note) made.append(element("p", { class: "note" }, note));
    main.append(made);
    contents.append(element("a", { href: "#" + id }, title));
    return made;
  };

  // A table whose heads are buttons: they sort, upwards first, with the mouse and the keyboard.
  const table = (caption, head, rows, shown) => {
    const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number" || row[column] === ""));
    const body = element("tbody");
    const cell = (row, column) => element("td", numeric[column] ? { class: "number" } : {}, (shown && shown(row, column)) ?? String(row[column]));
    const fill = (ordered) => body.replaceChildren(...ordered.slice(0, MOST_ROWS).map((row) => element("tr", {}, ...head.map((_, column) => cell(row, column)))));
    const heads = head.map((text, column) => {
      const made = element("th", { scope: "col", "aria-sort": "none" });
      if (numeric[column]) made.classList.add("number");
      made.append(element("button", { type: "button", onclick: () => {
        const upwards = made.getAttribute("aria-sort") !== "ascending";
        heads.forEach((each) => each.setAttribute("aria-sort", "none"));
        made.setAttribute("aria-sort", upwards ? "ascending" : "descending");
        const order = numeric[column]
          ? (a, b) => Number(a[column]) - Number(b[column])
          : (a, b) => String(a[column]).localeCompare(String(b[column]), "en");
        fill([...rows].sort((a, b) => upwards ? order(a, b) : order(b, a)));
      } }, text));
      return made;
    });
    fill(rows);
    const made = element("div", { class: "scroll" }, element("table", { "aria-label": caption }, element("thead", {}, element("tr", {}, ...heads)), body));
    if (rows.length > MOST_ROWS) made.append(element("p", { class: "note" }, MOST_ROWS.toLocaleString("en-US") + " of " + rows.length.toLocaleString("en-US") + " rows, the first ones as sorted; the CSV has all."));
    return made;
  };

  const dark = () => document.documentElement.dataset.theme === "dark";
  const draw = (chart) => {
    if (chart.drawn) chart.drawn.dispose();
    const text = dark() ? "#ececec" : "#1b1b1b";
    const rule = dark() ? "#44484d" : "#d0d0d0";
    chart.drawn = echarts.init(chart.place, null, { renderer: "svg" });
    const option = chart.option();
    for (const axis of [option.xAxis, option.yAxis].flat().filter(Boolean)) {
      axis.axisLabel = { color: text, ...axis.axisLabel };
      axis.nameTextStyle = { color: text };
      axis.splitLine = { lineStyle: { color: rule } };
    }
    chart.drawn.setOption({
      animation: false, color: PALETTE, backgroundColor: dark() ? "#17191c" : "#ffffff",
      textStyle: { fontFamily: "sans-serif", color: text },
      aria: { enabled: true, decal: { show: true } },
      ...option,
      legend: option.legend && { textStyle: { color: text }, ...option.legend },
    });
  };
  // Made when it is opened: tables of many points take longer than all charts.
  const numbers = (name, head, rows, shown) => {
    const summary = element("summary", { onclick: () => { if (made.children.length === 1) made.append(table(name, head, rows, shown)); } }, "Numbers as a table");
    const made = element("details", {}, summary);
    return made;
  };
  const figure = (into, name, head, rows, option, shown, all) => {
    const place = element("div", { class: "chart", id: name });
    const chart = { name, place, option };
    into.append(place, element("div", { class: "tools" },
      element("button", { type: "button", onclick: () => download(name + ".csv", "text/csv", all ?? csv(head, rows)) }, "CSV"),
      element("button", { type: "button", onclick: () => download(name + ".svg", "image/svg+xml", chart.drawn.renderToSVGString()) }, "SVG")),
      numbers(name, head, rows, shown));
    charts.push(chart);
    return chart;
  };

  // Stacks of the largest parts; the rest is one part, and the table below names all.
  const parts = (maps) => {
    const all = union(maps.map(Object.keys));
    all.sort((a, b) => sum(maps.map((map) => map[b] || 0)) - sum(maps.map((map) => map[a] || 0)) || (a < b ? -1 : 1));
    const named = all.length > SHOWN + 1 ? all.slice(0, SHOWN) : all;
    const rest = all.slice(named.length);
    const value = (map, part) => part === OTHERS ? sum(rest.map((each) => map[each] || 0)) : map[part] || 0;
    return { all, named: rest.length ? [...named, OTHERS] : named, value };
  };
  const stacked = (into, name, unit, maps, text) => {
    const { all, named, value } = parts(maps);
    const rows = all.map((part) => [part, ...maps.map((map) => map[part] || 0)]);
    figure(into, name, ["part", ...labels.map((each) => each + " " + unit)], rows, () => ({
      legend: { type: "scroll", top: 0 }, grid: { left: 10, right: 30, top: 40, bottom: 30, containLabel: true },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: text },
      xAxis: { type: "value", axisLabel: { formatter: text, hideOverlap: true } },
      yAxis: { type: "category", data: labels, inverse: true },
      series: named.map((part) => ({ name: part, type: "bar", stack: "all", barMaxWidth: 70, data: maps.map((map) => value(map, part)) })),
    }));
  };
  // What the inputs of each layer did, beside what they do on average.
  const activityOf = (measured) => {
    const ratio = (value) => value.toFixed(3);
    const slices = (shares) => shares.map((share) => (100 * share).toFixed(0)).join("/") + " %";
    const percent = (share) => (100 * share).toFixed(1) + " %";
    const notes = measured.map(([activity, name]) => name + ": on " + activity.images.toLocaleString("en-US") + (activity.images === 1 ? " image" : " images")
      + " arrays and wordline drivers take " + ratio(activity.arrayEnergyRatio) + " x what the " + (activity.meanBasis === "assumed" ? "assumed" : "calibrated")
      + " mean gives, the inference " + ratio(activity.energyRatio) + " x.");
    const into = section("activity", "Activity of the inputs", notes.join(" ") + " Rows active are given by input slice, the most significant first.");
    const several = measured.length > 1;
    const layers = union(measured.map(([activity]) => activity.layers.map((layer) => layer.name)));
    const of = (activity, name, key) => (activity.layers.find((layer) => layer.name === name) || {})[key];
    const head = ["layer", "run", "data pJ", "mean pJ", "data : mean", "rows active, data", "rows active, mean", "codes 0", "largest codes"];
    const rows = measured.flatMap(([activity, name]) => activity.layers.map((layer) => [layer.name, name, layer.data.pj, layer.mean.pj, layer.ratio,
      slices(layer.data.activeRows), slices(layer.mean.activeRows), layer.zeroCodes, layer.largestCodes]));
    figure(into, "activity-by-layer", head, rows, () => ({
      legend: { top: 0 }, grid: { left: 10, right: 20, top: 40, bottom: 30, containLabel: true },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: picojoules },
      xAxis: { type: "category", data: layers, axisLabel: { interval: 0, rotate: layers.length > 8 ? 45 : 0 } },
      yAxis: { type: "value", axisLabel: { formatter: picojoules } },
      series: measured.flatMap(([activity, name]) => ["data", "mean"].map((basis) => ({
        name: (several ? name + ", " : "") + basis, type: "bar", data: layers.map((layer) => (of(activity, layer, basis) || { pj: 0 }).pj) }))),
    }), (row, column) => column === 4 ? ratio(row[4]) : column === 7 || column === 8 ? percent(row[column]) : column === 2 || column === 3 ? picojoules(row[column]) : undefined);
    into.querySelector("summary").click();
  };
  // One stack a run beside each other for each layer; hovering names the run.
  const byLayer = (into, name, unit, perRun, text) => {
    const layers = union(perRun.map(Object.keys));
    const maps = perRun.flatMap((run) => layers.map((layer) => run[layer] || {}));
    const { all, named, value } = parts(maps);
    const rows = layers.flatMap((layer) => perRun.flatMap((run, index) => all.filter((part) => (run[layer] || {})[part]).map((part) => [layer, labels[index], part, run[layer][part]])));
    figure(into, name, ["layer", "run", "part", unit], rows, () => ({
      legend: { type: "scroll", top: 0, data: named }, grid: { left: 10, right: 20, top: 40, bottom: layers.length > 12 ? 50 : 30, containLabel: true },
      tooltip: { trigger: "item", formatter: (at) => echarts.format.encodeHTML(at.name + ", " + labels[at.seriesIndex % perRun.length] + ", " + at.seriesName) + ": " + text(at.value) },
      dataZoom: layers.length > 12 ? [{ type: "slider", bottom: 5, height: 20 }] : [],
      xAxis: { type: "category", data: layers, axisLabel: { interval: 0, rotate: layers.length > 8 ? 45 : 0 } },
      yAxis: { type: "value", axisLabel: { formatter: text } },
      series: named.flatMap((part, index) => perRun.map((run, which) => ({ name: part, type: "bar", stack: "run " + which, barMaxWidth: 40,
        itemStyle: { color: PALETTE[index % PALETTE.length] }, data: layers.map((layer) => value(run[layer] || {}, part)) }))),
    }));
  };

  // A bar a run beside each other for each layer, a run a colour.
  const perLayer = (into, name, unit, numbers, text) => {
    const layers = union(numbers.map(Object.keys));
    figure(into, name, ["layer", ...labels.map((each) => each + " " + unit)], layers.map((layer) => [layer, ...numbers.map((run) => run[layer] ?? "")]), () => ({
      legend: { top: 0, show: labels.length > 1 }, grid: { left: 10, right: 20, top: 40, bottom: layers.length > 12 ? 50 : 30, containLabel: true },
      tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: text },
      dataZoom: layers.length > 12 ? [{ type: "slider", bottom: 5, height: 20 }] : [],
      xAxis: { type: "category", data: layers, axisLabel: { interval: 0, rotate: layers.length > 8 ? 45 : 0 } },
      yAxis: { type: "value", axisLabel: { formatter: text } },
      series: numbers.map((run, index) => ({ name: labels[index], type: "bar", barMaxWidth: 40, data: layers.map((layer) => run[layer] ?? 0) })),
    }));
  };

  // One hue from the ground away: told apart with any colour vision and in grey.
  const heatColours = () => dark() ? ["#20262d", "#2a5d86", "#56b4e9", "#d6efff"] : ["#eef3f8", "#9cc3e0", "#3f7fb5", "#08306b"];

  // Where the weights lie in the crossbars of a layer, one map a run, all on one scale.
  const crossbarMaps = (maps) => {
    const of = section("crossbar-maps", "Crossbars of a layer", "Right: weight columns, down: wordlines; empty where no crossbar is kept. The stronger, the more of the places hold a weight that is not zero.");
    const names = maps[0].layers.map((layer) => layer.name);
    const largest = maps[0].layers.reduce((a, b) => a.rows * a.columns >= b.rows * b.columns ? a : b).name;
    const choice = element("select", {}, ...names.map((name) => element("option", { value: name }, name)));
    choice.value = largest;
    of.append(element("label", {}, "layer ", choice));
    const layerOf = (map) => map.layers.find((layer) => layer.name === choice.value);
    const cells = (layer) => layer.perMille.flatMap((line, row) => line.split(" ").map((text, column) => [column, row, text]).filter((cell) => cell[2] !== "-").map(([column, at, text]) => [column, at, Number(text) / 10]));
    const drawn = maps.map((map, index) => {
      const all = map.layers.flatMap((layer) => cells(layer).map(([column, row, share]) => [layer.name, row * layer.step, column * layer.step, layer.step, share]));
      const title = element("p", { class: "note" });
      of.append(title);
      const chart = figure(of, "crossbars-" + index, ["layer", "arrays", "wordlines of an array", "weight columns of an array"],
        map.layers.map((layer) => [layer.name, layer.arrays, layer.crossbarRows, layer.crossbarColumns]), () => {
          const layer = layerOf(map);
          title.textContent = labels[index] + ": " + layer.arrays.toLocaleString("en-US") + (layer.arrays === 1 ? " array" : " arrays") + " of " + layer.crossbarRows + " wordlines and " + layer.crossbarColumns + " weight columns";
          const most = Math.max(...maps.map((each) => Math.max(0, ...cells(layerOf(each)).map((cell) => cell[2]))));
          const bins = (places) => [...Array(Math.ceil(places / layer.step)).keys()].map((bin) => bin * layer.step);
          return {
            aria: { enabled: true, decal: { show: false } },
            grid: { left: 10, right: 20, top: 10, bottom: 60, containLabel: true },
            tooltip: { formatter: (at) => "wordlines from " + at.value[1] * layer.step + ", columns from " + at.value[0] * layer.step + ": " + at.value[2] + " %" },
            visualMap: { min: 0, max: most || 1, calculable: false, orient: "horizontal", left: "center", bottom: 0, text: [most + " %", "0 %"], textStyle: { color: dark() ? "#ececec" : "#1b1b1b" }, inRange: { color: heatColours() } },
            xAxis: { type: "category", data: bins(layer.columns) },
            yAxis: { type: "category", data: bins(layer.rows), inverse: true },
            series: [{ type: "heatmap", data: cells(layer) }],
          };
        }, undefined, csv(["layer", "first wordline", "first weight column", "places along each side", "non-zero weights %"], all));
      return chart;
    });
    choice.addEventListener("change", () => drawn.forEach(draw));
  };

  // How full the crossbars are: all of a run as a histogram, those of each layer as rows of a heat map.
  const fillOf = (mappings) => {
    const bins = Object.keys(mappings[0].mappingReport.utilization.histogram);
    const width = 100 / bins.length;
    const binText = (bin) => bin + " to " + (Number(bin) + width) + " %";
    const of = section("fill", "Utilisation of the crossbars", "Crossbars kept, by the share of their places for weights whose weight is not zero; a pair of arrays is one crossbar.");
    figure(of, "utilisation", ["utilisation", ...labels.map((each) => each + " crossbars")],
      bins.map((bin) => [binText(bin), ...mappings.map((mapping) => mapping.mappingReport.utilization.histogram[bin])]), () => ({
        legend: { top: 0 }, grid: { left: 10, right: 20, top: 40, bottom: 30, containLabel: true },
        tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
        xAxis: { type: "category", data: bins.map(binText), axisLabel: { rotate: 45 } },
        yAxis: { type: "value", name: "crossbars" },
        series: mappings.map((mapping, index) => ({ name: labels[index], type: "bar", data: bins.map((bin) => mapping.mappingReport.utilization.histogram[bin]) })),
      }));
    mappings.forEach((mapping, index) => {
      const layers = mapping.layers.filter((layer) => layer.mappingReport && sum(Object.values(layer.mappingReport.utilization.histogram)) > 0);
      const share = (layer, bin) => layer.mappingReport.utilization.histogram[bin] / sum(Object.values(layer.mappingReport.utilization.histogram));
      const heat = section("heat-" + index, "Utilisation by layer, " + labels[index], "The stronger, the more of the layer's crossbars are in that range.");
      figure(heat, "utilisation-by-layer-" + index, ["layer", "utilisation", "crossbars", "share of the layer"],
        layers.flatMap((layer) => bins.map((bin) => [layer.name, binText(bin), layer.mappingReport.utilization.histogram[bin], share(layer, bin)])), () => ({
          aria: { enabled: true, decal: { show: false } },
          grid: { left: 10, right: 20, top: 10, bottom: 70, containLabel: true },
          tooltip: { formatter: (at) => echarts.format.encodeHTML(layers[at.value[1]].name + ", " + binText(bins[at.value[0]])) + ": " + (100 * at.value[2]).toFixed(1) + " %" },
          visualMap: { min: 0, max: 1, orient: "horizontal", left: "center", bottom: 0, text: ["all", "none"], textStyle: { color: dark() ? "#ececec" : "#1b1b1b" },
            inRange: { color: heatColours() } },
          xAxis: { type: "category", data: bins.map(binText), axisLabel: { rotate: 45 } },
          yAxis: { type: "category", data: layers.map((layer) => layer.name), inverse: true },
          series: [{ type: "heatmap", itemStyle: { borderColor: dark() ? "#17191c" : "#ffffff", borderWidth: 1 },
            data: layers.flatMap((layer, row) => bins.map((bin, column) => [column, row, share(layer, bin)])) }],
        }));
    });
  };

  const parametersPart = (id, title, note, parameters) => {
    const of = section(id, title, note);
    of.classList.add("long");
    const head = ["key", "value", "unit", "node", "basis", "source"];
    const rows = parameters.map((row) => head.map((key) => row[key]));
    const filter = element("input", { type: "search", "aria-label": "Show parameters that contain", placeholder: "filter" });
    const place = element("div", {});
    const fill = () => place.replaceChildren(table(id, head, rows.filter((row) => row.join(" ").toLowerCase().includes(filter.value.toLowerCase()))));
    filter.addEventListener("input", fill);
    of.append(element("div", { class: "tools" }, filter, element("button", { type: "button", onclick: () => download(id + ".csv", "text/csv", csv(head, rows)) }, "CSV")), place);
    fill();
  };

  const runPart = () => {
    const first = data.runs[0];
    const last = data.runs[data.runs.length - 1];
    const name = first.network + " on " + first.hardware;
    document.title = name + ", primesim";
    document.getElementById("title").textContent = name;
    document.getElementById("subtitle").textContent = labels.join(" against ") + ", " + first.weights + " weights, signs " + last.signs + ", replication " + last.replication;

    // The gain is above 1 where the run is better than the baseline.
    const less = (of) => of(last) ? of(first) / of(last) : "";
    const more = (of) => of(first) ? of(last) / of(first) : "";
    const headline = [
      ["crossbars", (run) => run.crossbars.mapped, (v) => v.toLocaleString("en-US"), less],
      ["index memory", (run) => run.indexMemoryBits, (v) => scaled(v, "bit"), null],
      ["latency", (run) => run.latencyNs, (v) => scaled(v * 1e-9, "s"), less],
      ["throughput", (run) => run.throughputPerSecond, (v) => scaled(v, "inf/s"), more],
      ["energy per inference", (run) => run.energyPj.total, picojoules, less],
      ["energy per MAC", (run) => run.pjPerMac, (v) => amount(v) + " pJ", less],
      ["TOPS/W", (run) => run.topsPerWatt, (v) => v.toFixed(3), more],
      ["area, memory subarrays left out", (run) => run.areaUm2.compute, areaText, less],
      ["cells in use", (run) => run.utilization.cells, (v) => (100 * v).toFixed(2) + " %", null],
      ["FF mats in use", (run) => run.utilization.ffAfter, (v) => (100 * v).toFixed(1) + " %", null],
    ];
    const top = section("headline", "Headline");
    const compared = data.runs.length > 1;
    const headlineHead = ["", ...labels, ...(compared ? ["gain"] : [])];
    const headlineRows = headline.map(([text, of, shown, gain]) => [text, ...data.runs.map((run) => shown(of(run))),
      ...(compared ? [gain && gain(of) !== "" ? Number(gain(of).toPrecision(4)) : ""] : [])]);
    top.append(table("headline", headlineHead, headlineRows, (row, column) => column === headlineHead.length - 1 && compared && row[column] !== "" ? row[column] + "x" : undefined));
    const exact = headline.map(([text, of]) => [text, ...data.runs.map(of)]);
    const units = ["", "bit", "ns", "1/s", "pJ", "pJ", "", "um2", "share", "share"];
    top.append(element("div", { class: "tools" }, element("button", { type: "button", onclick: () =>
      download("headline.csv", "text/csv", csv(["quantity", "unit", ...labels], exact.map((row, index) => [row[0], units[index], ...row.slice(1)]))) }, "CSV")));

    const rowsByLayer = (run) => {
      const layers = {};
      for (const row of run.energyRows) {
        const of = layers[row.layer] ||= {};
        of[row.component] = (of[row.component] || 0) + row.pj;
      }
      return layers;
    };
    const layerMap = (run, of) => Object.fromEntries(run.layers.map((layer) => [layer.name, of(layer)]));

    stacked(section("energy", "Energy by component", "Per inference."), "energy-by-component", "pJ", data.runs.map((run) => run.energyPj.byComponent), picojoules);
    byLayer(section("energy-layers", "Energy by layer", "Per inference; the stacks of a layer stand in the order of the headline table."), "energy-by-layer", "pJ", data.runs.map(rowsByLayer), picojoules);
    const measured = data.runs.map((run, index) => [run.activity, labels[index]]).filter(([activity]) => activity);
    if (measured.length) activityOf(measured);
    perLayer(section("latency", "Latency by layer", "From the begin of a layer's first stage to the end of its last, one inference alone."), "latency-by-layer", "cycles",
      data.runs.map((run) => layerMap(run, (layer) => layer.cycles)), cyclesText);
    byLayer(section("stalls", "Stalls by cause", "Cycles that commands waited, summed over commands that wait side by side: the sum can exceed the latency. The stacks of a layer stand in the order of the headline table."), "stalls-by-layer", "cycles",
      data.runs.map((run) => layerMap(run, (layer) => layer.stallCycles || {})), cyclesText);
    perLayer(section("crossbars", "Crossbars by layer", "Arrays before replication."), "crossbars-by-layer", "arrays",
      data.runs.map((run) => layerMap(run, (layer) => layer.crossbars.mapped)), (v) => v.toLocaleString("en-US"));
    if (data.mappings.every((mapping) => mapping.mappingReport)) fillOf(data.mappings);
    if (data.crossbars.every((map) => map.layers && map.layers.length)) crossbarMaps(data.crossbars);
    stacked(section("area", "Area by component", "Of the whole memory."), "area-by-component", "um2", data.runs.map((run) => run.areaUm2.byComponent), areaText);

    if (data.parameters.length) parametersPart("parameters", "Parameters and their sources", "", data.parameters);
    const origin = section("provenance", "Provenance");
    origin.append(table("provenance", ["key", ...labels], Object.keys(first.provenance).map((key) => [key, ...data.runs.map((run) => [run.provenance[key]].flat().join(", "))])));
  };

  // Columns of points.csv as people read them: a name, and how a value is written.
  const NAMES = { energyPj: "energy per inference", latencyNs: "latency", computeAreaUm2: "area without memory subarrays", areaUm2: "area", throughputPerSecond: "throughput",
    accuracy: "images right on ideal crossbars", accuracyOfChips: "images right on a chip", accuracyOfWorstChip: "images right on the worst chip", accuracyOfBestChip: "images right on the best chip" };
  const nameOf = (column) => NAMES[column] ?? column;
  const textOf = (column) => column.startsWith("energyPj") ? picojoules : column === "latencyNs" ? (v) => scaled(v * 1e-9, "s")
    : /^areaUm2|^computeAreaUm2$/.test(column) ? areaText : column === "throughputPerSecond" ? (v) => scaled(v, "inf/s")
      : /^accuracy(Of\w+)?$/.test(column) ? (v) => amount(100 * v) + " %" : amountOfKey;
  const isNumber = (text) => text !== "" && Number.isFinite(Number(text));
  const MARKS = ["circle", "rect", "triangle", "diamond", "pin", "arrow", "roundRect"];
  const EACH = "each a line";
  const EDGE = 0.08; // of what an axis spans
  const MOST_LINES = 8;

  // Of thousands of points those that would lie on each other are drawn once.
  const apartFrom = (points) => {
    if (points.length < 2000) return points;
    const bounds = [0, 1].map((axis) => points.reduce(([least, most], each) => [Math.min(least, each.value[axis]), Math.max(most, each.value[axis])], [Infinity, -Infinity]));
    const places = new Map();
    for (const each of points) {
      const place = [400, 150].map((steps, axis) => Math.round(steps * (each.value[axis] - bounds[axis][0]) / (bounds[axis][1] - bounds[axis][0] || 1)));
      places.set(place.join(), each);
    }
    return [...places.values()];
  };

  const sweepPart = (sweep) => {
    const columns = new Map(sweep.columns.map((key, index) => [key, index]));
    const column = (key) => columns.get(key) ?? -1;
    const field = (row, key) => row[column(key)];
    const done = sweep.rows.filter((row) => field(row, "status") === "done");
    const failed = sweep.rows.filter((row) => field(row, "status") !== "done");
    const values = new Map();
    const valuesOf = (key) => {
      if (!values.has(key)) values.set(key, union(done.map((row) => field(row, key))));
      return values.get(key);
    };
    const named = sweep.about.keys.filter((key) => column(key) >= 0);
    const varying = named.filter((key) => valuesOf(key).length > 1);
    const numeric = (key) => valuesOf(key).every(isNumber);
    const metrics = sweep.columns.slice(Math.max(...["batch", ...named].map(column)) + 1)
      .filter((key) => done.length > 0 && numeric(key) && valuesOf(key).length > 1);
    document.title = sweep.about.name + ", primesim";
    document.getElementById("title").textContent = "Sweep " + sweep.about.name;
    document.getElementById("subtitle").textContent = [sweep.about.description, sweep.rows.length + " of " + sweep.about.points + " points are here, " + failed.length + " of them failed"].filter(Boolean).join("; ");

    if (metrics.length && varying.length) lines(sweep, { field, done, valuesOf, varying, numeric, metrics });
    sweep.fronts.filter((front) => front.objectives.length === 2).forEach((front) => paretoFront(sweep, front, field, varying));

    const all = section("points", "Points");
    all.classList.add("long");
    const three = new Set(sweep.fronts.find((each) => each.objectives.length === 3).rows);
    const ON = "on front of all three";
    // A name that is made of keys says nothing that their columns do not say.
    const byName = sweep.rows.some((row) => !field(row, "point").includes("="));
    const head = [...(byName ? ["point"] : ["index"]), ...varying, "energyPj", "latencyNs", "throughputPerSecond", "computeAreaUm2", "accuracy", "accuracyOfChips", "accuracyOfWorstChip", ON, ...(failed.length ? ["error"] : [])]
      .filter((key) => key === ON || column(key) >= 0);
    const rows = sweep.rows.map((row, index) => head.map((key) => key === ON ? (three.has(index) ? "yes" : "no") : isNumber(field(row, key)) ? Number(field(row, key)) : field(row, key)));
    const shown = (row, at) => NAMES[head[at]] && typeof row[at] === "number" ? textOf(head[at])(row[at]) : undefined;
    all.append(element("div", { class: "tools" }, element("button", { type: "button", onclick: () => download("points.csv", "text/csv", csv(sweep.columns, sweep.rows)) }, "CSV")),
      table("points", head.map(nameOf), rows, shown));
    data.memories.forEach((memory, index) => parametersPart("parameters-" + index, "Parameters of " + memory.name + " and their sources",
      "As the hardware file has them; what the points say of them stands in their columns.", memory.parameters));
  };

  // A metric over a key. Each of the other keys is fixed at a value or gives a line for each of its values; where hardly two
  // points have the same other keys, as in random draws, there are no lines to draw, and points stand alone.
  const lines = (sweep, { field, done, valuesOf, varying, numeric, metrics }) => {
    const of = section("lines", "Lines");
    const note = element("p", { class: "note" });
    const controls = element("p", { class: "tools" });
    of.append(note, controls);
    const choose = (text, options, first, names) => {
      const made = element("select", {}, ...options.map((each) => element("option", { value: each }, names ? names(each) : each)));
      made.value = options.includes(first) ? first : options[0];
      return [element("label", {}, text + " ", made), made];
    };
    const [xLabel, x] = choose("across", varying, varying.find(numeric));
    const [yLabel, y] = choose("up", metrics, "energyPj", nameOf);
    let fixed = new Map();
    let scattered = false;
    const lay = () => {
      const others = varying.filter((key) => key !== x.value);
      const combinations = union(done.map((row) => JSON.stringify(others.map((key) => field(row, key))))).length;
      scattered = combinations > 8 && 2 * combinations > done.length;
      fixed = new Map();
      controls.replaceChildren(xLabel, yLabel);
      if (scattered) return;
      // The keys with the fewest values give lines, as long as they can be told apart.
      let count = 1;
      for (const key of [...others].sort((a, b) => valuesOf(a).length - valuesOf(b).length)) {
        const each = count * valuesOf(key).length <= MOST_LINES;
        if (each) count *= valuesOf(key).length;
        const [label, select] = choose(key, [EACH, ...valuesOf(key)], each ? EACH : valuesOf(key)[0]);
        select.addEventListener("change", () => draw(chart));
        fixed.set(key, select);
        controls.append(label);
      }
    };
    lay();
    const chart = figure(of, "sweep-lines", sweep.columns, done.map((row) => row.map((each) => isNumber(each) ? Number(each) : each)), () => {
      const free = [...fixed].filter(([, select]) => select.value === EACH).map(([key]) => key);
      const shown = done.filter((row) => [...fixed].every(([key, select]) => select.value === EACH || select.value === field(row, key)));
      const held = [...fixed].filter(([, select]) => select.value !== EACH).map(([key, select]) => key + " " + select.value);
      note.textContent = (scattered ? "Every point; hardly two of them have the other keys in common."
        : held.length ? "Points with " + held.join(", ") + "; a line for each combination of the other keys." : "One line for each combination of the other keys.")
        + " Axes do not begin at zero.";
      const apart = varying.find((key) => key !== x.value && valuesOf(key).length <= MOST_LINES);
      const across = numeric(x.value);
      const groups = new Map();
      for (const row of shown) {
        const key = scattered ? (apart ? field(row, apart) : y.value) : free.map((other) => field(row, other)).join(", ") || nameOf(y.value);
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push({ name: field(row, "point"), value: [across ? Number(field(row, x.value)) : field(row, x.value), Number(field(row, y.value))] });
      }
      const text = textOf(y.value);
      const letters = sum([...groups.keys()].map((name) => name.length + 7));
      return {
        aria: { enabled: true, decal: { show: false } },
        // Up to three lines of names, which print too; more are turned over.
        legend: { type: letters > 330 ? "scroll" : "plain", top: 0, show: groups.size > 1 }, grid: { left: 20, right: 40, top: groups.size < 2 ? 35 : letters > 330 ? 65 : 65 + 22 * Math.floor(letters / 115), bottom: 35, containLabel: true },
        tooltip: { trigger: "item", formatter: (at) => echarts.format.encodeHTML(at.name + ": " + x.value + " " + at.value[0] + ", " + nameOf(y.value) + " " + text(at.value[1])) },
        xAxis: { type: across ? "value" : "category", scale: true, name: x.value, nameLocation: "middle", nameGap: 28, data: across ? undefined : valuesOf(x.value), axisLabel: { hideOverlap: true } },
        yAxis: { type: "value", scale: true, name: nameOf(y.value), axisLabel: { formatter: text } },
        series: [...groups].map(([key, points], index) => ({ name: key, type: scattered ? "scatter" : "line", symbol: MARKS[index % MARKS.length], symbolSize: shown.length > 200 ? 4 : 8, itemStyle: { opacity: 1 },
          lineStyle: { type: ["solid", "dashed", "dotted"][Math.floor(index / PALETTE.length) % 3] },
          data: !across ? points : scattered ? apartFrom(points) : points.sort((a, b) => a.value[0] - b.value[0]) })),
      };
    });
    x.addEventListener("change", () => { lay(); draw(chart); });
    y.addEventListener("change", () => draw(chart));
  };

  // Points are numbered in the chart and named in the table below it, where names do not cover each other.
  const paretoFront = (sweep, front, field, varying) => {
    const [across, up] = front.objectives;
    const of = section("front-" + across + "-" + up, "Pareto front: " + nameOf(up) + " over " + nameOf(across),
      "Filled and joined: no other point of the same network is better in one and not worse in the other.");
    const on = new Set(front.rows);
    const points = sweep.rows.map((row, index) => ({ row, index })).filter(({ row }) => field(row, "status") === "done").map(({ row, index }) =>
      ({ name: field(row, "point"), value: [Number(field(row, across)), Number(field(row, up))], on: on.has(index), network: field(row, "network"), row }));
    const networks = union(points.map((each) => each.network));
    const best = networks.flatMap((network) => points.filter((each) => each.on && each.network === network).sort((a, b) => a.value[0] - b.value[0] || a.value[1] - b.value[1]));
    best.forEach((each, index) => each.number = index + 1);
    // Points that lie on each other have one label; their numbers follow on each other.
    const place = (each) => each.network + " " + each.value;
    best.forEach((each) => {
      const same = best.filter((other) => place(other) === place(each)).map((other) => other.number);
      each.numbers = same[0] !== each.number ? "" : same.length === 1 ? String(same[0]) : same[0] + "-" + same[same.length - 1];
    });
    // Left of a point at the left edge a label would lie on the numbers of the axis, and below one at the lower edge.
    const atEdge = (at) => {
      const least = points.reduce((so, each) => Math.min(so, each.value[at]), Infinity);
      const most = points.reduce((so, each) => Math.max(so, each.value[at]), -Infinity);
      return (each) => each.value[at] - least <= (most - least) * EDGE;
    };
    const [atLeft, atBottom] = [atEdge(0), atEdge(1)];
    const placed = (each) => ({ ...each, label: { position: atLeft(each) ? "right" : "left" } });
    const [acrossText, upText] = [textOf(across), textOf(up)];
    figure(of, up + "-over-" + across, ["point", "network", across, up, "on front"],
      points.map((each) => [each.name, each.network, ...each.value, each.on ? "yes" : "no"]), () => ({
        aria: { enabled: true, decal: { show: false } },
        legend: { type: "scroll", top: 0, show: networks.length > 1 }, grid: { left: 20, right: 40, top: networks.length > 1 ? 65 : 35, bottom: 35, containLabel: true },
        tooltip: { trigger: "item", formatter: (at) => echarts.format.encodeHTML((at.data.number ? at.data.number + ": " : "") + at.name + ": " + acrossText(at.value[0]) + ", " + upText(at.value[1])) },
        xAxis: { type: "value", scale: true, name: nameOf(across), nameLocation: "middle", nameGap: 28, axisLabel: { formatter: acrossText, hideOverlap: true } },
        yAxis: { type: "value", scale: true, name: nameOf(up), axisLabel: { formatter: upText } },
        series: networks.flatMap((network, index) => {
          const color = PALETTE[index % PALETTE.length];
          const own = best.filter((each) => each.network === network);
          return [
            { name: network, type: "line", step: "end", symbol: MARKS[index % MARKS.length], symbolSize: 9, itemStyle: { color }, lineStyle: { color }, z: 5,
              labelLayout: (at) => ({ hideOverlap: true, dy: index % 4 ? 0 : atBottom(own[at.dataIndex]) ? -9 : 6 }),
              label: { show: true, position: ["left", "right", "bottom", "top"][index % 4], formatter: (at) => at.data.numbers, color: dark() ? "#ececec" : "#1b1b1b", fontSize: 12, fontWeight: "bold" },
              data: index % 4 ? own : own.map(placed) },
            { name: network, type: "scatter", symbol: "emptyCircle", symbolSize: 6, itemStyle: { color }, data: apartFrom(points.filter((each) => !each.on && each.network === network)) },
          ];
        }),
      }));
    const keys = varying.filter((key) => key !== "network");
    const names = best.some((each) => !each.name.includes("=")) || keys.length === 0;
    const list = table("points of the front", ["number", "network", ...(names ? ["point"] : keys), nameOf(across), nameOf(up)],
      best.map((each) => [each.number, each.network, ...(names ? [each.name] : keys.map((key) => isNumber(field(each.row, key)) ? Number(field(each.row, key)) : field(each.row, key))), ...each.value]),
      (row, at) => at === row.length - 2 ? acrossText(row[at]) : at === row.length - 1 ? upText(row[at]) : undefined);
    list.classList.add("named");
    of.querySelector(".chart").after(list);
  };

  // Published figures and ours, from the document that `validate` prints.
  const validationPart = (validation) => {
    const published = (figure) => figure.from === undefined ? "" : figure.from === figure.to ? amount(figure.from) : amount(figure.from) + " to " + amount(figure.to);
    const middle = (figure) => figure.from > 0 ? Math.sqrt(figure.from * figure.to) : figure.from;
    const figures = validation.claims.flatMap((claim) => claim.figures.map((figure) => ({ ...figure, claim })));
    const verdicts = validation.claims.flatMap((claim) => [...claim.figures, ...claim.orders]).map((each) => each.verdict);
    const count = union(verdicts).map((verdict) => verdicts.filter((each) => each === verdict).length + " " + verdict).join(", ");
    document.title = "Published figures and ours, primesim";
    document.getElementById("title").textContent = "Published figures and ours";
    document.getElementById("subtitle").textContent = validation.hardware + ": " + validation.claims.length + " claims, " + verdicts.length + " figures: " + count;

    const fitted = section("fitted", "Fitted numbers", "Numbers of the hardware file that were chosen so that a published figure is met; a claim that one of them was fitted to counts as fitted, every other one as predicted.");
    if (validation.fitted.length) fitted.append(table("fitted", ["key", "value", "unit", "claims", "source"], validation.fitted.map((each) => [each.key, each.value, each.unit, each.claims.join(", "), each.source])));
    else fitted.append(element("p", {}, "None."));

    const shown = figures.filter((each) => each.from > 0 && each.ours > 0);
    const inOrder = (names) => union(["PRIME", ...names]).filter((name) => names.includes(name));
    const publications = inOrder(shown.map((each) => each.claim.publication));
    const least = Math.min(...shown.flatMap((each) => [middle(each), each.ours])) / 2;
    const most = Math.max(...shown.flatMap((each) => [middle(each), each.ours])) * 2;
    const straight = (name, factor, type) => ({ name, type: "line", symbol: "none", silent: true, lineStyle: { type, width: 1, color: dark() ? "#b0b0b0" : "#5c5c5c" }, itemStyle: { color: dark() ? "#b0b0b0" : "#5c5c5c" }, data: [[least, least * factor], [most, most * factor]] });
    const log = (name) => ({ type: "log", name, nameLocation: "middle", nameGap: 32, min: 10 ** Math.floor(Math.log10(least)), max: 10 ** Math.ceil(Math.log10(most)), splitNumber: 12, axisLabel: { formatter: (v) => v >= 1e-3 && v < 1e5 ? String(Number(v.toPrecision(3))) : v.toExponential(0) } });
    const scatter = section("scatter", "Ours against theirs", "Every figure with a published value above zero, each in its own unit. On the line they are equal; between the dotted ones they are within a factor of two.");
    figure(scatter, "ours-against-theirs", ["claim", "figure", "published", "ours", "unit", "verdict"],
      shown.map((each) => [each.claim.id, each.name, middle(each), each.ours, each.unit, each.verdict]), () => ({
        aria: { enabled: true, decal: { show: false } },
        legend: { type: "scroll", top: 0 }, grid: { left: 30, right: 30, top: 40, bottom: 40, containLabel: true },
        tooltip: { trigger: "item", formatter: (at) => echarts.format.encodeHTML(at.name) },
        xAxis: log("published"), yAxis: log("ours"),
        series: [
          ...publications.map((name, index) => ({ name, type: "scatter", symbol: MARKS[index % MARKS.length], symbolSize: 9, itemStyle: { color: PALETTE[index % PALETTE.length], opacity: 0.8 },
            data: shown.filter((each) => each.claim.publication === name).map((each) => ({ name: each.claim.id + ", " + each.name + ": " + published(each) + " published, " + amount(each.ours) + " ours " + each.unit, value: [middle(each), each.ours] })) })),
          straight("equal", 1, "solid"), straight("a factor of two", 2, "dotted"), straight("a factor of two", 0.5, "dotted"),
        ],
      })).place.style.height = "34rem";

    const off = shown.filter((each) => each.unit !== "%" && Math.abs(each.ours / middle(each) - 1) > 0.001)
      .sort((a, b) => a.ours / middle(a) - b.ours / middle(b));
    if (off.length) {
      const bars = section("ratios", "How far ours are off", "Ours over the published figure, for amounts that are not the same; shares and what is equal are left out.");
      figure(bars, "ratios", ["claim", "figure", "ours over published", "verdict"], off.map((each) => [each.claim.id, each.name, each.ours / middle(each), each.verdict]), () => ({
        grid: { left: 10, right: 30, top: 10, bottom: 30, containLabel: true },
        tooltip: { trigger: "item", formatter: (at) => echarts.format.encodeHTML(at.name) + ": " + amount(2 ** at.value) + "x" },
        xAxis: { type: "value", axisLabel: { formatter: (v) => amount(2 ** v) + "x" } },
        yAxis: { type: "category", data: off.map((each) => each.claim.id + ", " + each.name), axisLabel: { interval: 0, fontSize: 10, width: 320, overflow: "truncate" } },
        // The logarithm itself is drawn, so that bars begin at one.
        series: [{ type: "bar", data: off.map((each) => Math.log2(each.ours / middle(each))), markLine: { silent: true, symbol: "none", label: { show: false }, data: [{ xAxis: 1 }, { xAxis: -1 }] } }],
      })).place.style.height = Math.max(10, 3 + 1.1 * off.length) + "rem";
    }

    if (validation.versus.length) {
      const networks = union(validation.versus.map((each) => each.network));
      const baselines = union(validation.versus.map((each) => each.baseline));
      const cell = (network, baseline, key) => validation.versus.find((each) => each.network === network && each.baseline === baseline)[key];
      const compare = (id, title, key, ideal) => figure(section(id, title, "Bars: over the tiled roofline; marks: over the ideal one. Logarithmic."), id, ["network", ...baselines, ...baselines.map((each) => each + ", ideal")],
        networks.map((network) => [network, ...baselines.map((each) => cell(network, each, key)), ...baselines.map((each) => cell(network, each, ideal))]), () => ({
          legend: { type: "scroll", top: 0, data: baselines }, grid: { left: 10, right: 20, top: 40, bottom: 30, containLabel: true },
          tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (v) => amount(v) + "x" },
          xAxis: { type: "category", data: networks }, yAxis: { type: "log", logBase: 10, axisLabel: { formatter: (v) => amount(v) + "x" } },
          series: baselines.flatMap((baseline, index) => [
            { name: baseline, type: "bar", barWidth: 20, barGap: "10%", itemStyle: { color: PALETTE[index % PALETTE.length] }, data: networks.map((network) => cell(network, baseline, key)) },
          ]).concat(baselines.map((baseline, index) => ({ name: baseline + ", ideal", type: "scatter", symbol: "diamond", symbolSize: 8, symbolOffset: [(index - (baselines.length - 1) / 2) * 22, 0], itemStyle: { color: dark() ? "#ececec" : "#1b1b1b" }, data: networks.map((network) => cell(network, baseline, ideal)) }))),
        }));
      compare("speedups", "PRIME over its baselines, images per second", "speedup", "speedupIdeal");
      compare("savings", "PRIME over its baselines, energy of an image", "energySaving", "energySavingIdeal");
    }

    for (const publication of inOrder(validation.claims.map((claim) => claim.publication))) {
      const claims = validation.claims.filter((claim) => claim.publication === publication);
      const of = section("claims-" + publication.toLowerCase(), publication);
      of.classList.add("long");
      const rows = claims.flatMap((claim) => [
        ...claim.figures.map((figure) => [claim.title, figure.name, published(figure), figure.ours === undefined ? figure.absence : amount(figure.ours), figure.unit,
          ["exact", "band"].includes(figure.strength) ? figure.tolerance : "", claim.grade, ["exact", "band"].includes(figure.strength) ? claim.counts : "", figure.verdict]),
        ...claim.orders.map((order) => [claim.title, order.rises.join(" < "), "", "", "", "order", claim.grade, claim.counts, order.verdict]),
      ]);
      of.append(table(publication, ["claim", "figure", "published", "ours", "unit", "allowed", "grade", "counts", "verdict"], rows));
      for (const claim of claims.filter((each) => each.deviates)) of.append(element("p", {}, element("b", {}, claim.title + " deviates. "), claim.deviates));
    }
  };

  if (data.runs.length) runPart();
  if (data.validation) validationPart(data.validation);
  if (data.sweep) sweepPart(data.sweep);

  const theme = (which) => {
    document.documentElement.dataset.theme = which;
    charts.forEach(draw);
  };
  document.getElementById("theme").addEventListener("click", () => theme(dark() ? "light" : "dark"));
  document.getElementById("print").addEventListener("click", () => window.print());
  const preferred = window.matchMedia("(prefers-color-scheme: dark)");
  preferred.addEventListener("change", () => theme(preferred.matches ? "dark" : "light"));
  let before = "light";
  window.addEventListener("beforeprint", () => { before = document.documentElement.dataset.theme; theme("light"); });
  window.addEventListener("afterprint", () => theme(before));
  window.addEventListener("resize", () => charts.forEach((chart) => chart.drawn.resize()));
  theme(preferred.matches ? "dark" : "light");
})();
