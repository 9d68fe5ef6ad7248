"""Energy per inference by component, dense beside sparse, as a figure for one column of a paper.

usage: energy.py DIR FIGURE      DIR is what 'primesim run --compare dense --out DIR' wrote;
                                 FIGURE ends in .svg, .pdf or .png
needs: pandas, matplotlib
"""

import pathlib
import sys

import matplotlib

matplotlib.use("Agg")  # draws into a file, without a screen
import matplotlib.pyplot as plt
import pandas as pd

if len(sys.argv) != 3:
    sys.exit(__doc__)
folder, figure = pathlib.Path(sys.argv[1]), sys.argv[2]

runs = {
    "dense": pd.read_csv(folder / "baseline-energy.csv"),
    "sparse": pd.read_csv(folder / "energy.csv"),
}
energy = pd.DataFrame({name: rows.groupby("component")["pj"].sum() for name, rows in runs.items()})
energy = energy.fillna(0) / 1000  # nJ

# The largest six by name, the rest as one.
order = energy.sum(axis=1).sort_values(ascending=False).index
shown = energy.loc[order[:6]].copy()
shown.loc["others"] = energy.loc[order[6:]].sum()
assert abs(shown.to_numpy().sum() - energy.to_numpy().sum()) < 1e-6 * energy.to_numpy().sum()

print(energy.loc[order].assign(gain=energy["dense"] / energy["sparse"]).round(3).to_string())
print("total, nJ:", energy.sum().round(1).to_dict())

colours = ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#999999"]
axes = shown.T.plot.barh(stacked=True, figsize=(3.5, 2.2), color=colours, width=0.6)
axes.invert_yaxis()  # dense first
axes.set_xlabel("energy per inference, nJ")
axes.legend(fontsize=6, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0), frameon=False)
plt.savefig(figure, bbox_inches="tight")
